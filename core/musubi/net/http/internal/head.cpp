#include <algorithm>
#include <array>
#include <bit>
#include <cstring>

#include <musubi/memory/internal/index_of.hpp>
#include <musubi/memory/internal/line_table.hpp>
#include <musubi/memory/internal/same_text.hpp>
#include <musubi/memory/internal/short_ways.hpp>
#include <musubi/memory/slice.hpp>
#include <musubi/net/http/authority.hpp>
#include <musubi/net/http/internal/head.hpp>

namespace musubi::net::http {
namespace {

using kind = head_outcome::kind;

/// What is wrong with a head: a line of `complaints`, from 1 on.
enum class complaint : std::uint8_t {
  none,
  no_return,
  no_feed,
  empty_line,
  begins_blank,
  control,
  long_line,
  long_head,
  line,
  method,
  target,
  version,
  other_version,
  name,
  many_fields,
  repeated,
  unknown_method,
  connect,
  no_host,
  host,
  body,
  length,
};

/// The name of a limit stands behind its sentence.
constexpr std::string_view complaints =
    "400 a line ends without CR\n"
    "400 CR without LF\n"
    "400 the request line is empty\n"
    "400 a line starts with whitespace\n"
    "400 control character\n"
    "414 the request line is too long:line_bytes\n"
    "431 the request head is too long:head_bytes\n"
    "400 malformed request line\n"
    "400 malformed method\n"
    "400 malformed target\n"
    "400 malformed version\n"
    "505 only HTTP/1.x is supported\n"
    "400 malformed field name\n"
    "431 too many header fields:fields\n"
    "400 a header field is repeated\n"
    "501 unknown method\n"
    "501 CONNECT is not supported\n"
    "400 missing Host\n"
    "400 malformed Host\n"
    "413 request bodies are not accepted\n"
    "400 malformed Content-Length\n";
static_assert(lines_of(complaints) == static_cast<std::size_t>(complaint::length));

head_outcome refused(complaint why) noexcept {
  const table_line told = line_at(reasons<complaints>, static_cast<std::size_t>(why) - 1);
  const std::size_t colon = index_of(told.text, ':');
  const std::string_view limit =
      colon == std::string_view::npos ? std::string_view() : slice(told.text, colon + 1);
  return {.what = kind::refused,
          .status = told.number,
          .consumed = 0,
          .reason = slice(told.text, 0, colon),
          .limit = limit};
}

/// The fields that `head` has members for, in the order of `known_members`.
constexpr std::string_view known_names =
    "host origin connection upgrade sec-websocket-key sec-websocket-version sec-websocket-protocol "
    "sec-websocket-extensions cookie user-agent accept-encoding if-none-match authorization "
    "content-length transfer-encoding x-forwarded-for x-forwarded-proto";
constexpr std::string_view head::*known_members[] = {&head::host,
                                                     &head::origin,
                                                     &head::connection,
                                                     &head::upgrade,
                                                     &head::sec_websocket_key,
                                                     &head::sec_websocket_version,
                                                     &head::sec_websocket_protocol,
                                                     &head::sec_websocket_extensions,
                                                     &head::cookie,
                                                     &head::user_agent,
                                                     &head::accept_encoding,
                                                     &head::if_none_match,
                                                     &head::authorization,
                                                     &head::content_length,
                                                     &head::transfer_encoding,
                                                     &head::x_forwarded_for,
                                                     &head::x_forwarded_proto};
constexpr std::size_t known_count = std::size(known_members);

constexpr auto names = [] {
  std::array<std::string_view, known_count> made{};
  std::string_view rest = known_names;
  for (std::string_view& each : made) each = take_word(rest);
  return made;
}();
static_assert(names.back() == "x-forwarded-proto");

/// A bit for each that may come only once.
constexpr std::uint32_t only_once = [] {
  std::uint32_t made = 0;
  for (std::size_t i = 0; i < known_count; ++i) {
    for (const std::string_view once :
         {"host", "origin", "sec-websocket-key", "sec-websocket-version", "user-agent",
          "authorization", "content-length", "transfer-encoding"}) {
      if (names[i] == once) made |= 1U << i;
    }
  }
  return made;
}();

constexpr std::size_t longest_known_name = 24;
/// Of each length a bit for each known field whose name has it.
constexpr auto known_of_size = [] {
  std::array<std::uint32_t, longest_known_name + 1> made{};
  for (std::size_t i = 0; i < known_count; ++i) made[names[i].size()] |= 1U << i;
  return made;
}();

/// The place of the field called `name` among the known ones; `known_count` if it is none.
std::size_t find_known(std::string_view name) noexcept {
  if constexpr (short_ways) {
    std::uint32_t left = name.size() <= longest_known_name ? known_of_size[name.size()] : 0;
    for (; left != 0; left &= left - 1) {
      const auto at = static_cast<std::size_t>(std::countr_zero(left));
      if (iequals(names[at], name)) return at;
    }
    return known_count;
  }
  std::string_view rest = known_names;
  std::size_t at = 0;
  while (at < known_count && !iequals(take_word(rest), name)) ++at;
  return at;
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

/// Scans for the end of the head, and refuses bytes that a head must not contain. `size` becomes
/// that of the head if it is there.
complaint scan(std::string_view bytes, head_progress& progress, const head_limits& limits,
               std::size_t& size) {
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
      if (previous != '\r') return complaint::no_return;
      if (progress.line == 0) progress.line = static_cast<std::uint32_t>(at - 1);
      if (bytes[at - 2] == '\n') {
        progress.scanned = static_cast<std::uint32_t>(at + 1);
        size = at + 1;
        return complaint::none;
      }
      continue;
    }
    if (previous == '\r') return complaint::no_feed;
    if (at == 0 && c == '\r') return complaint::empty_line;
    if (previous == '\n' && (c == ' ' || c == '\t')) return complaint::begins_blank;
    if ((static_cast<unsigned char>(c) < 0x20 && c != '\t' && c != '\r') || c == 0x7F) {
      return complaint::control;
    }
    if (progress.line == 0 && at >= limits.line_bytes && c != '\r') {
      return complaint::long_line;
    }
  }
  progress.scanned = static_cast<std::uint32_t>(end);
  if (end == limits.head_bytes) return complaint::long_head;
  return complaint::none;
}

/// The request line, split at its first and last space: METHOD SP target SP HTTP/1.x.
struct request_line {
  std::string_view method;
  std::string_view target;
  std::string_view version;
};

complaint read_line(std::string_view text, request_line& line) {
  const std::size_t first = index_of(text, ' ');
  const std::size_t last = text.rfind(' ');
  if (first == last) return complaint::line;
  line.method = slice(text, 0, first);
  line.target = slice(text, first + 1, last - first - 1);
  line.version = slice(text, last + 1);
  if (!is_token(line.method)) return complaint::method;
  const char* const target_end = line.target.data() + line.target.size();
  const bool printable = printable_end(line.target.data(), target_end) == target_end &&
                         consists_of(line.target, [](char c) { return c != ' ' && c != '#'; });
  if (line.target.empty() || !printable) return complaint::target;
  if (line.version.size() != 8 || !same_text(slice(line.version, 0, 5), "HTTP/") ||
      !is_digit(line.version[5]) || line.version[6] != '.' || !is_digit(line.version[7])) {
    return complaint::version;
  }
  if (line.version[5] != '1') return complaint::other_version;
  return complaint::none;
}

/// Each line is `name ":" OWS value OWS` (RFC 9112 5); `scan` has checked the characters of values.
complaint read_fields(head& out, const head_limits& limits) {
  field_cursor cursor{out.fields};
  header_field field;
  for (std::uint32_t count = 1; cursor.next(field); ++count) {
    const std::size_t known = find_known(field.name);
    if (known == known_count && !is_token(field.name)) return complaint::name;
    if (count > limits.fields) return complaint::many_fields;
    if (known == known_count) continue;
    std::string_view& kept = out.*known_members[known];
    if (!present(kept)) {
      kept = field.value;
    } else if ((only_once >> known & 1U) != 0) {
      return complaint::repeated;
    } else {
      out.repeated |= 1U << known;
    }
  }
  return complaint::none;
}

bool is_scheme(std::string_view text) {
  return !text.empty() && consists_of(text, is_letter);
}

/// The forms of RFC 9112 3.2 that an origin server receives: "/path?query",
/// "scheme://host/path?query", and "*" with OPTIONS. In the second form, the target's host
/// overrides Host (3.2.2).
bool read_target(std::string_view target, head& out) {
  if (same_text(target, "*")) {
    out.path = target;
    return same_text(out.method, "OPTIONS");
  }
  if (target.front() != '/') {
    const std::size_t colon = index_of(target, ':');
    if (!same_text(slice(target, colon, 3), "://") || !is_scheme(slice(target, 0, colon))) {
      return false;
    }
    target.remove_prefix(colon + 3);
    out.host = slice(target, 0, std::min(index_of(target, '/'), index_of(target, '?')));
    authority named;
    if (!read_authority(out.host, named) || named.host.empty()) return false;
    target.remove_prefix(out.host.size());
  }
  const std::size_t mark = index_of(target, '?');
  out.path = slice(target, 0, mark);
  if (out.path.empty()) out.path = "/";
  if (mark != std::string_view::npos) out.query = slice(target, mark + 1);
  return true;
}

/// The methods of RFC 9110 and 5789. For these a resource may answer 405, for all others the answer
/// is 501.
constexpr std::string_view methods = "GET HEAD POST PUT DELETE CONNECT OPTIONS TRACE PATCH";

bool is_method(std::string_view name) noexcept {
  std::string_view rest = methods;
  while (!rest.empty()) {
    if (take_word(rest) == name) return true;
  }
  return false;
}

/// Request bodies are not accepted, so a length must be zero.
complaint check_body(const head& out) {
  if (present(out.transfer_encoding)) return complaint::body;
  const auto length = out.content_length;
  if (!present(length)) return complaint::none;
  constexpr std::size_t digits = 19;  // any length of so many digits fits in 64 bits
  if (length.empty() || length.size() > digits || !consists_of(length, is_digit)) {
    return complaint::length;
  }
  if (!consists_of(length, [](char c) { return c == '0'; })) {
    return complaint::body;
  }
  return complaint::none;
}

complaint check_meaning(std::string_view target, head& out) {
  if (!is_method(out.method)) return complaint::unknown_method;
  if (same_text(out.method, "CONNECT")) return complaint::connect;
  if (out.minor_version >= 1 && !present(out.host)) return complaint::no_host;
  authority named;
  if (present(out.host) && !read_authority(out.host, named)) return complaint::host;
  if (!read_target(target, out)) return complaint::target;
  // RFC 9112 9.3: "close" wins.
  out.keep_alive = !has_member(out, "connection", "close") &&
                   (out.minor_version >= 1 || has_member(out, "connection", "keep-alive"));
  return check_body(out);
}

complaint read_whole(std::string_view whole, std::size_t line_end, head& out,
                     const head_limits& limits) {
  out = head{};
  request_line line;
  if (const complaint bad = read_line(slice(whole, 0, line_end), line); bad != complaint::none) {
    return bad;
  }
  out.method = line.method;
  out.minor_version = static_cast<std::uint8_t>(line.version.back() - '0');
  out.fields = slice(whole, line_end + 2);
  const complaint bad = read_fields(out, limits);
  return bad != complaint::none ? bad : check_meaning(line.target, out);
}

}  // namespace

