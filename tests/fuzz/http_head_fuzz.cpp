/// Feeds arbitrary bytes to the HTTP head parser and what it accepts to everything that reads a
/// head. The first input byte picks the limits. However the bytes are cut, the outcome must be the
/// same; an accepted head must keep the promises of its documentation, and http-parser, where it is
/// installed, must have nothing against it.

#include <algorithm>
#include <array>
#include <cstdint>
#include <cstdlib>
#include <memory>
#include <string_view>
#include <utility>

#include <musubi/net/http/asset.hpp>
#include <musubi/net/http/internal/cookie.hpp>
#include <musubi/net/http/internal/head.hpp>
#include <musubi/net/http/internal/offered_token.hpp>
#include <musubi/net/http/internal/query.hpp>
#include <musubi/net/http/internal/upgrade.hpp>
#include <musubi/net/http/origin.hpp>
#include <musubi/net/internal/base64.hpp>

#ifdef MUSUBI_TEST_HTTP_PARSER
#include "support/http_parser_oracle.hpp"
#endif

namespace {

using namespace musubi::net::http;
using kind = head_outcome::kind;

void require(bool invariant) {
  if (!invariant) std::abort();
}

void require_inside(std::string_view view, std::string_view whole) {
  if (view.data() == nullptr) return;
  // The path of an absolute target without one is the only view of a constant.
  if (view == "/") return;
  require(view.data() >= whole.data() && view.data() + view.size() <= whole.data() + whole.size());
}

// A copy of the first `size` bytes in memory of exactly that size, so that a read past it is
// caught.
struct exact_copy {
  exact_copy(std::string_view text, std::size_t size) : bytes{new char[size + 1]}, length{size} {
    text.copy(bytes.get(), size);
  }
  std::string_view view() const { return {bytes.get(), length}; }
  std::unique_ptr<char[]> bytes;
  std::size_t length;
};

head_outcome parse_byte_by_byte(std::string_view text, const head_limits& limits) {
  head_progress progress;
  head request;
  head_outcome outcome;
  for (std::size_t size = 1; size <= text.size() && outcome.what == kind::incomplete; ++size) {
    outcome = parse_head(text.substr(0, size), progress, request, limits);
  }
  return outcome;
}

void check_query(const head& request) {
  query_cursor cursor{request.query};
  raw_parameter parameter;
  std::array<char, 64> buffer;
  while (cursor.next(parameter)) {
    std::span<char> room{buffer};
    std::string_view out;
    require_inside(parameter.name, request.query);
    require_inside(parameter.value, request.query);
    if (decode_form(parameter.value, room, out) == decode_outcome::ok) {
      require(out.size() <= parameter.value.size());
    }
  }
  std::span<char> room{buffer};
  std::string_view out;
  (void)find_parameter(request.query, "vsn", room, out);
  cookie_cursor cookies{request};
  cookie_pair cookie;
  bool first = true;
  while (cookies.next(cookie)) {
    require(!cookie.name.empty());
    require_inside(cookie.value, request.fields);
    if (std::exchange(first, false)) {
      require(find_cookie(request, cookie.name).data() == cookie.value.data());
    }
  }
}

void check_answers(const head& request) {
  static constexpr std::array<unsigned char, 3> content = {1, 2, 3};
  static constexpr std::array<asset, 1> files = {
      {{"/index.html", "text/html", "abc", content, false}}};
  std::array<char, response_head_size> out;
  const auto plan = answer_asset({.assets = files}, request, out);
  require(plan.head != 0 && plan.head <= out.size());
  require(plan.status == 200 || plan.body.empty());

  std::array<char, 64> room;
  const auto offer = read_token(request, room);
  require(offer.token.size() <= room.size());
  require(offer.what != offered_token::kind::no_room ||
          musubi::net::decoded_base64_size(token_room(request)) > room.size());
  const auto selected = select_protocol(request);
  require(selected.empty() || selected == phoenix_protocol);
  const auto upgrade = check_upgrade(request);
  if (upgrade.ok()) {
    require(request.method == "GET" && request.sec_websocket_key.size() == 24);
    require(write_upgrade(out, request.sec_websocket_key, selected) != 0);
  }
  if (same_host(request.origin, request.host)) require(!request.host.empty());
}

void check_head(const head& request, std::string_view whole, const head_limits& limits) {
  for (const auto view : {request.method,
                          request.path,
                          request.query,
                          request.host,
                          request.origin,
                          request.connection,
                          request.upgrade,
                          request.sec_websocket_key,
                          request.sec_websocket_version,
                          request.sec_websocket_protocol,
                          request.sec_websocket_extensions,
                          request.cookie,
                          request.user_agent,
                          request.accept_encoding,
                          request.if_none_match,
                          request.authorization,
                          request.content_length,
                          request.transfer_encoding,
                          request.x_forwarded_for,
                          request.x_forwarded_proto,
                          request.fields}) {
    require_inside(view, whole);
  }
  require(whole.ends_with("\r\n\r\n") && whole.size() <= limits.head_bytes);
  require(is_token(request.method));
  require(request.path.starts_with('/') || request.path == "*");
  require(request.minor_version == 0 || present(request.host));
  require(!present(request.transfer_encoding));

  field_cursor cursor{request.fields};
  header_field field;
  std::size_t count = 0;
  while (cursor.next(field)) {
    ++count;
    require(is_token(field.name));
    require(present(find_field(request, field.name)));
    require(field.value.find_first_of(std::string_view{"\r\n\0", 3}) == std::string_view::npos);
  }
  require(count <= limits.fields);
  const auto found = find_field(request, "Accept-Encoding");
  require(present(found) == present(request.accept_encoding) && found == request.accept_encoding);
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  if (size == 0) return 0;
  const std::uint32_t scale = data[0] % 8u + 1u;
  const head_limits limits{
      .head_bytes = 256 * scale, .line_bytes = 64 * scale, .fields = 4 * scale};
  const std::string_view text{reinterpret_cast<const char*>(data) + 1, size - 1};

  const exact_copy input{text, text.size()};
  head_progress progress;
  head request;
  const auto outcome = parse_head(input.view(), progress, request, limits);
  if (outcome.what == kind::refused) {
    require(outcome.status >= 400 && !reason_phrase(outcome.status).empty());
    require(!outcome.reason.empty());
  }
  if (outcome.what == kind::complete) {
    check_head(request, input.view().substr(0, outcome.consumed), limits);
    check_query(request);
    check_answers(request);
#ifdef MUSUBI_TEST_HTTP_PARSER
    require(testing::disagreement(request, input.view().substr(0, outcome.consumed)).empty());
#endif
  }

  const auto slowly = parse_byte_by_byte(input.view(), limits);
  require(slowly.what == outcome.what && slowly.status == outcome.status);
  require(slowly.consumed == outcome.consumed);
  return 0;
}
