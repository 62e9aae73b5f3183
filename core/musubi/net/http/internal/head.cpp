#include <algorithm>
#include <array>
#include <bit>
#include <cstring>

#include <musubi/memory/internal/short_ways.hpp>
#include <musubi/memory/slice.hpp>
#include <musubi/net/http/authority.hpp>
#include <musubi/net/http/internal/head.hpp>

namespace musubi::net::http {
namespace {

using kind = head_outcome::kind;

constexpr head_outcome refuse(std::uint16_t status, std::string_view reason) noexcept {
  return {.what = kind::refused, .status = status, .consumed = 0, .reason = reason, .limit = {}};
}

constexpr head_outcome too_long(std::uint16_t status, std::string_view reason,
                                std::string_view limit) noexcept {
  return {.what = kind::refused, .status = status, .consumed = 0, .reason = reason, .limit = limit};
}

struct known_field {
  std::string_view name;
  std::string_view head::*member;
  bool once;
};

constexpr known_field known_fields[] = {
    {"host", &head::host, true},
    {"origin", &head::origin, true},
    {"connection", &head::connection, false},
    {"upgrade", &head::upgrade, false},
    {"sec-websocket-key", &head::sec_websocket_key, true},
    {"sec-websocket-version", &head::sec_websocket_version, true},
    {"sec-websocket-protocol", &head::sec_websocket_protocol, false},
    {"sec-websocket-extensions", &head::sec_websocket_extensions, false},
    {"cookie", &head::cookie, false},
    {"user-agent", &head::user_agent, true},
    {"accept-encoding", &head::accept_encoding, false},
    {"if-none-match", &head::if_none_match, false},
    {"authorization", &head::authorization, true},
    {"content-length", &head::content_length, true},
    {"transfer-encoding", &head::transfer_encoding, true},
    {"x-forwarded-for", &head::x_forwarded_for, false},
    {"x-forwarded-proto", &head::x_forwarded_proto, false},
};

constexpr std::size_t longest_known_name = 24;
/// Of each length a bit for each known field whose name has it.
constexpr auto known_of_size = [] {
  std::array<std::uint32_t, longest_known_name + 1> made{};
  for (std::size_t i = 0; i < std::size(known_fields); ++i) {
    made[known_fields[i].name.size()] |= 1U << i;
  }
  return made;
}();

/// The well-known field called `name`; null if there is none.
const known_field* find_known(std::string_view name) noexcept {
  std::uint32_t left = (1U << std::size(known_fields)) - 1;
  if constexpr (short_ways)
    left = name.size() <= longest_known_name ? known_of_size[name.size()] : 0;
  for (; left != 0; left &= left - 1) {
    const known_field& known = known_fields[std::countr_zero(left)];
    if (iequals(known.name, name)) return &known;
  }
  return nullptr;
}

/// The bit of a known field in `head::repeated`.
std::uint32_t bit_of(const known_field& known) noexcept {
  return 1U << static_cast<unsigned>(&known - known_fields);
}

constexpr bool is_printable(char c) noexcept {
  return c >= 0x20 && c < 0x7F;
}

/// The first byte from `at` on that is not printable ASCII, or `end`.
const char* printable_end(const char* at, const char* end) noexcept {
  if constexpr (short_ways && std::endian::native == std::endian::little) {
    constexpr std::uint64_t ones = 0x0101010101010101U;
    while (end - at >= 8) {
      std::uint64_t eight = 0;
      std::memcpy(&eight, at, sizeof eight);
      // the high bits of bytes below 0x20, of 0x7F and of those above it; exact up to the first
      const std::uint64_t other = ((eight - ones * 0x20) | (eight + ones) | eight) & (ones * 0x80);
      if (other != 0) return at + std::countr_zero(other) / 8;
      at += 8;
    }
  }
  while (at != end && is_printable(*at)) ++at;
  return at;
}

/// Scans for the end of the head, and refuses bytes that a head must not contain.
head_outcome scan(std::string_view bytes, head_progress& progress, const head_limits& limits) {
  const std::size_t end = std::min<std::size_t>(bytes.size(), limits.head_bytes);
  for (std::size_t at = progress.scanned; at < end; ++at) {
    const char previous = at == 0 ? '\n' : bytes[at - 1];
    // most are printable, and follow another: nothing below is about these
    if (is_printable(previous)) {
      const std::size_t most =
          progress.line != 0 ? end : std::min<std::size_t>(end, limits.line_bytes);
      if (at < most) {
        const char* const stop = printable_end(bytes.data() + at, bytes.data() + most);
        at = static_cast<std::size_t>(stop - bytes.data());
      }
      if (at == end) break;
    }
    const char c = bytes[at];
    if (c == '\n') {
      if (previous != '\r') return refuse(400, "a line ends without CR");
      if (progress.line == 0) progress.line = static_cast<std::uint32_t>(at - 1);
      if (bytes[at - 2] == '\n') {
        progress.scanned = static_cast<std::uint32_t>(at + 1);
        return {.what = kind::complete, .status = 0, .consumed = at + 1, .reason = {}, .limit = {}};
      }
      continue;
    }
    if (previous == '\r') return refuse(400, "CR without LF");
    if (at == 0 && c == '\r') return refuse(400, "the request line is empty");
    if (previous == '\n' && (c == ' ' || c == '\t'))
      return refuse(400, "a line starts with whitespace");
    if ((static_cast<unsigned char>(c) < 0x20 && c != '\t' && c != '\r') || c == 0x7F) {
      return refuse(400, "control character");
    }
    if (progress.line == 0 && at >= limits.line_bytes && c != '\r') {
      return too_long(414, "the request line is too long", "line_bytes");
    }
  }
  progress.scanned = static_cast<std::uint32_t>(end);
  if (end == limits.head_bytes) return too_long(431, "the request head is too long", "head_bytes");
  return {};
}

/// The request line, split at its first and last space: METHOD SP target SP HTTP/1.x.
struct request_line {
  std::string_view method;
  std::string_view target;
  std::string_view version;
};

head_outcome read_line(std::string_view text, request_line& line) {
  const std::size_t first = text.find(' ');
  const std::size_t last = text.rfind(' ');
  if (first == last) return refuse(400, "malformed request line");
  line.method = slice(text, 0, first);
  line.target = slice(text, first + 1, last - first - 1);
  line.version = slice(text, last + 1);
  if (!is_token(line.method)) return refuse(400, "malformed method");
  const char* const target_end = line.target.data() + line.target.size();
  const bool printable = printable_end(line.target.data(), target_end) == target_end &&
                         line.target.find(' ') == std::string_view::npos &&
                         line.target.find('#') == std::string_view::npos;
  if (line.target.empty() || !printable) return refuse(400, "malformed target");
  const auto digit = [](char c) { return c >= '0' && c <= '9'; };
  if (line.version.size() != 8 || !line.version.starts_with("HTTP/") || !digit(line.version[5]) ||
      line.version[6] != '.' || !digit(line.version[7])) {
    return refuse(400, "malformed version");
  }
  if (line.version[5] != '1') return refuse(505, "only HTTP/1.x is supported");
  return {};
}

/// Stores the value of a field that `head` has a member for; false if it must not be repeated.
bool keep(const known_field& known, std::string_view value, head& out) {
  auto& kept = out.*known.member;
  if (!present(kept)) {
    kept = value;
    return true;
  }
  out.repeated |= bit_of(known);
  return !known.once;
}

/// Each line is `name ":" OWS value OWS` (RFC 9112 5); `scan` has checked the characters of values.
head_outcome read_fields(head& out, const head_limits& limits) {
  field_cursor cursor{out.fields};
  header_field field;
  for (std::uint32_t count = 1; cursor.next(field); ++count) {
    const known_field* const known = find_known(field.name);
    if (known == nullptr && !is_token(field.name)) return refuse(400, "malformed field name");
    if (count > limits.fields) return too_long(431, "too many header fields", "fields");
    if (known != nullptr && !keep(*known, field.value, out)) {
      return refuse(400, "a header field is repeated");
    }
  }
  return {};
}

bool is_scheme(std::string_view text) {
  return !text.empty() && std::all_of(text.begin(), text.end(), [](char c) {
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
  });
}

/// The forms of RFC 9112 3.2 that an origin server receives: "/path?query",
/// "scheme://host/path?query", and "*" with OPTIONS. In the second form, the target's host
/// overrides Host (3.2.2).
bool read_target(std::string_view target, head& out) {
  if (target == "*") {
    out.path = target;
    return out.method == "OPTIONS";
  }
  if (target.front() != '/') {
    const std::size_t colon = target.find("://");
    if (colon == std::string_view::npos || !is_scheme(slice(target, 0, colon))) return false;
    target.remove_prefix(colon + 3);
    out.host = slice(target, 0, target.find_first_of("/?"));
    authority named;
    if (!read_authority(out.host, named) || named.host.empty()) return false;
    target.remove_prefix(out.host.size());
  }
  const std::size_t mark = target.find('?');
  out.path = slice(target, 0, mark);
  if (out.path.empty()) out.path = "/";
  if (mark != std::string_view::npos) out.query = slice(target, mark + 1);
  return true;
}

/// The methods of RFC 9110 and 5789. For these a resource may answer 405, for all others the answer
/// is 501.
constexpr std::string_view methods[] = {"GET",     "HEAD",    "POST",  "PUT",  "DELETE",
                                        "CONNECT", "OPTIONS", "TRACE", "PATCH"};

/// Request bodies are not accepted, so a length must be zero.
head_outcome check_body(const head& out) {
  if (present(out.transfer_encoding)) return refuse(413, "request bodies are not accepted");
  const auto length = out.content_length;
  if (!present(length)) return {};
  constexpr std::size_t digits = 19;  // any length of so many digits fits in 64 bits
  if (length.empty() || length.size() > digits ||
      length.find_first_not_of("0123456789") != std::string_view::npos) {
    return refuse(400, "malformed Content-Length");
  }
  if (length.find_first_not_of('0') != std::string_view::npos) {
    return refuse(413, "request bodies are not accepted");
  }
  return {};
}

head_outcome check_meaning(std::string_view target, head& out) {
  if (std::find(std::begin(methods), std::end(methods), out.method) == std::end(methods)) {
    return refuse(501, "unknown method");
  }
  if (out.method == "CONNECT") return refuse(501, "CONNECT is not supported");
  if (out.minor_version >= 1 && !present(out.host)) return refuse(400, "missing Host");
  authority named;
  if (present(out.host) && !read_authority(out.host, named)) return refuse(400, "malformed Host");
  if (!read_target(target, out)) return refuse(400, "malformed target");
  // RFC 9112 9.3: "close" wins.
  out.keep_alive = !has_member(out, "connection", "close") &&
                   (out.minor_version >= 1 || has_member(out, "connection", "keep-alive"));
  return check_body(out);
}

}  // namespace

bool field_cursor::next(header_field& field) noexcept {
  const std::size_t end = rest_.find("\r\n");
  if (end == 0 || end == std::string_view::npos) return false;
  const auto line = slice(rest_, 0, end);
  const std::size_t colon = line.find(':');
  const bool whole = colon != std::string_view::npos;
  field.name = slice(line, 0, whole ? colon : 0);
  field.value = whole ? trim(slice(line, colon + 1)) : line;
  rest_.remove_prefix(end + 2);
  return true;
}

std::string_view find_field(const head& request, std::string_view name) noexcept {
  field_cursor cursor{request.fields};
  header_field field;
  while (cursor.next(field)) {
    if (iequals(field.name, name)) return field.value;
  }
  return {};
}

member_cursor::member_cursor(const head& request, std::string_view name) noexcept
    : fields_{request.fields}, name_{name}, line_{{}} {
  const known_field* const known = find_known(name);
  // of a known one the first line is known; the fields are walked only if there are more
  if (known == nullptr || (request.repeated & bit_of(*known)) != 0) return;
  fields_ = field_cursor{{}};
  line_ = list_cursor{request.*known->member};
}

bool member_cursor::next(std::string_view& member) noexcept {
  for (;;) {
    if (line_.next(member)) return true;
    header_field field;
    do {
      if (!fields_.next(field)) return false;
    } while (!iequals(field.name, name_));
    line_ = list_cursor{field.value};
  }
}

bool has_member(const head& request, std::string_view name, std::string_view token) noexcept {
  member_cursor members{request, name};
  std::string_view member;
  while (members.next(member)) {
    if (iequals(member, token)) return true;
  }
  return false;
}

head_outcome parse_head(std::string_view bytes, head_progress& progress, head& out,
                        const head_limits& limits) noexcept {
  const head_outcome found = scan(bytes, progress, limits);
  if (found.what != kind::complete) return found;
  out = head{};
  const auto whole = slice(bytes, 0, found.consumed);
  request_line line;
  if (const auto bad = read_line(slice(whole, 0, progress.line), line); bad.what == kind::refused) {
    return bad;
  }
  out.method = line.method;
  out.minor_version = static_cast<std::uint8_t>(line.version.back() - '0');
  out.fields = slice(whole, progress.line + 2);
  if (const auto bad = read_fields(out, limits); bad.what == kind::refused) return bad;
  const auto bad = check_meaning(line.target, out);
  return bad.what == kind::refused ? bad : found;
}

}  // namespace musubi::net::http
