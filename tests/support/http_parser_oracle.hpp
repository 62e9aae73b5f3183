#pragma once

#include <http_parser.h>
#include <string>
#include <string_view>
#include <vector>

#include <musubi/net/http/internal/head.hpp>
#include <musubi/net/http/internal/list.hpp>

/// A second opinion on request heads: http-parser, which Node.js stood on for ten years.
///
/// `parse_head` may accept nothing that http-parser's strict mode refuses, and must read the same
/// out of what both accept. These are the differences, each in favour of the RFC:
/// 1. A tab behind the digits of Content-Length: optional white space is blanks and tabs
///    (RFC 9110 5.6.3); http-parser skips blanks only.
/// 2. Content-Length beside a field whose name begins with "Transfer-Encoding" and goes on:
///    http-parser takes the one for the other.
/// 3. '_' in the host of an absolute target: names of devices and containers have it; http-parser
///    accepts it unless strict.
/// 4. No digits behind the ':' of such a host: RFC 3986 3.2.3 allows it.
namespace musubi::net::http::testing {

/// What http-parser read.
struct second_opinion {
  http_parser parser{};
  std::string_view target;
  std::vector<header_field> fields;
  bool complete = false;

  static second_opinion& of(http_parser* parser) {
    return *static_cast<second_opinion*>(parser->data);
  }

  explicit second_opinion(std::string_view whole) {
    http_parser_settings settings;
    http_parser_settings_init(&settings);
    settings.on_url = [](http_parser* p, const char* at, std::size_t size) {
      of(p).target = {at, size};
      return 0;
    };
    settings.on_header_field = [](http_parser* p, const char* at, std::size_t size) {
      of(p).fields.push_back({.name = {at, size}, .value = {}});
      return 0;
    };
    settings.on_header_value = [](http_parser* p, const char* at, std::size_t size) {
      of(p).fields.back().value = trim({at, size});
      return 0;
    };
    settings.on_headers_complete = [](http_parser* p) {
      of(p).complete = true;
      http_parser_pause(p, 1);
      return 0;
    };
    http_parser_init(&parser, HTTP_REQUEST);
    parser.data = this;
    http_parser_execute(&parser, &settings, whole.data(), whole.size());
  }
  second_opinion(const second_opinion&) = delete;
  second_opinion& operator=(const second_opinion&) = delete;
};

/// Differences 1 and 2.
inline bool refusal_is_known(const head& ours, http_errno refusal) {
  if (refusal == HPE_INVALID_CONTENT_LENGTH) {
    return present(ours.content_length) &&
           ours.content_length.data()[ours.content_length.size()] == '\t';
  }
  if (refusal != HPE_UNEXPECTED_CONTENT_LENGTH) return false;
  field_cursor cursor{ours.fields};
  header_field field;
  constexpr std::string_view name = "transfer-encoding";
  while (cursor.next(field)) {
    if (field.name.size() > name.size() && iequals(field.name.substr(0, name.size()), name)) {
      return true;
    }
  }
  return false;
}

/// What is wrong with our reading of the target; empty if nothing.
inline std::string disagreement_on_target(const head& ours, std::string_view target) {
  // Strict mode, whether the library was built so (Debian's was not) or not.
  for (const char c : target) {
    if (c <= 0x20 || c >= 0x7F) return "a target that is not printable ASCII";
  }
  http_parser_url url;
  http_parser_url_init(&url);
  if (http_parser_parse_url(target.data(), target.size(), 0, &url) != 0) {
    const bool known = !target.starts_with('/') &&
                       (ours.host.ends_with(':') || ours.host.find('_') != std::string_view::npos);
    return known ? "" : "a target that http-parser refuses";
  }
  const auto part = [&](unsigned field) {
    return (url.field_set & (1u << field)) == 0
               ? std::string_view{}
               : target.substr(url.field_data[field].off, url.field_data[field].len);
  };
  if (!part(UF_FRAGMENT).empty() || !part(UF_USERINFO).empty()) return "what we take no part of";
  const auto path = part(UF_PATH);
  if (ours.path != (path.empty() ? "/" : path)) return "another path";
  if (ours.query != part(UF_QUERY)) return "another query";
  if (part(UF_HOST).empty()) return target == ours.path || target.starts_with('/') ? "" : "no host";
  const auto host = ours.host.starts_with('[') ? ours.host.substr(1) : ours.host;
  return host.starts_with(part(UF_HOST)) ? "" : "another host";
}

/// What http-parser has against `ours`, read from `whole`; empty if nothing.
inline std::string disagreement(const head& ours, std::string_view whole) {
  const second_opinion theirs{whole};
  if (!theirs.complete) {
    const auto refusal = HTTP_PARSER_ERRNO(&theirs.parser);
    if (refusal_is_known(ours, refusal)) return {};
    return std::string{"refused: "} + http_errno_name(refusal);
  }
  if (ours.method != http_method_str(static_cast<http_method>(theirs.parser.method))) {
    return "another method";
  }
  if (theirs.parser.http_major != 1 || theirs.parser.http_minor != ours.minor_version) {
    return "another version";
  }
  field_cursor cursor{ours.fields};
  header_field field;
  std::size_t count = 0;
  for (; cursor.next(field); ++count) {
    if (count == theirs.fields.size()) return "more fields";
    if (field.name != theirs.fields[count].name) return "another field name";
    if (!is_token(field.name)) return "a field name that is no token";  // strict mode, as above
    if (field.value != theirs.fields[count].value) return "another field value";
  }
  if (count != theirs.fields.size()) return "fewer fields";
  return disagreement_on_target(ours, theirs.target);
}

}  // namespace musubi::net::http::testing
