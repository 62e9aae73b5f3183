#pragma once
/// Topics and watched values that several programs share, through an MQTT broker.

#include <memory>
#include <string_view>

#include <musubi/async/task.hpp>
#include <musubi/host/topic.hpp>
#include <musubi/host/watch.hpp>
#include <musubi/hosted/log.hpp>
#include <musubi/mqtt/internal/share.hpp>
#include <musubi/mqtt/link_state.hpp>
#include <musubi/mqtt/options.hpp>

namespace musubi::mqtt {

/// Whether the broker keeps the latest message of each topic for those who come later.
enum class keeping : std::uint8_t { nothing, latest };

/// A connection to a broker (MQTT 3.1.1), and what is shared over it:
///
///     musubi::watch<std::int32_t> target{20};
///     musubi::topic<alarm> alarms;                            // an alarm has a field `site`
///
///     musubi::mqtt::link hub{{.host = "broker.local", .client = "cellar"}};
///     hub.share(target, "house/target");                      // the same number everywhere
///     hub.share(alarms, "house/{site}/alarm");                // each alarm to everybody
///     host.spawn(hub.run());
///
/// Payloads are JSON as the stores' own; a level of a topic in braces is a field of the message. A
/// watch has its latest value sent and retained by the broker; a topic each message. What does not
/// fit is counted, reported once a minute, and ignored.
///
/// While the broker is away, the latest value of each retained topic and the newest messages wait,
/// in memory that is allocated here; `link_limits` sizes it. It connects again after a quarter of a
/// second to half a minute. libmosquitto, which is used on a thread of its own, allocates from the
/// heap besides: docs/guides/mqtt.md says what.
///
/// Must outlive its host, and so must what it shares. All functions are for the host's thread.
class link {
 public:
  explicit link(const options& chosen);
  ~link();
  link(const link&) = delete;
  link& operator=(const link&) = delete;

  /// Why it cannot run, as a sentence: a wrong limit, a topic that names no field. Empty if it can.
  [[nodiscard]] std::string_view problem() const noexcept;

  /// Shares a watch or a topic, both ways. `topic` is copied. Call before `run`.
  template <class Source>
  void share(Source& what, std::string_view topic, keeping keeps = kept<Source>) noexcept {
    add(detail::kind_of<Source>(), &what, topic, direction::both, keeps);
  }
  /// Sends what is set or published here, and receives nothing.
  template <class Source>
  void send(Source& what, std::string_view topic, keeping keeps = kept<Source>) noexcept {
    add(detail::kind_of<Source>(), &what, topic, direction::out, keeps);
  }
  /// Receives what others send, and sends nothing.
  template <class Source>
  void receive(Source& what, std::string_view topic) noexcept {
    add(detail::kind_of<Source>(), &what, topic, direction::in, kept<Source>);
  }

  /// Connects, and serves the link as long as the host runs. Spawn it once. When it ends, what the
  /// will says is published.
  [[nodiscard]] task<> run();

  /// Whether it is connected: for stores to follow and to show.
  [[nodiscard]] watch<link_state>& state() noexcept;
  [[nodiscard]] const link_counters& counters() const noexcept;
  /// What it was constructed with.
  [[nodiscard]] const will& last_will() const noexcept { return will_; }
  [[nodiscard]] const link_limits& limits() const noexcept { return limits_; }
  /// Writes there when it is connected and lost, and what does not fit. No payload and no password
  /// is written. `to` must outlive this.
  void log_to(musubi::log& to) noexcept;

 private:
  template <class Source>
  static constexpr keeping kept =
      musubi::detail::is_watch<Source> ? keeping::latest : keeping::nothing;
  void add(const share_kind& kind, void* source, std::string_view topic, direction way,
           keeping keeps) noexcept;

  struct parts;
  std::unique_ptr<parts> parts_;
  will will_;
  link_limits limits_;
  reason problem_;
};

}  // namespace musubi::mqtt
