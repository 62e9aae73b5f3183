#include <algorithm>
#include <chrono>

#include <musubi/hosted/log.hpp>
#include <musubi/json/internal/output.hpp>
#include <musubi/json/internal/writer.hpp>

namespace musubi {

using hosted::log_line;
using hosted::quoted;

namespace {

using cause = request_refusal::cause;

/// The name of a kind of refusal in the log, and its level.
struct refusal_kind {
  std::string_view name;
  log_level level;
};

constexpr refusal_kind kind_of(cause why) noexcept {
  switch (why) {
    case cause::malformed:
      return {"malformed", log_level::info};  // usual on any network
    case cause::too_long:
      return {"too long", log_level::warning};
    case cause::host:
      return {"Host", log_level::warning};
    case cause::origin:
      return {"Origin", log_level::warning};
    case cause::handshake:
      return {"handshake", log_level::info};
    case cause::token:
      return {"token", log_level::warning};
    case cause::attempts:
      return {"attempts", log_level::warning};
    case cause::serializer:
      return {"protocol version", log_level::warning};
    case cause::application:
      return {"by the application", log_level::warning};
    case cause::content:
      return {"content", log_level::warning};
    case cause::connections:
      return {"connections", log_level::info};  // on_pool_exhausted reports it
    case cause::share:
      return {"share of one address", log_level::warning};
    case cause::stopping:
      return {"stopping", log_level::info};
  }
  return {};
}

/// A browser that was closed or suspended, or that preconnects.
bool is_usual(std::string_view why) noexcept {
  return why == "idle_timeout" || why == "head_timeout";
}

/// `Home.Thermostat:main`, followed by the store's id within it.
log_line& operator<<(log_line& line, const event_source& at) noexcept {
  line << at.module << ":" << at.id;
  if (!at.store_id.empty()) line << "[" << at.store_id << "]";
  return line;
}

/// In milliseconds, with two decimals.
log_line& operator<<(log_line& line, duration took) noexcept {
  const auto hundredths = static_cast<std::uint64_t>(std::max<duration::rep>(took.count(), 0) / 10);
  const std::uint64_t fraction = hundredths % 100;
  return line << hundredths / 100 << (fraction < 10 ? ".0" : ".") << fraction << " ms";
}

/// `: schedule[2].celsius: expected integer`
log_line& operator<<(log_line& line, const decode_error& error) noexcept {
  char room[128];
  json::buffer_output field(room, sizeof room);
  json::writer out(field);
  error.write_field(out);
  line << ": ";
  if (!field.view().empty()) line << field.view() << ": ";
  return line << "expected " << error.expected();
}

}  // namespace

bool log::admits(log_level level, std::string_view what, std::string_view which) noexcept {
  if (!writes(level)) return false;
  if (level >= log_level::info) return true;
  text<60> kind = decltype(kind)::clipped(what);
  if (!which.empty()) (void)(kind.append(" (") && kind.append(which) && kind.append(")"));
  const std::lock_guard hold(mutex_);
  return limiter_.admits(kind, level, now_);
}

void log::write(log_level level, std::initializer_list<std::string_view> parts) noexcept {
  if (!writes(level)) return;
  log_line line;
  for (const std::string_view part : parts) line << part;
  put(level, line);
}

void log::on_second(time_point now) noexcept {
  const std::lock_guard hold(mutex_);
  now_ = std::max(now_, now);  // several hosts may call this
  limiter_.sum_up(now_, [this](log_level level, std::string_view kind, std::uint32_t count) {
    log_line line;
    line << count << " more in the last minute: " << kind;
    put(level, line);
  });
}

// --- the host ---

void log::on_listening(const listening& now) noexcept {
  if (!writes(log_level::notice)) return;
  log_line line;
  line << "listening on";
  for (const std::string_view each : now.addresses) line << " " << each;
  put(log_level::notice, line);
}

void log::on_request_refused(const request_refusal& refused) noexcept {
  const auto [name, level] = kind_of(refused.why);
  if (!admits(level, "requests refused", name)) return;
  log_line line;
  line << "refused " << refused.peer;
  if (!refused.path.empty()) line << " " << quoted{refused.path};
  line << ": " << std::uint64_t{refused.status} << " " << refused.reason;
  if (refused.why == cause::origin) line << "; Origin " << quoted{refused.origin};
  if (refused.why == cause::origin || refused.why == cause::host) {
    line << "; Host " << quoted{refused.host};
  }
  put(level, line);
}

void log::on_connection_opened(const connection_opened& opened) noexcept {
  if (!writes(log_level::info)) return;
  log_line line;
  line << "opened " << opened.peer << " " << quoted{opened.path};
  put(log_level::info, line);
}

void log::on_connection_dropped(const connection_dropped& dropped) noexcept {
  const log_level level = is_usual(dropped.why) ? log_level::info : log_level::warning;
  if (!admits(level, "connections dropped", dropped.why)) return;
  log_line line;
  line << "dropped " << dropped.peer << ": " << dropped.why;
  put(level, line);
}

void log::on_connection_closing(const connection_closing& closing) noexcept {
  if (!writes(log_level::info)) return;
  log_line line;
  line << "closing " << closing.peer << ": " << std::uint64_t{closing.code} << " "
       << closing.reason;
  put(log_level::info, line);
}

void log::on_connection_closed(const connection_closed& closed) noexcept {
  if (!writes(log_level::info)) return;
  log_line line;
  line << "closed " << closed.peer;
  put(log_level::info, line);
}

void log::on_pool_exhausted(const pool_exhausted& empty) noexcept {
  if (!admits(log_level::warning, "limits reached", empty.pool)) return;
  log_line line;
  line << "limit reached: " << empty.pool << ", " << std::uint64_t{empty.capacity} << " in all, "
       << std::uint64_t{empty.times} << (empty.times == 1 ? " time" : " times");
  put(log_level::warning, line);
}

void log::on_share_exceeded(const share_exceeded& exceeded) noexcept {
  if (!admits(log_level::warning, "shares exceeded", exceeded.limit)) return;
  log_line line;
  line << "limit reached by " << exceeded.peer << ": " << exceeded.limit;
  put(log_level::warning, line);
}

// --- pages ---

void log::on_channel_join(const channel_join& joined) noexcept {
  if (!writes(log_level::info)) return;
  log_line line;
  line << "mounted " << joined.at;
  put(log_level::info, line);
}

void log::on_channel_refused(const channel_refused& refused) noexcept {
  const log_level level = refused.code == errc::failed ? log_level::error
                          : refused.code == errc::exhausted
                              ? log_level::info  // on_pool_exhausted reports it
                              : log_level::warning;
  if (!admits(level, "mounts refused")) return;
  log_line line;
  line << "mount refused for " << refused.peer << ": ";
  if (refused.code == errc::exhausted) line << "limit reached: ";
  line << refused.reason;
  if (refused.params != nullptr) line << *refused.params;
  if (refused.roots.empty()) {
    line << "; topic " << quoted{refused.topic};
  } else {
    line << " " << quoted{refused.module} << "; there "
         << (refused.roots.size() == 1 ? "is" : "are");
    for (const std::string_view each : refused.roots) line << " " << each;
  }
  put(level, line);
}

void log::on_channel_terminate(const channel_terminate& gone) noexcept {
  if (!writes(log_level::info)) return;
  log_line line;
  line << "unmounted " << gone.at << ": " << gone.reason;
  put(log_level::info, line);
}

void log::on_message_refused(const message_refused& refused) noexcept {
  if (!admits(log_level::warning, "messages refused")) return;
  log_line line;
  line << "message refused from " << refused.peer << ": expected " << refused.expected << "; topic "
       << quoted{refused.topic} << ", event " << quoted{refused.event};
  put(log_level::warning, line);
}

void log::on_payload_refused(const payload_refused& refused) noexcept {
  if (!admits(log_level::warning, "payloads refused", refused.at.module)) return;
  log_line line;
  line << "payload refused for command " << refused.command << " of " << refused.at
       << refused.error;
  put(log_level::warning, line);
}

void log::on_auth_deny(const auth_deny& denied) noexcept {
  if (!writes(log_level::info)) return;
  log_line line;
  line << "denied " << denied.command << " for " << denied.at;
  put(log_level::info, line);
}

void log::on_page_failed(const page_failed& failed) noexcept {
  if (!admits(log_level::error, "pages failed", failed.at.module)) return;
  log_line line;
  line << "page failed: " << failed.at << ": ";
  if (failed.why.code() == errc::exhausted) line << "limit reached: ";
  line << failed.why.reason();
  put(log_level::error, line);
}

void log::on_async_exception(const async_exception& failed) noexcept {
  if (!admits(log_level::warning, "tasks failed", failed.task.at.module)) return;
  log_line line;
  line << "task failed: " << failed.task.name << " of " << failed.task.at << ": " << failed.reason;
  put(log_level::warning, line);
}

void log::on_send_update_no_target(const event_source& missing) noexcept {
  if (!writes(log_level::debug)) return;
  log_line line;
  line << "no store " << missing << " for an update";
  put(log_level::debug, line);
}

// --- frequent events ---

void log::on_command_stop(const command_stop& done) noexcept {
  if (!writes(log_level::debug)) return;
  log_line line;
  line << "command " << quoted{done.command} << " of " << done.at << ": "
       << (done.ok ? std::string_view("ok") : done.reason) << ", " << done.took;
  put(log_level::debug, line);
}

void log::on_patch_stop(const patch_stop& sent) noexcept {
  if (!writes(log_level::debug)) return;
  log_line line;
  line << "patch " << sent.version << " of " << sent.at << ": " << sent.operations
       << " operations, " << sent.stream_operations << " of streams, " << sent.events << " events";
  put(log_level::debug, line);
}

void log::on_async_stop(const async_stop& done) noexcept {
  if (!writes(log_level::debug)) return;
  log_line line;
  line << "task " << done.task.name << " of " << done.task.at << ": done, " << done.took;
  put(log_level::debug, line);
}

void log::on_async_cancel(const async_cancel& cancelled) noexcept {
  if (!writes(log_level::debug)) return;
  log_line line;
  line << "task " << cancelled.task.name << " of " << cancelled.task.at << ": " << cancelled.reason;
  put(log_level::debug, line);
}

}  // namespace musubi
