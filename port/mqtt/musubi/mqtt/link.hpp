#pragma once
/// Topics and watched values that several programs share, through an MQTT broker.

#include <memory>

#include <musubi/hosted/log.hpp>
#include <musubi/mqtt/any_link.hpp>
#include <musubi/mqtt/options.hpp>

namespace musubi::mqtt {

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
/// Must outlive its host, and so must what it shares. `any_link` has what it can do.
class link : public any_link {
 public:
  explicit link(const options& chosen);
  ~link();

  /// Writes there when it is connected and lost, and what does not fit. No payload and no password
  /// is written. `to` must outlive this.
  void log_to(musubi::log& to) noexcept;

 private:
  struct parts;
  std::unique_ptr<parts> parts_;
};

}  // namespace musubi::mqtt
