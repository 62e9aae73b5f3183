#include <algorithm>
#include <http_parser.h>

#include <musubi/net/http_head.hpp>

namespace musubi::net::http {
namespace {

using kind = head_outcome::kind;

constexpr head_outcome refuse(std::uint16_t status, std::string_view reason) noexcept {
  return {.what = kind::refused, .status = status, .consumed = 0, .reason = reason};
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
    {"cookie", &head::cookie, true},
    {"user-agent", &head::user_agent, true},
    {"accept-encoding", &head::accept_encoding, false},
    {"if-none-match", &head::if_none_match, false},
    {"authorization", &head::authorization, true},
    {"content-length", &head::content_length, true},
    {"transfer-encoding", &head::transfer_encoding, true},
    {"x-forwarded-for", &head::x_forwarded_for, false},
    {"x-forwarded-proto", &head::x_forwarded_proto, false},
};

/// Looks for the end of the head, byte by byte, and refuses what no head may contain.
head_outcome scan(std::string_view bytes, head_progress& progress, const head_limits& limits) {
  const std::size_t end = std::min<std::size_t>(bytes.size(), limits.head_bytes);
  for (std::size_t at = progress.scanned; at < end; ++at) {
    const char c = bytes[at];
    const char previous = at == 0 ? '\n' : bytes[at - 1];
    if (c == '\n') {
      if (previous != '\r') return refuse(400, "a line ends without CR");
      if (progress.line == 0) progress.line = static_cast<std::uint32_t>(at - 1);
      if (bytes[at - 2] == '\n') {
        progress.scanned = static_cast<std::uint32_t>(at + 1);
        return {.what = kind::complete, .status = 0, .consumed = at + 1, .reason = {}};
      }
      continue;
    }
    if (previous == '\r') return refuse(400, "CR without LF");
    if (at == 0 && c == '\r') return refuse(400, "the request line is empty");
    if (previous == '\n' && (c == ' ' || c == '\t'))
      return refuse(400, "a line begins with a blank");
    if ((static_cast<unsigned char>(c) < 0x20 && c != '\t' && c != '\r') || c == 0x7F) {
      return refuse(400, "control character");
    }
    if (progress.line == 0 && at >= limits.line_bytes && c != '\r') {
      return refuse(414, "the request line is too long");
    }
  }
  progress.scanned = static_cast<std::uint32_t>(end);
  if (end == limits.head_bytes) return refuse(431, "the request head is too long");
  return {};
}

/// Checks the shape that http_parser is lenient about: METHOD SP target SP HTTP/x.y.
head_outcome check_request_line(std::string_view line, head& out) {
  const std::size_t first = line.find(' ');
  const std::size_t last = line.rfind(' ');
  if (first == std::string_view::npos || first == last)
    return refuse(400, "malformed request line");
  out.method = line.substr(0, first);
  const auto target = line.substr(first + 1, last - first - 1);
  const auto version = line.substr(last + 1);
  if (!is_token(out.method)) return refuse(400, "malformed method");
  const bool printable = std::all_of(target.begin(), target.end(), [](char c) { return c > 0x20; });
  if (target.empty() || !printable) return refuse(400, "malformed target");
  const auto digit = [](char c) { return c >= '0' && c <= '9'; };
  if (version.size() != 8 || version.substr(0, 5) != "HTTP/" || !digit(version[5]) ||
      version[6] != '.' || !digit(version[7])) {
    return refuse(400, "malformed version");
  }
  if (version[5] != '1') return refuse(505, "only HTTP/1.x is spoken here");
  return {};
}

/// host [ ":" port ] (RFC 3986 3.2): enough to keep other grammar out, not a name lookup.
bool is_host(std::string_view host) {
  if (!host.empty() && host.front() == '[') {
    const std::size_t close = host.find(']');
    if (close == std::string_view::npos) return false;
    const auto address = host.substr(1, close - 1);
    if (address.find_first_not_of("0123456789abcdefABCDEF:.") != std::string_view::npos)
      return false;
    host.remove_prefix(close + 1);
    if (!host.empty() && host.front() != ':') return false;
  }
  const std::size_t colon = host.find(':');
  const auto name = host.substr(0, colon);
  const bool named = std::all_of(name.begin(), name.end(), [](char c) {
    return is_token_char(c) ? c != '^' && c != '`' && c != '|' && c != '#'
                            : c == '(' || c == ')' || c == ';' || c == '=';
  });
  if (!named) return false;
  return colon == std::string_view::npos ||
         host.substr(colon + 1).find_first_not_of("0123456789") == std::string_view::npos;
}

struct parse_state {
  head& out;
  const head_limits& limits;
  head_outcome refusal;
  std::string_view name;
  std::string_view target;
  std::uint32_t fields = 0;
  bool complete = false;

  static parse_state& of(http_parser* parser) { return *static_cast<parse_state*>(parser->data); }

