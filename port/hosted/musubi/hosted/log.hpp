#pragma once
/// A listener that writes what an operator wants to know, one line each. docs/logging.md has the
/// list.

#include <initializer_list>
#include <mutex>
#include <string_view>

#include <musubi/hosted/log_level.hpp>
#include <musubi/hosted/log_limiter.hpp>
#include <musubi/hosted/log_line.hpp>
#include <musubi/hosted/log_output.hpp>
#include <musubi/page/telemetry.hpp>

namespace musubi {

/// Every host of the Asio port has one, unless it is given another listener; a host of the posix
/// port is given one. Make one to write lines of the application beside those of the host:
///
///     musubi::log log(musubi::log_level::info);
///     log.write(musubi::log_level::notice, {"the valve is at ", name});
///     musubi::asio::host<valve_socket> host{{.serve = {.listener = &log}}};
///
/// Several hosts may share one, from their threads. It allocates nothing and never waits. Of each
/// kind of warning five lines are written in a minute, then their number. Tokens, cookies, query
/// strings, payloads and states are never written.
class log : public telemetry {
 public:
  /// Writes lines of level `least` and heavier ones; `to` outlives it.
  explicit log(log_level least = log_level::notice, log_output& to = standard_error()) noexcept
      : least_(least), to_(&to) {}
  virtual ~log() = default;

  /// A line made of `parts`; what is not printable in them is escaped. From any thread.
  void write(log_level level, std::initializer_list<std::string_view> parts) noexcept;
  [[nodiscard]] bool writes(log_level level) const noexcept {
    return level != log_level::none && level <= least_;
  }

  [[nodiscard]] bool follows_pages() const noexcept override { return writes(log_level::debug); }

  void on_listening(const listening& now) noexcept override;
  void on_request_refused(const request_refusal& refused) noexcept override;
  void on_connection_opened(const connection_opened& opened) noexcept override;
  void on_connection_dropped(const connection_dropped& dropped) noexcept override;
  void on_connection_closing(const connection_closing& closing) noexcept override;
  void on_connection_closed(const connection_closed& closed) noexcept override;
  void on_pool_exhausted(const pool_exhausted& empty) noexcept override;
  void on_share_exceeded(const share_exceeded& exceeded) noexcept override;
  void on_second(time_point now) noexcept override;

  void on_channel_join(const channel_join& joined) noexcept override;
  void on_channel_refused(const channel_refused& refused) noexcept override;
  void on_channel_terminate(const channel_terminate& gone) noexcept override;
  void on_message_refused(const message_refused& refused) noexcept override;
  void on_payload_refused(const payload_refused& refused) noexcept override;
  void on_auth_deny(const auth_deny& denied) noexcept override;
  void on_page_failed(const page_failed& failed) noexcept override;
  void on_async_exception(const async_exception& failed) noexcept override;
  void on_send_update_no_target(const event_source& missing) noexcept override;

  void on_command_stop(const command_stop& done) noexcept override;
  void on_patch_stop(const patch_stop& sent) noexcept override;
  void on_async_stop(const async_stop& done) noexcept override;
  void on_async_cancel(const async_cancel& cancelled) noexcept override;

 private:
  /// Whether a line is wanted, and its kind was not written too often. Lines of `info` and `debug`
  /// are there to be looked at: all of them are written.
  [[nodiscard]] bool admits(log_level level, std::string_view what,
                            std::string_view which = {}) noexcept;
  void put(log_level level, const hosted::log_line& line) noexcept {
    to_->write(level, line.view());
  }

  log_level least_;
  log_output* to_;
  std::mutex mutex_;  // of what follows
  hosted::log_limiter limiter_;
  time_point now_{};
};

}  // namespace musubi
