#pragma once
/// What a program tells systemd, or another service manager that speaks sd_notify(3). Started by
/// anything else, all of it does nothing.

#include <chrono>
#include <optional>
#include <string_view>

#include <musubi/async/clock.hpp>
#include <musubi/async/task.hpp>

namespace musubi::service_manager {

/// Sends one assignment, as in "READY=1", to $NOTIFY_SOCKET.
void notify(std::string_view assignment) noexcept;

/// The program serves: `Type=notify` waits for it.
inline void ready() noexcept {
  notify("READY=1");
}
/// The program is about to end.
inline void stopping() noexcept {
  notify("STOPPING=1");
}

/// How long this program may be silent before the service manager restarts it (`WatchdogSec`);
/// nothing when it does not watch.
[[nodiscard]] std::optional<duration> watchdog() noexcept;

/// Says that the host still turns, in time for `watchdog`: to be spawned on a host. A handler that
/// never returns then ends the program, and the service manager starts it again.
[[nodiscard]] task<> keep_alive();

}  // namespace musubi::service_manager
