/// How an HTTP request is answered with what the application's gets give.
#include <algorithm>
#include <cstring>
#include <limits>
#include <new>
#include <utility>

#include <musubi/host/host_core.hpp>
#include <musubi/host/internal/get_route.hpp>
#include <musubi/host/internal/http_request.hpp>
#include <musubi/host/internal/routes.hpp>
#include <musubi/memory/slice.hpp>
#include <musubi/net/http/internal/conditions.hpp>
#include <musubi/net/http/internal/disposition.hpp>
#include <musubi/net/http/internal/query.hpp>
#include <musubi/net/http/internal/range.hpp>
#include <musubi/net/internal/peer_text.hpp>

namespace musubi {

namespace http = net::http;
using cause = http::request_refusal::cause;

namespace {

// the size of a chunk and an empty line in front of its bytes, an empty line behind, and the last
constexpr std::size_t chunk_head = 6;
constexpr std::size_t chunk_end = 2;
constexpr std::string_view last_chunk = "0\r\n\r\n";
constexpr std::size_t longest_chunk = 0xFFFF;
static_assert(http::response_head_size >= get_answer::least_piece + chunk_head + chunk_end);

constexpr bool is_printable(std::string_view text, char least) noexcept {
  return std::all_of(text.begin(), text.end(), [least](char c) { return c >= least && c < 0x7F; });
}
/// `text` if it may be the value of a field.
constexpr std::string_view value_or(std::string_view text, std::string_view otherwise) noexcept {
  return is_printable(text, ' ') ? text : otherwise;
}
constexpr std::string_view tag_of(const get_answer& answer) noexcept {
  const std::string_view tag = answer.etag.view();
  return is_printable(tag, '!') && tag.find('"') == std::string_view::npos ? tag
                                                                           : std::string_view();
}

std::string_view take_segment(std::string_view& path) noexcept {
  const std::string_view rest = slice(path, 1);  // behind the slash
  const std::string_view segment = slice(rest, 0, rest.find('/'));
  path = slice(rest, segment.size());
  return segment;
}

/// Whether `path` has the segments of `route`; `given` are then the variable ones, not decoded.
/// Compared to the letter, as by a proxy that keeps a path to itself.
bool fits(std::string_view route, std::string_view path,
          std::span<std::string_view> given) noexcept {
  std::size_t count = 0;
  while (!route.empty() && !path.empty()) {
    const std::string_view wanted = take_segment(route);
    const std::string_view segment = take_segment(path);
    if (wanted.starts_with(':')) {
      if (segment.empty()) return false;
      given[count++] = segment;  // no route has more than there is room for
    } else if (wanted != segment) {
      return false;
    }
  }
  return route.empty() && path.empty();
}

/// Replaces each by what it means, in `memory`. Returns false if one is malformed or too long.
bool decode(std::span<std::string_view> segments, arena& memory) noexcept {
  for (std::string_view& each : segments) {
    auto* const room = static_cast<char*>(memory.allocate(each.size()));
    if (room == nullptr) return false;
    std::span<char> into(room, each.size());
    if (http::decode_percent(each, into, each) != http::decode_outcome::ok) return false;
    for (const char c : each) {
      if (static_cast<unsigned char>(c) < 0x20 || c == 0x7F) return false;
    }
  }
  return true;
}

/// What a response says about the content.
struct response_plan {
  std::uint16_t status;
  std::string_view etag;
  http::byte_range range;
  bool for_visitors;
  bool chunked;
  bool keep_alive;
  bool with_name;  ///< there is room for the name of the file
  std::uint32_t retry_after;
};

void write_status(http::head_writer& out, std::uint16_t status) noexcept {
  if (status == 202) {
    out.raw("HTTP/1.1 202 Accepted\r\n");
  } else if (status == 206) {
    out.raw("HTTP/1.1 206 Partial Content\r\n");
  } else if (status == 416) {
    out.raw("HTTP/1.1 416 Range Not Satisfiable\r\n");
  } else {
    out.status(status);
  }
}

std::string_view caching(const get_answer& answer, const response_plan& plan) noexcept {
  const std::string_view own = value_or(answer.cache_control, {});
  if (!own.empty()) return own;
  if (plan.etag.empty()) return "no-store";
  return plan.for_visitors ? "private, no-cache" : "no-cache";
}

void write_length(http::head_writer& out, const get_answer& answer,
                  const response_plan& plan) noexcept {
  if (plan.chunked) out.field("Transfer-Encoding", "chunked");
  if (!answer.length) return;
  const decimal length(*answer.length);
  if (plan.status == 416) {
    out.field("Content-Length", "0").raw("Content-Range: bytes */").raw(length).raw("\r\n");
  } else if (plan.status == 206) {
    const std::uint64_t first = plan.range.first;
    out.field("Content-Length", std::string_view(decimal(plan.range.bytes)))
        .raw("Content-Range: bytes ")
        .raw(decimal(first))
        .raw("-")
        .raw(decimal(first + plan.range.bytes - 1))
        .raw("/")
        .raw(length)
        .raw("\r\n");
  } else {
    out.field("Content-Length", std::string_view(length));
  }
  if (answer.status == 200) out.field("Accept-Ranges", "bytes");
}

std::size_t write_head(std::span<char> into, const get_answer& answer,
                       const response_plan& plan) noexcept {
  http::head_writer out{into};
  write_status(out, plan.status);
  if (plan.status != 304) {
    const get_answer usual;
    if (plan.status != 416) {
      out.field("Content-Type", value_or(answer.content_type, usual.content_type));
    }
    write_length(out, answer, plan);
    if (plan.with_name) {
      http::write_disposition(out, answer.download, answer.file_name);
    } else if (answer.download) {
      http::write_disposition(out, true, {});
    }
    out.field("Content-Security-Policy",
              value_or(answer.content_security_policy, get_answer::isolated));
  }
  if (!plan.etag.empty()) out.quoted_field("ETag", plan.etag);
  out.field("Cache-Control", caching(answer, plan));
  if (plan.retry_after != 0) out.field("Retry-After", plan.retry_after);
  const std::string_view cookie = value_or(answer.set_cookie, {});
  if (!cookie.empty()) out.field("Set-Cookie", cookie);
  return out.security_fields()
      .field("Connection", plan.keep_alive ? "keep-alive" : "close")
      .end()
      .finish();
}

}  // namespace

get_response& http_request::response() noexcept {
  auto* const behind = reinterpret_cast<std::byte*>(this) + round_up(sizeof(http_request));
  return *std::launder(reinterpret_cast<get_response*>(behind));
}

void http_request::end_get() noexcept {
  then_ = then::linger;
  response().route->destroy(response().object());
}

bool http_request::answer_get(http_request& of, const http::head& request) noexcept {
  for (const get_route& each : of.host_.routed().gets->routes) {
    get_request::segments segments;
    if (!fits(each.path, request.path, segments)) continue;
    of.open_get(each, request, segments);
    of.host_.decode_arena().reset();
    return true;
  }
  return false;
}
bool http_request::more_of_get(http_request& of) noexcept {
  return of.more_of_get();
}

std::size_t http_request::let_in(const get_call& call, connection& visitor) noexcept {
  const socket_questions* const asks = host_.questions();
  return asks == nullptr ? 0 : (this->*asks->connect)(call.head, call.sender, call.token, visitor);
}

void http_request::open_get(const get_route& route, const http::head& request,
                            std::span<std::string_view> segments) noexcept {
  if (request.method != "GET" && request.method != "HEAD") {
    return send_error(request, 405, http::reason_phrase(405));
  }
  if (!decode(segments, host_.decode_arena())) return send_error(request, 400, "malformed path");
  // its text stands where the answer will, once nobody needs it any more
  const request_sender sender(*stream_, host_.options().proxies, request,
                              answer_room().last(request_sender::room_bytes));
  std::optional<std::string_view> token;
  if (route.asks_socket) {
    asking_ = asking::content;
    std::size_t refusal = refuse_origin(request);
    const socket_questions* const asks = host_.questions();
    if (refusal == 0 && asks != nullptr) refusal = (this->*asks->token)(request, sender, token);
    if (refusal != 0) return send(refusal, then::linger);
  }
  get_answer answer;
  get_request::segments given;
  std::copy(segments.begin(), segments.end(), given.begin());
  const get_request details(connect_info(request, sender, token, host_.decode_arena()), route.path,
                            given);
  get_call call{host_, *this, request, sender, token, details, answer};
  get_response& fresh = *new (static_cast<void*>(&response())) get_response{};
  fresh.route = &route;
  const status verdict = route.open(fresh.object(), call);
  if (call.made && call.refusal == 0 && verdict.ok()) {
    then_ = then::more_of_get;
    return send_get(request, answer);
  }
  if (call.made) route.destroy(fresh.object());
  if (call.refusal != 0) return send(call.refusal, then::linger);
  refuse_get(request, answer, verdict);
}

void http_request::send_error(const http::head& request, std::uint16_t status,
                              http::sentence text) noexcept {
  const std::size_t size =
      http::write_error(answer_room(), {.status = status,
                                        .text = text,
                                        .retry_after = host_.retry_after(),
                                        .keep_alive = request.keep_alive,
                                        .head_only = request.method == "HEAD"});
  send(size, request.keep_alive ? then::next_request : then::linger);
}

void http_request::refuse_get(const http::head& request, const get_answer& answer,
                              const status& why) noexcept {
  std::uint16_t code = 404;
  http::sentence text = slice(why.reason(), 0, http::quoted_size);
  const std::string_view exhausted[] = {"pool exhausted: ", why.reason()};
  if (why.code() == errc::exhausted) {
    code = 503;
    text = http::sentence(exhausted);
  } else if (why.code() == errc::failed) {
    code = 500;
    text = http::reason_phrase(500);  // what failed is nobody's business outside
  }
  if (why.code() != errc::failed && answer.status >= 400) code = answer.status;
  if (code >= 500) {
    char peer[64];
    http::request_refusal told;
    told.why = cause::content;
    told.status = code;
    told.reason = why.reason();
    if (host_.observed()) told.peer = {peer, stream_->peer(peer)};
    told.path = request.path;
    told.host = request.host;
    told.origin = request.origin;
    host_.turned_away(told);
  }
  send_error(request, code, text);
}

std::uint32_t http_request::retry_after_of(const get_answer& answer) const noexcept {
  if (answer.retry_after != 0 && (answer.status == 429 || answer.status == 503)) {
    return answer.retry_after;
  }
  return answer.status == 503 ? host_.retry_after() : 0;
}

void http_request::send_get(const http::head& request, get_answer& answer) noexcept {
  get_response& fresh = response();
  if (answer.in_place) {
    answer.length = answer.in_place->size();
  } else if (fresh.route->read == nullptr) {
    answer.length = 0;
  }
  const bool known = answer.length.has_value();
  const bool head_only = request.method == "HEAD";
  response_plan plan{.status = answer.status,
                     .etag = tag_of(answer),
                     .range = {},
                     .for_visitors = fresh.route->asks_socket,
                     .chunked = !known && request.minor_version >= 1,
                     .keep_alive = request.keep_alive && (known || request.minor_version >= 1),
                     .with_name = !answer.file_name.empty(),
                     .retry_after = retry_after_of(answer)};
  if (plan.status == 200) {
    const http::condition asked = http::check_conditions(request, plan.etag);
    if (asked == http::condition::failed) {
      end_get();
      return send_error(request, 412, "there is another version of it");
    }
    if (asked == http::condition::unneeded) plan.status = 304;
  }
  const std::string_view range = http::find_field(request, "range");
  if (plan.status == 200 && known && !head_only && http::present(range) &&
      http::range_applies(request, plan.etag)) {
    plan.range = http::read_range(range, *answer.length);
    if (plan.range.what == http::byte_range::kind::part) plan.status = 206;
    if (plan.range.what == http::byte_range::kind::unsatisfiable) plan.status = 416;
  }

  const std::span<char> room(reinterpret_cast<char*>(buffer_) + filled_,
                             host_.read_bytes() - filled_);
  std::size_t size = write_head(room, answer, plan);
  if (size == 0) {
    plan.with_name = false;  // the longest, and the one that can be spared
    size = write_head(room, answer, plan);
  }
  if (size == 0) {
    end_get();
    return refuse_get(request, answer, fail("the head of the response is too long"));
  }

  const bool part = plan.status == 206;
  fresh.offset = part ? plan.range.first : 0;
  fresh.left = known ? *answer.length : std::numeric_limits<std::uint64_t>::max();
  if (part) fresh.left = plan.range.bytes;
  if (head_only || plan.status == 304 || plan.status == 416) fresh.left = 0;
  fresh.known = known;
  fresh.chunked = plan.chunked;
  fresh.keep_alive = plan.keep_alive;
  fresh.complete = fresh.left == 0;
  if (fresh.left > room.size() - size && has_no_room_for_download()) {
    end_get();
    return refuse_get(request, answer, exhausted("downloads"));
  }

  std::span<const std::byte> body;
  if (answer.in_place && !fresh.complete) {
    body = answer.in_place->subspan(static_cast<std::size_t>(fresh.offset),
                                    static_cast<std::size_t>(fresh.left));
    fresh.complete = true;
    if (body.size() <= room.size() - size) {  // one write, and the object is not needed for it
      std::memcpy(room.data() + size, body.data(), body.size());
      size += body.size();
      body = {};
    }
  } else if (!fresh.complete &&
             room.size() - size >= get_answer::least_piece + chunk_head + chunk_end) {
    size += read_piece(room.subspan(size), false);
    if (fresh.cut) {
      end_get();
      return refuse_get(request, answer, fail("read failed"));
    }
  }
  head_ = std::as_bytes(room.first(size));
  body_ = body;
  fresh.piece = static_cast<std::uint32_t>(size);
  go_on();
}

bool http_request::has_no_room_for_download() noexcept {
  std::uint32_t others = 0;
  http_request* slowest = nullptr;
  time_point at = time_point::max();
  host_.each_request([&](http_request& each) {
    if (&each == this || each.then_ != then::more_of_get) return;
    ++others;
    const time_point yields = each.yields_at(host_.configured().close_timeout);
    if (yields >= at) return;
    at = yields;
    slowest = &each;
  });
  if (others < host_.configured().most_downloads()) return false;
  if (slowest == nullptr || at > host_.loop().now()) return true;
  host_.make_room_of(*slowest, "downloads");
  return false;
}

bool http_request::more_of_get() noexcept {
  get_response& now = response();
  if (now.complete) {
    const bool stays = now.keep_alive && !now.cut;
    end_get();
    if (stays) {
      next_request();
    } else {
      linger();
    }
    return false;
  }
  keep_pace();
  if (now.in_turn >= host_.configured().turn_bytes) {  // others have their turn as well
    now.in_turn = 0;
    if (doing_ != doing::sending) begin(doing::sending, host_.configured().write_timeout);
    stream_->want_write();
    return false;
  }
  // the request is not needed any more; what came behind it is
  filled_ -= consumed_;
  std::memmove(buffer_, buffer_ + consumed_, filled_);
  consumed_ = 0;
  const std::span<char> room(reinterpret_cast<char*>(buffer_) + filled_,
                             host_.read_bytes() - filled_);
  head_ = std::as_bytes(room.first(read_piece(room, true)));
  now.piece = static_cast<std::uint32_t>(head_.size());
  now.in_turn += now.piece;
  return true;
}

void http_request::keep_pace() noexcept {
  get_response& now = response();
  if (doing_ != doing::sending) return;
  // `sent` has counted a part of the piece at most: the last write took the rest
  now.paced += std::exchange(now.piece, 0);
  if (now.paced > 1U << 30U) {
    now.paced = 0;
    return begin(doing::sending, host_.configured().write_timeout);
  }
  const limits& limit = host_.configured();
  const time_point when = host_.loop().now();
  pace_.bytes = now.paced;
  pace_.moved(0, when);
  host_.loop().arm(deadline_, std::min(when + limit.write_timeout,
                                       pace_.due(limit.write_timeout, limit.least_rate)));
}

std::size_t http_request::read_piece(std::span<char> into, bool begun) noexcept {
  get_response& now = response();
  std::span<char> content = into;
  if (now.chunked) {
    content = into.subspan(chunk_head, into.size() - chunk_head - chunk_end);
    content = content.first(std::min(content.size(), longest_chunk));
  }
  content =
      content.first(static_cast<std::size_t>(std::min<std::uint64_t>(content.size(), now.left)));
  const result<std::size_t> read = now.route->read(now.object(), now.offset, content);
  const std::size_t bytes = read.ok() ? std::min(*read, content.size()) : 0;
  if (!read.ok() || (now.known && bytes == 0)) {
    if (telemetry* to = host_.listener(); to != nullptr && begun) {
      const std::string_view why = read.ok() ? "a get ended early" : read.error().reason();
      to->on_connection_dropped({net::peer_text(stream_), why});
    }
    now.cut = now.complete = true;
    return 0;
  }
  now.offset += bytes;
  now.left -= bytes;
  now.complete = now.known ? now.left == 0 : bytes == 0;
  if (!now.chunked) return bytes;
  if (bytes == 0) {
    std::memcpy(into.data(), last_chunk.data(), last_chunk.size());
    return last_chunk.size();
  }
  constexpr std::string_view hex = "0123456789ABCDEF";
  for (std::size_t i = 0; i < 4; ++i) into[i] = hex[bytes >> (12 - 4 * i) & 0xFU];
  into[4] = into[chunk_head + bytes] = '\r';
  into[5] = into[chunk_head + bytes + 1] = '\n';
  return chunk_head + bytes + chunk_end;
}

}  // namespace musubi
