#include <algorithm>
#include <cstring>
#include <utility>

#include <musubi/host/host_core.hpp>
#include <musubi/host/internal/connection.hpp>
#include <musubi/host/internal/get_route.hpp>
#include <musubi/host/internal/http_request.hpp>
#include <musubi/host/internal/routes.hpp>
#include <musubi/memory/internal/left_out.hpp>
#include <musubi/memory/internal/line_table.hpp>
#include <musubi/memory/internal/same_text.hpp>
#include <musubi/memory/slice.hpp>
#include <musubi/net/http/asset.hpp>
#include <musubi/net/http/internal/query.hpp>
#include <musubi/net/http/internal/upgrade.hpp>
#include <musubi/net/http/origin.hpp>
#include <musubi/net/internal/peer_text.hpp>

namespace musubi {

namespace http = net::http;
using net::io;
using net::io_result;
using cause = http::request_refusal::cause;

namespace {
/// A client that takes an answer takes some of it at least so often, or it has stalled.
constexpr duration longest_pause_of_answer = std::chrono::milliseconds(250);

/// What is told of the causes from `handshake` on; of those in between it depends.
constexpr std::string_view refusals =
    "400 an upgrade is a GET\n"
    "0 token\n"
    "0 attempts\n"
    "403 vsn must be 2.x\n"
    "0 application\n"
    "503 pool exhausted: connections_per_peer\n"
    "0 content\n"
    "503 pool exhausted: connections\n"
    "503 shutting down\n";
static_assert(lines_of(refusals) == static_cast<std::size_t>(cause::stopping) -
                                        static_cast<std::size_t>(cause::handshake) + 1);

/// The version of the serializer that the client speaks, as spelt: `vsn` of the query, the last of
/// several. Absent means 1, which only phoenix.js before 1.3 spoke.
std::string_view spoken_version(std::string_view query) noexcept {
  http::query_cursor parameters{query};
  http::raw_parameter each;
  std::string_view version;
  while (parameters.next(each)) {
    if (same_text(each.name, "vsn")) version = each.value;
  }
  return version;
}
}  // namespace

http_request::http_request(host_core& host, net::stream& stream, peer* sender) noexcept
    : host_(host), stream_(&stream), sender_(sender) {
  if (peer* const sends = from()) ++sends->requests;
  stream.attach(*this);
  begin(doing::reading, host_.configured().head_timeout);
  stream.want_read();
}

http_request::~http_request() {
  if (wants_buffer_) host_.buffers().request_waits_no_more();
  if (admitted_ != nullptr) host_.discard(*admitted_);
  if (then_ == then::more_of_get) host_.routed().gets->end(*this);
  release_buffer();
  if (stream_ != nullptr) stream_->close();
  peer* const sends = from();
  if (sends == nullptr) return;
  --sends->requests;
  host_.peers()->settle(*sends);
}

void http_request::release_buffer() noexcept {
  if (buffer_ == nullptr) return;
  host_.buffers().give(std::exchange(buffer_, nullptr));
}

void http_request::begin(doing what, duration limit) noexcept {
  doing_ = what;
  pace_.begin(host_.loop().now());
  host_.loop().arm_after(deadline_, limit);
}

void http_request::expire() noexcept {
  if (doing_ == doing::reading) {
    host_.note(&counters::head_timeouts, "head_timeout", stream_);
  } else if (doing_ == doing::sending) {
    const bool stalled = pace_.moved_at + host_.configured().write_timeout <= host_.loop().now();
    host_.note(&counters::closed_stalled, stalled ? "write_timeout" : "least_rate", stream_);
  }
  host_.release(*this);
}

time_point http_request::yields_at(duration patience) const noexcept {
  time_point at = time_point::max();
  switch (doing_) {
    case doing::nothing:
      return time_point::min();
    case doing::reading:
    case doing::lingering:
      at = pace_.since + patience;
      break;
    case doing::sending:
      at = pace_.yields_at(longest_pause_of_answer, host_.configured().brisk_rate());
      break;
    case doing::answering:
    case doing::gone:
      return at;
  }
  const peer* const sends = from();
  if (sends == nullptr || sends->requests <= host_.configured().requests_of_peer()) return at;
  // before all that are due as well, the one under way longest first
  return at <= host_.loop().now() ? time_point::min() + at.time_since_epoch() : at;
}

void http_request::finish() noexcept {
  // not from inside one of the stream's functions, or of the application's: from the run queue
  doing_ = doing::gone;
  deadline_.cancel();
  host_.loop().push(turn_);
}

void http_request::take_turn() noexcept {
  if (doing_ == doing::gone) return host_.release(*this);
  process();
}

std::span<char> http_request::answer_room() noexcept {
  // the end of the buffer is kept free for the answer: the request's views lie in front of it
  char* end = reinterpret_cast<char*>(buffer_) + host_.read_bytes();
  return {end - http::response_head_size, http::response_head_size};
}

void http_request::read_again() noexcept {
  wants_buffer_ = false;
  stream_->want_read();
}

void http_request::on_readable() noexcept {
  if (buffer_ == nullptr) buffer_ = host_.buffers().take();
  if (buffer_ == nullptr) {
    wants_buffer_ = true;
    return host_.buffers().wait_as_request();  // read_again() comes back
  }
  if (doing_ == doing::lingering) {
    const std::span all(buffer_, host_.read_bytes());
    return stream_->try_read(all).outcome == io::closed ? finish() : stream_->want_read();
  }
  const std::size_t most = host_.read_bytes() - http::response_head_size;
  const io_result result = stream_->try_read(std::span(buffer_ + filled_, most - filled_));
  if (result.outcome == io::closed) return finish();
  if (result.bytes != 0) {
    if (idle()) begin(doing::reading, host_.configured().head_timeout);
    filled_ += static_cast<std::uint32_t>(result.bytes);
    host_.counted().bytes_in += result.bytes;
  }
  process();
}

void http_request::process() noexcept {
  if (respond()) go_on();
}

// apart, so that the request is no longer on the stack when its WebSocket starts
[[gnu::noinline]] bool http_request::respond() noexcept {
  http::head_limits limits;
  limits.head_bytes = static_cast<std::uint32_t>(host_.read_bytes() - http::response_head_size);
  http::head request;
  http::head_outcome outcome;
  if (filled_ != 0) {
    outcome = http::parse_head({reinterpret_cast<const char*>(buffer_), filled_}, progress_,
                               request, limits);
  } else {
    release_buffer();
  }
  if (outcome.what == http::head_outcome::kind::incomplete) {
    stream_->want_read();
    return false;
  }
  deadline_.cancel();
  doing_ = doing::answering;
  progress_ = {};
  consumed_ = static_cast<std::uint32_t>(outcome.consumed);
  ++host_.counted().requests;
  if (const std::size_t refusal = screen(outcome, request); refusal != 0) {
    prepare(refusal, then::linger);
    return true;
  }
  if (!host_.is_endpoint(request.path)) return answer(request);
  upgrade(request);
  return true;
}

// this and `upgrade` apart, so that neither has the other's variables on the stack
[[gnu::noinline]] bool http_request::answer(const http::head& request) noexcept {
  if (host_.metrics().is(request.path)) {
    answer_metrics(same_text(request.method, "HEAD"));
    return true;
  }
  const get_table* const gets = host_.routed().gets;
  if (gets != nullptr && gets->answer(*this, request)) return false;
  const http::asset_answer planned = http::answer_asset(host_.assets(), request, answer_room());
  const bool stays = request.keep_alive && !planned.close;
  prepare(planned.head, stays ? then::next_request : then::linger, planned.body);
  return true;
}

void http_request::answer_metrics(bool head_only) noexcept {
  metrics_line_ = 1;  // what follows the head
  prepare(host_.metrics().write(host_, 0, answer_room()),
          head_only ? then::linger : then::more_metrics);
}

void http_request::send(std::size_t head, then next) noexcept {
  prepare(head, next);
  go_on();
}

void http_request::prepare(std::size_t head, then next,
                           std::span<const unsigned char> body) noexcept {
  head_ = std::as_bytes(answer_room().first(head));
  body_ = std::as_bytes(body);
  then_ = next;
}

bool http_request::sent(std::span<const std::byte>& rest) noexcept {
  while (!rest.empty()) {
    const io_result result = stream_->try_write(rest);
    if (result.outcome == io::closed) {
      rest = {};
      linger();
      return false;
    }
    host_.counted().bytes_out += result.bytes;
    rest = rest.subspan(result.bytes);
    if (rest.empty()) break;
    const limits& limit = host_.configured();
    if (doing_ != doing::sending) {
      begin(doing::sending, limit.write_timeout);
    } else if (result.bytes != 0) {
      const time_point now = host_.loop().now();
      pace_.moved(result.bytes, now);
      host_.loop().arm(deadline_, std::min(now + limit.write_timeout,
                                           pace_.due(limit.write_timeout, limit.least_rate)));
    }
    stream_->want_write();
    return false;
  }
  return true;
}

void http_request::go_on() noexcept {
  while (sent(head_) && sent(body_)) {
    switch (then_) {
      case then::linger:
        return linger();
      case then::next_request:
        return next_request();
      case then::start_websocket:
        return start_websocket();
      case then::more_metrics: {
        const std::size_t size = host_.metrics().write(host_, metrics_line_++, answer_room());
        head_ = std::as_bytes(answer_room().first(size));
        if (size == 0) return linger();
        break;
      }
      case then::more_of_get:
        if (!host_.routed().gets->more(*this)) return;
    }
  }
}

void http_request::next_request() noexcept {
  if (host_.stopping()) return linger();
  filled_ -= consumed_;
  std::memmove(buffer_, buffer_ + consumed_, filled_);
  if (filled_ != 0) {
    begin(doing::reading, host_.configured().head_timeout);
    return host_.loop().defer(turn_);  // however many requests came at once
  }
  release_buffer();
  begin(doing::nothing, host_.configured().keep_alive_timeout);
  stream_->want_read();
  host_.may_yield();
}

void http_request::linger() noexcept {
  if (admitted_ != nullptr) host_.discard(*std::exchange(admitted_, nullptr));
  // closing with unread bytes would reset the stream, and the answer might never be seen
  stream_->shutdown_write();
  begin(doing::lingering, host_.configured().close_timeout);
  stream_->want_read();
}

// apart, since most refusals are this and their arguments then all that they take
[[gnu::noinline]] std::size_t http_request::refuse(const http::head& request, cause why,
                                                   std::uint16_t status,
                                                   std::string_view reason) noexcept {
  return refuse(&request, {.why = why, .status = status, .reason = reason});
}

std::size_t http_request::refuse(const http::head& request, cause why) noexcept {
  const auto at = static_cast<std::size_t>(why) - static_cast<std::size_t>(cause::handshake);
  const table_line told = line_at(reasons<refusals>, at);
  return refuse(request, why, told.number, told.text);
}

std::size_t http_request::refuse(const http::head* request, const rejection& what) noexcept {
  http::error_answer answer{.status = what.status, .retry_after = what.retry_after};
  if (what.status == 503) answer.retry_after = host_.retry_after();
  if (writes_reasons && !what.silent) {
    answer.text = what.body.size() != 0 ? what.body : http::sentence(what.reason);
  }
  http::request_refusal refused;
  refused.why = what.why;
  refused.status = what.status;
  refused.reason = what.reason;
  if (request != nullptr) {
    refused.path = request->path;
    refused.host = request->host;
    refused.origin = request->origin;
    answer.head_only = same_text(request->method, "HEAD");
  }
  char peer[64];
  if (host_.observed()) refused.peer = {peer, stream_->peer(peer)};
  // who asks why was refused before, and told of then
  if (asking_ != asking::why || what.why == cause::handshake) host_.turned_away(refused);
  return http::write_error(answer_room(), answer);
}

[[gnu::noinline]] std::size_t http_request::screen(const http::head_outcome& outcome,
                                                   const http::head& request) noexcept {
  asking_ = asking::upgrade;
  if (outcome.what == http::head_outcome::kind::refused) {
    const bool too_long = outcome.status == 414 || outcome.status == 431;
    const cause why = too_long ? cause::too_long : cause::malformed;
    if constexpr (!writes_reasons) return refuse(nullptr, {.why = why, .status = outcome.status});
    const bool head =
        same_text(outcome.limit, "head_bytes");  // which is what a read buffer leaves for it
    const std::string_view told[] = {outcome.reason, too_long ? ": " : "",
                                     head ? "read_bytes" : outcome.limit};
    return refuse(nullptr, {.why = why,
                            .status = outcome.status,
                            .reason = outcome.reason,
                            .body = http::sentence(told)});
  }
  if (host_.host_allowed(request)) return 0;
  if constexpr (!writes_reasons) return refuse(&request, {.why = cause::host, .status = 403});
  const std::string_view told[] = {"Host \"", slice(request.host, 0, http::quoted_size),
                                   "\" is not a name of this server; allowed_hosts can add it"};
  return refuse(&request, {.why = cause::host,
                           .status = 403,
                           .reason = "Host is not a name of this server",
                           .body = http::sentence(told)});
}

[[gnu::noinline]] std::size_t http_request::refuse_origin(const http::head& request) noexcept {
  // of a plain GET a browser tells no Origin: the page says which one its upgrade has
  const std::string_view origin = asking_ == asking::why && !http::present(request.origin)
                                      ? http::find_field(request, "X-Socket-Origin")
                                      : request.origin;
  const http::origin_match match = http::match_origin(origin, request.host);
  if (match == http::origin_match::same || host_.origin_allowed(origin)) return 0;
  if constexpr (!writes_reasons) return refuse(&request, {.why = cause::origin, .status = 403});
  const bool port = match == http::origin_match::other_port;
  const std::string_view told[] = {
      "Origin \"",
      slice(origin, 0, http::quoted_size),
      "\" does not match Host \"",
      slice(request.host, 0, http::quoted_size),
      port ? "\": the ports differ" : "\"",
      "; a proxy has to pass Host on, or allowed_origins to name the origin"};
  return refuse(&request, {.why = cause::origin,
                           .status = 403,
                           .reason = port ? "Origin and Host have different ports"
                                          : "Origin does not match Host",
                           .body = http::sentence(told)});
}

std::size_t http_request::admit(const http::head& request, websocket*& admitted,
                                std::string_view& protocol) noexcept {
  if (host_.stopping()) return refuse(request, cause::stopping);
  if (!same_text(request.method, "GET")) return refuse(request, cause::handshake);
  const http::upgrade_outcome handshake = http::check_upgrade(request);
  // A browser does not tell a page why its socket was refused; a plain GET of the same path does.
  if (!handshake.ok()) asking_ = asking::why;
  if (const std::size_t refusal = refuse_origin(request); refusal != 0) return refusal;
  protocol = http::select_protocol(request);
  // its text stands where the answer will, once nobody needs it any more
  const request_sender sender(*stream_, host_.options().proxies, request,
                              answer_room().last(request_sender::room_bytes));
  std::optional<std::string_view> token;
  const socket_questions* const asks = host_.questions();
  if (asks != nullptr) {
    const std::size_t refusal = (this->*asks->token)(request, sender, token);
    if (refusal != 0) return refusal;
  }
  host_.release_ended();   // their places may be needed for this one
  peer* counted = from();  // null where a proxy speaks for its clients, or nobody is counted
  if (counted == nullptr && host_.peers() != nullptr) counted = host_.peers()->find(sender);
  if (counted != nullptr && counted->connections >= host_.configured().connections_of_peer()) {
    return refuse(request, cause::share);
  }
  connection* phoenix = nullptr;
  admitted = host_.make_websocket(request.path, phoenix);
  if (counted != nullptr) {
    if (admitted != nullptr) admitted->comes_from(*counted);
    host_.peers()->settle(*counted);  // which may have nothing
  }
  if (admitted == nullptr) return refuse(request, cause::connections);
  const std::string_view version = spoken_version(request.query);
  const bool for_socket = asking_ == asking::upgrade || !version.empty();
  if (phoenix != nullptr && for_socket) {
    if (!same_text(slice(version, 0, 2), "2.")) return refuse(request, cause::serializer);
    if (asks != nullptr) {
      const std::size_t refusal = (this->*asks->connect)(request, sender, token, *phoenix);
      if (refusal != 0) return refusal;
    }
  }
  if (handshake.ok()) return 0;
  return refuse(request, cause::handshake, handshake.status, handshake.reason);
}

[[gnu::noinline]] void http_request::upgrade(const http::head& request) noexcept {
  std::string_view protocol;
  const std::size_t refusal = admit(request, admitted_, protocol);
  const std::size_t size =
      refusal != 0 ? refusal
                   : http::write_upgrade(answer_room(), request.sec_websocket_key, protocol);
  host_.decode_arena().reset();
  if (refusal != 0 && admitted_ != nullptr) host_.discard(*std::exchange(admitted_, nullptr));
  path_ = request.path;
  prepare(size, refusal != 0 ? then::linger : then::start_websocket);
}

void http_request::start_websocket() noexcept {
  websocket& made = *std::exchange(admitted_, nullptr);
  net::stream& taken = *std::exchange(stream_, nullptr);
  ++host_.counted().upgrades;
  if (telemetry* to = host_.listener()) {
    to->on_connection_opened({net::peer_text(&taken), path_});
  }
  const std::span<const std::byte> received(buffer_ + consumed_, filled_ - consumed_);
  finish();
  made.start(taken, std::exchange(buffer_, nullptr), received);
}

}  // namespace musubi
