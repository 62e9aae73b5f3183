#pragma once
/// The part of a link that knows what is shared and what was sent: on the host's thread, without a
/// network.
///
///            connect()         on_connected              settled
///   waiting ----------> opening ------------> settling -----------> settled
///      ^   a pause         |                     |                     |
///      +-------------------+----- on_lost -------+---------------------+

#include <cstddef>
#include <cstdint>
#include <span>
#include <string_view>

#include <musubi/async/internal/member_job.hpp>
#include <musubi/async/runtime.hpp>
#include <musubi/host/watch.hpp>
#include <musubi/memory/carver.hpp>
#include <musubi/mqtt/internal/backoff.hpp>
#include <musubi/mqtt/internal/broker.hpp>
#include <musubi/mqtt/internal/record_ring.hpp>
#include <musubi/mqtt/internal/share.hpp>
#include <musubi/mqtt/link_state.hpp>
#include <musubi/mqtt/options.hpp>

namespace musubi::mqtt {

/// What is wrong with the options of a link, as a sentence; empty if nothing is.
[[nodiscard]] reason problem_of(const options& chosen) noexcept;

/// What a session has to say to its operator.
enum class note : std::uint8_t { connected, lost, misfit, dropped, refused };

/// Keeps the latest value of each retained topic and a bounded queue of other messages, and gives
/// them to the broker when it is connected. Host's thread only.
///
/// The broker decides which of several values is the latest: it sends them to everybody in one
/// order. A value of ours that is on its way will be the latest when it arrives, so what arrives
/// before it comes back is ignored.
class session final : public broker_events {
 public:
  using report_function = void (*)(void* to, note what, std::string_view text) noexcept;

  /// Bytes of memory needed.
  [[nodiscard]] static constexpr std::size_t bytes(const link_limits& limits) noexcept {
    carver measure;
    (void)carve(measure, limits);
    return measure.used();
  }
  /// `memory` has `bytes(chosen.limits)` bytes and is aligned for any type.
  session(const options& chosen, broker& through, std::byte* memory) noexcept;
  ~session();
  session(const session&) = delete;
  session& operator=(const session&) = delete;

  /// Shares a watch or a topic: before `start`. Returns what is wrong, or nothing.
  reason add(const share_kind& kind, void* source, std::string_view pattern, direction way,
             bool retained) noexcept;
  /// Begins to connect, on the current host.
  void start(runtime& host) noexcept;
  void stop() noexcept;
  [[nodiscard]] bool runs() const noexcept { return loop_ != nullptr; }

  [[nodiscard]] const options& chosen() const noexcept { return options_; }
  [[nodiscard]] watch<link_state>& state() noexcept { return state_; }
  [[nodiscard]] const link_counters& counters() const noexcept { return counters_; }
  /// Called with what an operator should know; what happens often, once a minute.
  void report_to(void* to, report_function function) noexcept {
    report_owner_ = to;
    report_ = function;
  }

  /// A shared watch was set, or a message published on a shared topic, in this program.
  void heard(share& what, const void* message) noexcept;

  void on_connected() noexcept override;
  void on_lost(std::string_view why) noexcept override;
  void on_message(std::string_view topic, std::string_view payload) noexcept override;
  void on_subscribed(std::uint32_t id, std::uint8_t granted) noexcept override;
  void on_sent(std::uint32_t id) noexcept override;
  void on_dropped(std::uint32_t messages) noexcept override;
  void on_room() noexcept override { pump(); }

  /// How long the broker has to send what it retained, before values that it does not have are
  /// sent to it. Were it too short, an old value of ours could replace a newer one. A value that
  /// was set here meanwhile does not wait.
  static constexpr duration settling_time = std::chrono::seconds(3);
  /// How long a message of ours is expected back. A broker that takes messages of which it tells
  /// nobody, for want of rights, must not make us deaf.
  static constexpr duration echo_time = std::chrono::seconds(2);
  /// Connections in a row that are lost before the broker has answered everything, until it is
  /// given one thing at a time.
  static constexpr int losses_until_careful = 2;
  /// Connections that are lost while the broker has a single thing to answer, always the same,
  /// until that is withheld. A network that is lost now and then seldom meets one thing so often.
  static constexpr int losses_until_withheld = 3;

 private:
  enum class phase : std::uint8_t { idle, waiting, opening, settling, settled };
  /// The latest value of one retained topic.
  struct value {
    share* of = nullptr;  ///< null: free, or that of the will
    topic_text topic;
    char* bytes = nullptr;
    std::uint32_t size = 0;
    bool used = false;
    bool dirty = false;      ///< it has to be sent
    bool in_flight = false;  ///< it, or an older one, was sent and is not acknowledged
    bool known = false;      ///< the broker has it
    standing sending;
    time_point echo_until{};

    [[nodiscard]] std::string_view text() const noexcept { return {bytes, size}; }
  };
  /// The head of a waiting message. Its topic and payload are behind it.
  struct waiting {
    std::uint32_t id;
    std::uint32_t topic_bytes;
    share* of;
    bool in_flight;
    bool done;
  };
  struct echo {
    std::uint64_t hash = 0;
    time_point until{};
  };
  struct repeated {
    std::uint32_t count = 0;
    bool told = false;
    time_point since{};
  };
  struct parts {
    std::byte* shares;
    std::byte* values;
    std::byte* payloads;
    std::byte* waiting;
    std::byte* text;
    std::byte* canonical;
    std::byte* echoes;
  };
  static constexpr parts carve(carver& memory, const link_limits& limits) noexcept {
    const std::size_t text = limits.payload_bytes + json::output::reserve_limit;
    parts made{};
    made.shares = memory.take(limits.shares * sizeof(share));
    made.values = memory.take((limits.values + 1) * sizeof(value));
    made.payloads = memory.take(std::size_t{limits.values + 1} * limits.payload_bytes);
    made.waiting = memory.take(limits.waiting_bytes);
    made.text = memory.take(text);
    made.canonical = memory.take(text);
    made.echoes = memory.take(limits.echoes * sizeof(echo));
    return made;
  }

