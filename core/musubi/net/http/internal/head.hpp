#pragma once

#include <cstddef>
#include <cstdint>
#include <string_view>

#include <musubi/net/http/internal/list.hpp>

/// The head of an HTTP/1.x request (RFC 9112): request line and header fields.
namespace musubi::net::http {

/// Limits of a request head. No browser reaches them, only other or hostile clients.
struct head_limits {
  /// Most bytes of the whole head, including the final empty line; more is refused with 431.
  /// Browsers send 500 to 900, more with cookies.
  std::uint32_t head_bytes = 8192;
  /// Most bytes of the request line; more is refused with 414. The query of a socket URL carries
  /// the connect params.
  std::uint32_t line_bytes = 4096;
  /// Most header fields; more are refused with 431. A browser behind two proxies sends about 30.
  std::uint32_t fields = 64;
};

/// One header field: a valid name as sent, and a value without surrounding whitespace.
struct header_field {
  std::string_view name;
  std::string_view value;
};

/// Iterates over the fields of a head that `parse_head` has accepted, in order.
class field_cursor {
 public:
  /// `fields` is `head::fields`.
  explicit field_cursor(std::string_view fields) noexcept : rest_{fields} {}
  /// False at the end.
  [[nodiscard]] bool next(header_field& field) noexcept;

 private:
  std::string_view rest_;
};

/// A parsed head. All views point into the parsed buffer and are valid until it changes. A
/// well-known field that is missing has a null `data()`; an empty one has not (see `present`). A
/// field that may come in several lines (marked "list") is a view of the first line: read it with
/// `member_cursor`. If any other of these fields is repeated, the request is refused.
struct head {
  std::string_view method;  ///< one of RFC 9110 or 5789, but not CONNECT
  std::string_view path;    ///< not decoded; begins with '/', or is "*"
  std::string_view query;   ///< after the '?', not decoded
  std::uint8_t minor_version = 1;
  /// The client expects the connection to stay open after the response.
  bool keep_alive = false;

  std::string_view
      host;  ///< the authority of the target if it was in absolute form (RFC 9112 3.2.2)
  std::string_view origin;
  std::string_view connection;  ///< list
  std::string_view upgrade;     ///< list
  std::string_view sec_websocket_key;
  std::string_view sec_websocket_version;
  std::string_view sec_websocket_protocol;    ///< list
  std::string_view sec_websocket_extensions;  ///< list
  std::string_view cookie;  ///< list with its own syntax: read it with `cookie_cursor`
  std::string_view user_agent;
  std::string_view accept_encoding;  ///< list
  std::string_view if_none_match;    ///< list
  std::string_view authorization;
  std::string_view content_length;     ///< of an accepted request: absent or zero
  std::string_view transfer_encoding;  ///< of an accepted request: absent
  std::string_view x_forwarded_for;    ///< list
  std::string_view x_forwarded_proto;  ///< list

  /// All field lines, for `field_cursor`.
  std::string_view fields;
  /// Those marked "list" that came in more than one line, one bit each; for `member_cursor`.
  std::uint32_t repeated = 0;
};

/// True when the request has the field that `value` belongs to, even if empty.
[[nodiscard]] constexpr bool present(std::string_view value) noexcept {
  return value.data() != nullptr;
}

/// The value of the first field named `name` (case-insensitive); its `data()` is null if missing.
/// Scans the fields.
[[nodiscard]] std::string_view find_field(const head& request, std::string_view name) noexcept;

/// Iterates over the members of a list field, across all its lines. Scans the fields.
class member_cursor {
 public:
  member_cursor(const head& request, const char* name) noexcept;
  /// False at the end.
  [[nodiscard]] bool next(std::string_view& member) noexcept;

 private:
  field_cursor fields_;
  std::string_view name_;
  list_cursor line_;
};

/// True when the list field `name` has the member `token` (case-insensitive).
[[nodiscard]] bool has_member(const head& request, const char* name, const char* token) noexcept;

/// How far a head has been scanned; zero-initialise it for each request.
struct head_progress {
  std::uint32_t scanned = 0;
  std::uint32_t line = 0;  // end of the request line once seen
};

/// Outcome of `parse_head`.
struct head_outcome {
  enum class kind : std::uint8_t {
    incomplete,  ///< call again when there are more bytes
    complete,    ///< the head is the first `consumed` bytes
    refused,     ///< respond with `status` and `reason`, then close: the request's end is unknown
  };
  kind what = kind::incomplete;
  std::uint16_t status = 0;
  std::size_t consumed = 0;
  std::string_view reason;  ///< static, one short sentence
  std::string_view limit;   ///< of a 414 or 431: the member of `head_limits` that was reached
};

/// Parses the request head at the start of `bytes`, which holds everything received so far; call
/// again with the longer buffer (which may have moved) as bytes arrive. Each byte is scanned once
/// for the end of the head and for invalid characters, so garbage is refused as soon as it arrives;
/// the complete head is then parsed once. Does not allocate. The outcome does not depend on how the
/// bytes were split.
///
/// The grammar is RFC 9112's without the leniency that it allows a recipient: differences in
/// leniency between programs make request smuggling possible. Refused:
/// - 400: control characters, bare CR or LF, empty lines before the request, folded lines, anything
///   but single spaces in the request line, a target that is not printable ASCII, has a fragment or
///   user info, or is "*" without OPTIONS, malformed fields, blanks before a colon, a repeated
///   field that may come only once, no Host in HTTP/1.1, an invalid Host (see `read_authority`);
/// - 413: a body (Content-Length above zero or any Transfer-Encoding): nothing here takes one;
/// - 414, 431: `limits`; 501: an unknown method, or CONNECT; 505: a version other than 1.x.
[[nodiscard]] head_outcome parse_head(std::string_view bytes, head_progress& progress, head& out,
                                      const head_limits& limits = {}) noexcept;

}  // namespace musubi::net::http
