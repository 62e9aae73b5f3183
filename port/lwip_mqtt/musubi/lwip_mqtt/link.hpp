#pragma once
/// Topics and watched values that a board shares with other programs, through an MQTT broker.

#include <cstddef>

#include <musubi/lwip_mqtt/internal/client.hpp>
#include <musubi/mqtt/any_link.hpp>

namespace musubi::lwip_mqtt {

/// A connection to a broker by lwIP's own client, and what is shared over it. What it shares, how,
/// and what becomes of it while the broker is away is as for `mqtt::link`:
///
///     constexpr musubi::mqtt::link_limits small{.shares = 2, .values = 2, .payload_bytes = 128};
///     static musubi::lwip_mqtt::link<small> hub({.host = "192.0.2.7", .client = "cellar"});
///     hub.share(target, "house/target");
///     host.spawn(hub.run());
///
/// All memory is its own, of a size known at compile time, and lwIP's: a connection, a timer, and
/// heap for what TCP has not sent. The broker's address is in numbers, and there is no TLS. Define
/// it with static storage after the host; never destroyed, it needs no code for that.
template <const mqtt::link_limits& Limits>
class link : public mqtt::any_link {
  static_assert(Limits.violation().empty(),
                "musubi: a relation between limits does not hold; link_limits::violation() says "
                "which");

 public:
  /// `chosen.limits` is replaced by `Limits`. The views must outlive the link.
  explicit link(const mqtt::options& chosen) noexcept
      : any_link(problem_with(limited(chosen))),
        client_(limited(chosen)),
        session_(limited(chosen), client_, memory_) {
    client_.tell(session_);
    use(session_);
  }

  /// Called with what an operator should know: for a serial port.
  void report_to(void* to, mqtt::session::report_function function) noexcept {
    session_.report_to(to, function);
  }

 private:
  [[nodiscard]] static mqtt::options limited(mqtt::options chosen) noexcept {
    chosen.limits = Limits;
    return chosen;
  }
  [[nodiscard]] static mqtt::reason problem_with(const mqtt::options& chosen) noexcept {
    const mqtt::reason wrong = mqtt::problem_of(chosen);
    return wrong.empty() ? client::problem_of(chosen) : wrong;
  }

  alignas(std::max_align_t) std::byte memory_[mqtt::session::bytes(Limits)];
  client client_;
  mqtt::session session_;
};

}  // namespace musubi::lwip_mqtt