  int stop(std::uint16_t status, std::string_view reason) {
    refusal = refuse(status, reason);
    return 1;
  }
};

int on_url(http_parser* parser, const char* at, std::size_t length) {
  parse_state::of(parser).target = {at, length};
  return 0;
}

int on_field(http_parser* parser, const char* at, std::size_t length) {
  auto& state = parse_state::of(parser);
  state.name = {at, length};
  if (!is_token(state.name)) return state.stop(400, "malformed field name");
  if (++state.fields > state.limits.fields) return state.stop(431, "too many header fields");
  return 0;
}

int on_value(http_parser* parser, const char* at, std::size_t length) {
  auto& state = parse_state::of(parser);
  for (const auto& known : known_fields) {
    if (!iequals(known.name, state.name)) continue;
    auto& value = state.out.*known.member;
    if (present(value) && known.once) return state.stop(400, "a header field is repeated");
    if (!present(value)) value = trim({at, length});
    break;
  }
  return 0;
}

int on_complete(http_parser* parser) {
  auto& state = parse_state::of(parser);
  state.complete = true;
  state.out.keep_alive = http_should_keep_alive(parser) != 0;
  http_parser_pause(parser, 1);  // what follows is not ours
  return 0;
}

head_outcome refusal_of(const http_parser& parser, const parse_state& state) {
  if (state.refusal.what == kind::refused) return state.refusal;
  switch (HTTP_PARSER_ERRNO(&parser)) {
    case HPE_INVALID_METHOD:
      return refuse(501, "unknown method");
    case HPE_INVALID_VERSION:
      return refuse(400, "malformed version");
    case HPE_INVALID_CONTENT_LENGTH:
    case HPE_UNEXPECTED_CONTENT_LENGTH:
      return refuse(400, "malformed Content-Length");
    case HPE_INVALID_HEADER_TOKEN:
      return refuse(400, "malformed header field");
    default:
      return refuse(400, "malformed request");
  }
}

head_outcome split_target(std::string_view target, head& out) {
  http_parser_url url;
  http_parser_url_init(&url);
  if (http_parser_parse_url(target.data(), target.size(), 0, &url) != 0) {
    return refuse(400, "malformed target");
  }
  const auto has = [&url](unsigned field) { return (url.field_set & (1u << field)) != 0; };
  const auto part = [&](unsigned field) {
    return target.substr(url.field_data[field].off, url.field_data[field].len);
  };
  if (has(UF_FRAGMENT) || has(UF_USERINFO)) return refuse(400, "malformed target");
  if (has(UF_PATH)) out.path = part(UF_PATH);
  if (has(UF_QUERY)) out.query = part(UF_QUERY);
  if (has(UF_PATH) && out.path.front() != '/' && out.path != "*") {
    return refuse(400, "malformed target");
  }
  if (!has(UF_HOST)) return {};
  // Absolute form: scheme://authority[/path][?query].
  const std::size_t begin = target.find("://") + 3;
  out.host = target.substr(begin, target.find_first_of("/?", begin) - begin);
  if (out.path.empty()) out.path = "/";
  return {};
}

head_outcome check_meaning(const http_parser& parser, const parse_state& state, head& out) {
  if (parser.method == HTTP_CONNECT) return refuse(501, "this is no proxy");
  if (out.minor_version >= 1 && !present(out.host)) return refuse(400, "no Host");
  if (present(out.host) && !is_host(out.host)) return refuse(400, "malformed Host");
  if (const auto bad = split_target(state.target, out); bad.what == kind::refused) return bad;
  if (present(out.transfer_encoding)) return refuse(413, "no request body is taken here");
  if (present(out.content_length)) {
    if (out.content_length.empty()) return refuse(400, "malformed Content-Length");
    if (parser.content_length != 0) return refuse(413, "no request body is taken here");
  }
  return {};
}

}  // namespace

bool field_cursor::next(header_field& field) noexcept {
  const std::size_t end = rest_.find("\r\n");
  if (end == 0 || end == std::string_view::npos) return false;
  const auto line = rest_.substr(0, end);
  const std::size_t colon = line.find(':');
  field.name = line.substr(0, colon);
  field.value = trim(line.substr(colon + 1));
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
  const auto whole = bytes.substr(0, found.consumed);
  const auto line = whole.substr(0, progress.line);
  if (const auto bad = check_request_line(line, out); bad.what == kind::refused) return bad;
  out.minor_version = static_cast<std::uint8_t>(line.back() - '0');
  out.fields = whole.substr(line.size() + 2);

  parse_state state{.out = out, .limits = limits, .refusal = {}, .name = {}, .target = {}};
  http_parser parser;
  http_parser_init(&parser, HTTP_REQUEST);
  parser.data = &state;
  http_parser_settings settings;
  http_parser_settings_init(&settings);
  settings.on_url = on_url;
  settings.on_header_field = on_field;
  settings.on_header_value = on_value;
  settings.on_headers_complete = on_complete;
  http_parser_execute(&parser, &settings, whole.data(), whole.size());
  if (!state.complete) return refusal_of(parser, state);
  const auto bad = check_meaning(parser, state, out);
  return bad.what == kind::refused ? bad : found;
}

}  // namespace musubi::net::http
