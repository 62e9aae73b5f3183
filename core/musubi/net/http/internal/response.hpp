#pragma once

#include <cstddef>
#include <cstdint>
#include <span>
#include <string_view>
#include <type_traits>

/// Response heads, and error responses.
namespace musubi::net::http {

/// Size of a buffer that fits any head or error response written here, with a policy and a reason
/// of the usual length.
inline constexpr std::size_t response_head_size = 768;

/// The default policy of pages: everything from this server, nothing inline. 'self' covers the
/// WebSocket.
inline constexpr std::string_view default_content_security_policy =
    "default-src 'self'; img-src 'self' data: blob:; object-src 'none'; base-uri 'self'; "
    "form-action 'self'";
/// Which pages may embed these in a frame by default: this server's own. Sent with the policy.
inline constexpr std::string_view default_frame_ancestors = "'self'";

/// The standard phrase of a status that this project sends (RFC 9110 section 15); empty for any
/// other.
[[nodiscard]] std::string_view reason_phrase(std::uint16_t status) noexcept;

/// Writes a response head into the caller's buffer. If anything does not fit, writing stops and
/// `finish` returns 0. Names and values are not checked: they must not contain bytes of a request.
class head_writer {
 public:
  explicit head_writer(std::span<char> out) noexcept : out_{out} {}

  /// Writes the status line. Call first.
  head_writer& status(std::uint16_t status) noexcept;
  head_writer& field(const char* name, std::string_view value) noexcept;
  head_writer& field(const char* name, std::size_t value) noexcept;
  /// Writes a field with `value` in double quotes.
  head_writer& quoted_field(const char* name, std::string_view value) noexcept;
  /// X-Content-Type-Options, Referrer-Policy, Cross-Origin-Opener-Policy, -Resource-Policy.
  head_writer& security_fields() noexcept;
  /// Those, Connection, and the empty line.
  head_writer& last_fields(const char* connection) noexcept;
  /// The empty line.
  head_writer& end() noexcept;
  /// Writes bytes unchanged: a body.
  head_writer& raw(std::string_view text) noexcept;
  /// The same of a literal, which is one register.
  head_writer& raw(const char* text) noexcept;

  /// Bytes written, or 0 if they did not all fit.
  [[nodiscard]] std::size_t finish() const noexcept { return fits_ ? size_ : 0; }

 private:
  std::span<char> out_;
  std::size_t size_ = 0;
  bool fits_ = true;
};

/// A text, or a few parts of one, so that parts of a request can be quoted without copying. A view.
class sentence {
 public:
  constexpr sentence() noexcept = default;
  template <class Text>
  requires std::is_convertible_v<const Text&, std::string_view>
  constexpr sentence(const Text& whole) noexcept : whole_(whole) {}
  /// The parts behind one another.
  constexpr explicit sentence(std::span<const std::string_view> parts) noexcept : parts_(parts) {}

  /// Calls `use(std::string_view)` for each part.
  template <class Use>
  constexpr void each(Use&& use) const {
    use(whole_);
    for (const std::string_view part : parts_) use(part);
  }
  [[nodiscard]] constexpr std::size_t size() const noexcept {
    std::size_t sum = 0;
    each([&sum](std::string_view part) { sum += part.size(); });
    return sum;
  }

 private:
  std::string_view whole_{};
  std::span<const std::string_view> parts_{};
};

/// Most characters of client-supplied text that an error response quotes.
inline constexpr std::size_t quoted_size = 100;

/// The content of an error response besides its status.
struct error_answer {
  std::uint16_t status = 500;
  /// The body, plain text; a newline is appended. Empty: no body (as Phoenix refuses a socket).
  sentence text = {};
  /// Seconds until the client should retry; sent with 503 and 429. 0: not sent.
  std::uint32_t retry_after = 0;
  /// Keep the connection open. Only valid after a request that was read completely.
  bool keep_alive = false;
  /// For a HEAD request: same head, no body.
  bool head_only = false;
};

/// Writes a complete error response and returns its size, or 0 if it does not fit. A 405 allows GET
/// and HEAD; a 426 names WebSocket version 13 (RFC 6455 4.4).
[[nodiscard]] std::size_t write_error(std::span<char> out, const error_answer& answer) noexcept;

}  // namespace musubi::net::http
