#pragma once
/// A listener that writes one log line per event an operator should know of. See docs/logging.md
/// for the list.

#include <initializer_list>
#include <mutex>
#include <string_view>

#include <musubi/hosted/internal/log_limiter.hpp>
#include <musubi/hosted/internal/log_line.hpp>
#include <musubi/hosted/log_level.hpp>
#include <musubi/hosted/log_output.hpp>
#include <musubi/store/page/telemetry.hpp>

namespace musubi {

/// A host of the Asio port creates one unless it is given another listener; a host of the posix
/// port has to be given one. Create one to write lines of the application as well:
///
///     musubi::log log(musubi::log_level::info);
///     log.write(musubi::log_level::notice, {"the valve is at ", name});
///     musubi::asio::host<valve_socket> host{{.serve = {.listener = &log}}};
///
/// Thread-safe: several hosts may share one. It never allocates and never blocks. For each kind of
/// warning, at most five lines are written per minute, then the number of those left out. Tokens,
/// cookies, query strings, payloads and states are never written.
class log : public telemetry {
 public:
  /// Writes lines of level `least` and more severe ones. `to` must outlive it.
  explicit log(log_level least = log_level::notice, log_output& to = standard_error()) noexcept
      : least_(least), to_(&to) {}
  virtual ~log() = default;

  /// Writes one line, made of `parts`; escapes unprintable characters. Call from any thread.
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
  /// Whether to write a line: false if its level is not enabled, or its kind was written too often.
  /// Lines of level `info` and `debug` are not limited.
  [[nodiscard]] bool admits(log_level level, std::string_view what,
                            std::string_view which = {}) noexcept;
  void put(log_level level, const hosted::log_line& line) noexcept {
    to_->write(level, line.view());
  }

  log_level least_;
  log_output* to_;
  std::mutex mutex_;  // guards the members below
  hosted::log_limiter limiter_;
  time_point now_{};
};

}  // namespace musubi
