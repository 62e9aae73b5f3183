#include <cstring>

#include <musubi/memory/decimal.hpp>
#include <musubi/memory/internal/left_out.hpp>
#include <musubi/memory/internal/line_table.hpp>
#include <musubi/net/http/internal/response.hpp>

namespace musubi::net::http {

namespace {

constexpr std::string_view phrases =
    "101 Switching Protocols\n"
    "200 OK\n"
    "304 Not Modified\n"
    "400 Bad Request\n"
    "401 Unauthorized\n"
    "403 Forbidden\n"
    "404 Not Found\n"
    "405 Method Not Allowed\n"
    "406 Not Acceptable\n"
    "408 Request Timeout\n"
    "413 Content Too Large\n"
    "414 URI Too Long\n"
    "426 Upgrade Required\n"
    "429 Too Many Requests\n"
    "431 Request Header Fields Too Large\n"
    "500 Internal Server Error\n"
    "501 Not Implemented\n"
    "503 Service Unavailable\n"
    "505 HTTP Version Not Supported\n";

}  // namespace

std::string_view reason_phrase(std::uint16_t status) noexcept {
  if constexpr (!writes_phrases) return {};
  for (std::size_t i = 0;; ++i) {
    const table_line each = line_at(phrases, i);
    if (each.number == status || each.text.empty()) return each.text;
  }
}

head_writer& head_writer::raw(std::string_view text) noexcept {
  if (!fits_ || text.size() > out_.size() - size_) {
    fits_ = false;
  } else if (!text.empty()) {
    std::memcpy(out_.data() + size_, text.data(), text.size());
    size_ += text.size();
  }
  return *this;
}

head_writer& head_writer::raw(const char* text) noexcept {
  return raw(std::string_view(text));
}

head_writer& head_writer::status(std::uint16_t status) noexcept {
  return raw("HTTP/1.1 ").raw(decimal(status)).raw(" ").raw(reason_phrase(status)).raw("\r\n");
}

head_writer& head_writer::field(const char* name, std::string_view value) noexcept {
  return raw(name).raw(": ").raw(value).raw("\r\n");
}

head_writer& head_writer::field(const char* name, std::size_t value) noexcept {
  return field(name, std::string_view(decimal(value)));
}

head_writer& head_writer::quoted_field(const char* name, std::string_view value) noexcept {
  return raw(name).raw(": \"").raw(value).raw("\"\r\n");
}

head_writer& head_writer::security_fields() noexcept {
  return raw(
      "X-Content-Type-Options: nosniff\r\n"
      "Referrer-Policy: no-referrer\r\n"
      "Cross-Origin-Opener-Policy: same-origin\r\n"
      "Cross-Origin-Resource-Policy: same-origin\r\n");
}

head_writer& head_writer::last_fields(const char* connection) noexcept {
  return security_fields().raw("Connection: ").raw(connection).raw("\r\n\r\n");
}

head_writer& head_writer::end() noexcept {
  return raw("\r\n");
}

// What always stands together is one text: each further call takes more flash than its bytes.
std::size_t write_error(std::span<char> out, const error_answer& answer) noexcept {
  const bool retry = answer.retry_after != 0 && (answer.status == 503 || answer.status == 429);
  const bool upgrade = answer.status == 426;
  head_writer writer{out};
  writer.status(answer.status);
  const std::size_t length = writes_reasons ? answer.text.size() : 0;
  if (length != 0) writer.raw("Content-Type: text/plain; charset=utf-8\r\n");
  writer.field("Content-Length", length == 0 ? 0 : length + 1);
  writer.raw("Cache-Control: no-store\r\n");
  if (answer.status == 405) writer.raw("Allow: GET, HEAD\r\n");
  if (upgrade) writer.raw("Upgrade: websocket\r\nSec-WebSocket-Version: 13\r\n");
  if (retry) writer.field("Retry-After", answer.retry_after);
  if (answer.keep_alive) {
    writer.last_fields(upgrade ? "Upgrade" : "keep-alive");
  } else {
    writer.last_fields(upgrade ? "Upgrade, close" : "close");
  }
  if (length != 0 && !answer.head_only) {
    answer.text.each([&writer](std::string_view part) { writer.raw(part); });
    writer.raw("\n");
  }
  return writer.finish();
}

}  // namespace musubi::net::http
