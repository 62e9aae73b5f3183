#pragma once
/// Notifies systemd, or another service manager that supports sd_notify(3). Without such a service
/// manager, these functions do nothing.

#include <optional>
#include <string_view>

#include <musubi/async/clock.hpp>
#include <musubi/async/task.hpp>

namespace musubi::service_manager {

/// Sends one assignment, such as "READY=1", to $NOTIFY_SOCKET.
void notify(std::string_view assignment) noexcept;

/// The program is serving; `Type=notify` waits for this.
inline void ready() noexcept {
  notify("READY=1");
}
/// The program is about to exit.
inline void stopping() noexcept {
  notify("STOPPING=1");
}

/// The watchdog interval (`WatchdogSec`) after which the service manager restarts a silent program;
/// `std::nullopt` if there is no watchdog.
[[nodiscard]] std::optional<duration> watchdog() noexcept;

/// Sends watchdog keep-alives from the host on which it is spawned. If a handler never returns,
/// they stop, and the service manager restarts the program.
[[nodiscard]] task<> keep_alive();

}  // namespace musubi::service_manager
