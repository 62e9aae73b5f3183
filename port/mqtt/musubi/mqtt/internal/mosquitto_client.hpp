#pragma once
/// A broker by libmosquitto, on a thread of its own.

#include <atomic>
#include <cstddef>
#include <cstdint>
#include <mutex>
#include <random>
#include <string>
#include <string_view>
#include <thread>
#include <vector>

#include <musubi/async/remote_signal.hpp>
#include <musubi/hosted/internal/untouched_memory.hpp>
#include <musubi/mqtt/internal/broker.hpp>
#include <musubi/mqtt/internal/record_ring.hpp>
#include <musubi/mqtt/link_state.hpp>
#include <musubi/mqtt/options.hpp>

struct mosquitto;
struct mosquitto_message;

namespace musubi::mqtt {

/// The host and the thread talk by two queues of fixed size:
///
///     host ---- connect, subscribe, publish, disconnect ---> thread ---> socket
///          <--- connected, message, sent, lost -------------
///
/// libmosquitto is used by the thread only, a new instance for each connection, so that nothing is
/// kept between two. It allocates from the heap: for each message that is sent or received, and for
/// each connection; what is in flight is bounded, and while the queue to the host is half full
/// nothing is read.
class mosquitto_client final : public broker, private remote_signal {
 public:
  explicit mosquitto_client(const options& chosen);
  /// Waits for the thread: up to `goodbye`, and for a name that is being looked up.
  ~mosquitto_client();

  /// Who is told. Call before `connect`.
  void tell(broker_events& events) noexcept { events_ = &events; }

  void connect() noexcept override;
  void disconnect() noexcept override;
  [[nodiscard]] bool subscribe(std::uint32_t id, std::string_view filter) noexcept override;
  [[nodiscard]] bool publish(std::uint32_t id, std::string_view topic, std::string_view payload,
                             bool retained) noexcept override;
  [[nodiscard]] std::uint32_t random() noexcept override {
    return static_cast<std::uint32_t>(random_());
  }
  [[nodiscard]] std::int64_t wall_clock() noexcept override;

  /// How long the broker may take to read what is left when the link ends.
  static constexpr std::chrono::milliseconds goodbye{300};

 private:
  enum class verb : std::uint8_t { connect, disconnect, subscribe, publish };
  enum class news : std::uint8_t { connected, lost, message, subscribed, sent };
  /// The head of a record in a queue; behind it are the topic, a zero, and the payload.
  struct head {
    std::uint8_t what;
    std::uint8_t detail;  ///< whether it is retained; of a subscription, what was granted
    std::uint16_t topic_bytes;
    std::uint32_t connection;  ///< which one, counted from 1
    std::uint32_t id;
  };

  // the host
  bool command(verb what, std::uint32_t id = 0, std::string_view topic = {},
               std::string_view payload = {}, bool retained = false) noexcept;
  void wake() const noexcept;
  static void hear(remote_signal& self) noexcept;
  void hear_news() noexcept;
  void deliver(const head& first, std::string_view topic, std::string_view payload) noexcept;

  // the thread
  void serve() noexcept;
  bool obey() noexcept;
  void open() noexcept;
  void close() noexcept;
  void leave() noexcept;
  void lose(int error) noexcept;
  void wait() noexcept;
  void ask(std::uint32_t id, const char* filter) noexcept;
  void send(const head& first, const char* topic, const char* payload, int bytes) noexcept;
  void tell_host(news what, std::uint32_t id, std::string_view topic, std::string_view payload,
                 std::uint8_t detail = 0) noexcept;
  void when_connected(int code) noexcept;
  void when_subscribed(int message, int granted) noexcept;
  void when_published(int message) noexcept;
  void when_received(const mosquitto_message& message) noexcept;

  static bool put(record_ring& to, const head& first, std::string_view topic,
                  std::string_view payload) noexcept;

  const bool tls_;
  const std::string host_, client_, user_, password_, ca_file_, will_topic_, will_offline_;
  const std::uint16_t port_;
  const int keep_alive_;
  const std::uint32_t in_flight_;
  const std::uint32_t shares_;
  const std::uint32_t payload_bytes_;
  hosted::untouched_memory memory_;
  broker_events* events_ = nullptr;
  std::minstd_rand random_;
  std::uint32_t connection_ = 0;  // of the host
  bool open_ = false;             // as the host sees it

  std::mutex mutex_;  // guards the queues, and what follows
  record_ring commands_;
  record_ring news_;
  std::uint32_t dropped_ = 0;
  bool paused_ = false;
  bool ends_ = false;

  const int wake_;  // an eventfd
  std::thread thread_;
  // of the thread
  mosquitto* library_ = nullptr;
  std::uint32_t serving_ = 0;  // the connection
  bool reached_ = false;       // the socket is connected
  bool accepted_ = false;      // by the broker
  reason refusal_;
  struct pending {
    int message;
    std::uint32_t id;
  };
  /// What the broker has not answered. They never grow beyond what is reserved for them.
  std::vector<pending> asked_;
  std::vector<pending> sent_;
};

}  // namespace musubi::mqtt
