#include <musubi/host/connect_info.hpp>
#include <musubi/host/host_core.hpp>
#include <musubi/host/internal/connection.hpp>
#include <musubi/host/internal/http_request.hpp>
#include <musubi/net/http/internal/offered_token.hpp>

namespace musubi {

namespace http = net::http;
using cause = http::request_refusal::cause;

const socket_questions http_request::ask_socket{&http_request::read_token, &http_request::connect};

std::size_t http_request::read_token(const http::head& request, const request_sender& sender,
                                     std::optional<std::string_view>& token) noexcept {
  using kind = http::offered_token::kind;
  const std::size_t bytes = http::token_room(request);
  auto* room = static_cast<char*>(host_.decode_arena().allocate(bytes));
  const http::offered_token offered =
      http::read_token(request, {room, room == nullptr ? 0 : bytes});
  switch (offered.what) {
    case kind::absent:
      break;
    case kind::ok:
      token = offered.token;
      break;
    case kind::malformed:
      return refuse(request, cause::token, 400, "malformed token in Sec-WebSocket-Protocol");
    case kind::no_room:
      return refuse(request, cause::token, 431, "the token is too long: decode_bytes");
  }
  if (asking_ != asking::upgrade) {  // only an upgrade can name protocols: phoenix.js's other way
                                     // to send a token
    const std::string_view plain = http::find_field(request, "X-Phoenix-AuthToken");
    if (http::present(plain)) token = plain;
  }
  // an empty one is what a page sends that has none
  if (token && token->empty()) token.reset();
  return token ? refuse_attempt(request, sender) : 0;
}

std::size_t http_request::refuse_attempt(const http::head& request,
                                         const request_sender& sender) noexcept {
  attempt_table* attempts = host_.options().attempts;
  if (attempts == nullptr) return 0;
  const std::uint32_t seconds = attempts->seconds_to_wait(sender.client(), host_.loop().now());
  if (seconds == 0) return 0;
  return refuse(&request, {.why = cause::attempts,
                           .status = 429,
                           .reason = "too many wrong tokens from this address",
                           .retry_after = seconds});
}

std::size_t http_request::connect(const http::head& request, const request_sender& sender,
                                  std::optional<std::string_view> token,
                                  connection& phoenix) noexcept {
  const status verdict =
      phoenix.connect(connect_info(request, sender, token, host_.decode_arena()));
  const bool refused = verdict.code() == errc::refused;
  if (attempt_table* attempts = host_.options().attempts; attempts != nullptr && token) {
    if (verdict.ok() || refused) {
      attempts->tried(sender.client(), *token, verdict.ok(), host_.loop().now());
    }
  }
  if (verdict.ok()) return 0;
  // an upgrade is refused with an empty body, as Phoenix does (contract section 1.1)
  return refuse(&request, {.why = cause::application,
                           .status = 403,
                           .reason = verdict.reason(),
                           .silent = asking_ == asking::upgrade || !refused});
}

}  // namespace musubi