bool field_cursor::next(header_field& field) noexcept {
  const std::size_t end = index_of(rest_, '\r');  // which a line feed follows
  if (end == 0 || end == std::string_view::npos) return false;
  const auto line = slice(rest_, 0, end);
  const std::size_t colon = index_of(line, ':');
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

member_cursor::member_cursor(const head& request, const char* name) noexcept
    : fields_{request.fields}, name_{name}, line_{{}} {
  const std::size_t known = find_known(name_);
  // of a known one the first line is known; the fields are walked only if there are more
  if (known == known_count || (request.repeated >> known & 1U) != 0) return;
  fields_ = field_cursor{{}};
  line_ = list_cursor{request.*known_members[known]};
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

bool has_member(const head& request, const char* name, const char* token) noexcept {
  const std::string_view wanted(token);
  member_cursor members{request, name};
  std::string_view member;
  while (members.next(member)) {
    if (iequals(member, wanted)) return true;
  }
  return false;
}

head_outcome parse_head(std::string_view bytes, head_progress& progress, head& out,
                        const head_limits& limits) noexcept {
  std::size_t size = 0;
  complaint bad = scan(bytes, progress, limits, size);
  if (bad == complaint::none) {
    if (size == 0) return {};
    bad = read_whole(slice(bytes, 0, size), progress.line, out, limits);
  }
  if (bad != complaint::none) return refused(bad);
  return {.what = kind::complete, .status = 0, .consumed = size, .reason = {}, .limit = {}};
}

}  // namespace musubi::net::http