  void connect() noexcept;
  void on_timer() noexcept;
  void settle() noexcept;
  [[nodiscard]] bool is_open() const noexcept { return phase_ >= phase::settling; }

  [[nodiscard]] value* find(std::string_view topic) noexcept;
  [[nodiscard]] value* find_or_make(share* of, std::string_view topic) noexcept;
  void keep(value& into, std::string_view text) const noexcept;
  void enqueue(share& of, std::string_view topic, std::string_view payload) noexcept;
  void drop_oldest() noexcept;
  /// Gives the broker what waits and is allowed; then, alone, one of what is doubted.
  void pump() noexcept;
  void send_all(permission which) noexcept;
  bool subscribe_all(permission which) noexcept;
  bool send_values(permission which) noexcept;
  void send_messages(permission which) noexcept;
  bool send_value(value& which) noexcept;
  /// The oldest message that was not sent and whose share has that permission.
  [[nodiscard]] waiting* next_unsent(permission which, std::string_view& topic,
                                     std::string_view& payload) noexcept;
  void message_sent(std::uint32_t id) noexcept;
  [[nodiscard]] std::uint32_t unanswered() const noexcept { return asked_ + in_flight_; }
  [[nodiscard]] bool is_alone(permission which) const noexcept {
    return careful_ || which == permission::doubted;
  }
  /// Whether one more message may be sent before the broker answers.
  [[nodiscard]] bool has_turn(permission which) const noexcept {
    return is_alone(which) ? unanswered() == 0 : in_flight_ < options_.limits.in_flight;
  }

  // What the broker does not allow.

  /// What the broker has to answer.
  struct question {
    standing* of = nullptr;
    share* messages = nullptr;  ///< whose message it is, unless it is a value or a subscription
    std::string_view topic = {};
    bool is_subscription = false;
  };
  [[nodiscard]] question only_question() noexcept;
  void answered(standing& of) noexcept;
  /// A topic that the broker does not allow, and what it does about it: a sentence, together.
  struct refusal {
    std::string_view topic = {};
    std::string_view why = {};
  };
  /// A connection is lost: was it for something that is not allowed? Empty if not.
  [[nodiscard]] refusal suspect() noexcept;
  void forgive() noexcept;
  void withhold(const question& which) noexcept;
  /// Tells the operator, unless it is known.
  void tell(standing& of, const refusal& what) noexcept;
  /// The same, and counts it.
  void refuse(standing& of, const refusal& what) noexcept;
  /// The same on this connection, and shows it, unless another is shown.
  void refuse_and_show(standing& of, const refusal& what) noexcept;
  /// Whether the value that was sent there last should have come back, and did not.
  [[nodiscard]] bool lacks_echo(const value& which) const noexcept;
  void echo_arrived(value& which) noexcept;

  /// A value that is being taken.
  struct arrival {
    session* self;
    share* into;
    value* held;
    std::string_view topic;
    json::buffer_output canonical;
  };
  void take(share& into, std::string_view topic, std::string_view payload) noexcept;
  void keep_received(arrival& now) noexcept;
  [[nodiscard]] bool is_echo(std::string_view topic, std::string_view payload) noexcept;
  void expect_echo(std::string_view topic, std::string_view payload) noexcept;

  void report(note what, std::string_view text) noexcept {
    if (report_ != nullptr) report_(report_owner_, what, text);
  }
  void report_often(note what, repeated& times, std::string_view text,
                    std::string_view more = {}) noexcept;
  void publish_state(bool connected, std::string_view why) noexcept;

  options options_;
  broker& broker_;
  runtime* loop_ = nullptr;
  std::span<share> shares_;
  std::span<value> values_;
  record_ring waiting_;
  std::span<char> text_;       // one message as it is written
  std::span<char> canonical_;  // a received value, as this program writes it
  std::size_t share_count_ = 0;
  std::span<echo> echoes_;  // own messages that are expected back
  std::size_t next_echo_ = 0;
  watch<link_state> state_;
  link_counters counters_;
  backoff backoff_;
  time_point connected_at_{};
  member_job<&session::on_timer> timer_job_{*this};
  timer timer_{timer_job_};
  std::uint32_t in_flight_ = 0;
  std::uint32_t asked_ = 0;              // subscriptions that the broker has not answered
  const standing* suspected_ = nullptr;  // over which connections may have been lost
  int losses_ = 0;                       // as many
  int interrupted_ = 0;                  // connections that were lost before all was answered
  bool careful_ = false;                 // one thing at a time
  bool is_trying_ = false;               // something doubted
  refusal refused_;                      // that is shown
  std::uint32_t ids_ = 0;
  phase phase_ = phase::idle;
  const void* delivered_ = nullptr;  // the message of a topic that came from the broker
  reason told_;                      // why it was lost, as reported
  repeated misfits_;
  repeated drops_;
  void* report_owner_ = nullptr;
  report_function report_ = nullptr;
};

}  // namespace musubi::mqtt
