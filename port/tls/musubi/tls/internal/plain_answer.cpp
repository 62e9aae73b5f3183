#include <cstring>

#include <musubi/net/http/authority.hpp>
#include <musubi/net/http/internal/head.hpp>
#include <musubi/net/http/internal/response.hpp>
#include <musubi/tls/internal/plain_answer.hpp>

namespace musubi::tls {

namespace http = net::http;

namespace {

std::size_t refuse(std::span<char> into) noexcept {
  return http::write_error(
      into, {.status = 400, .text = {"this address speaks https: put https:// in front of it"}});
}

std::size_t redirect(const http::head& request, std::span<char> into) noexcept {
  // Not permanent: the device may be set up without TLS again, and a browser would not know.
  http::head_writer out(into);
  out.raw("HTTP/1.1 307 Temporary Redirect\r\nLocation: https://");
  out.raw(request.host).raw(request.path);
  if (!request.query.empty()) out.raw("?").raw(request.query);
  out.raw("\r\n");
  return out.field("Content-Length", std::size_t{0})
      .field("Cache-Control", "no-store")
      .field("Connection", "close")
      .security_fields()
      .end()
      .finish();
}

}  // namespace

std::size_t write_plain_answer(std::string_view received, std::string_view authority,
                               std::span<char> into) noexcept {
  http::head request;
  http::head_progress progress;
  const http::head_outcome outcome = http::parse_head(received, progress, request);
  if (outcome.what == http::head_outcome::kind::incomplete) return 0;
  const bool offers = !authority.empty() && outcome.what == http::head_outcome::kind::complete;
  if (offers && request.path == "/ca.crt") {
    return http::head_writer(into)
        .status(200)
        .field("Content-Type", "application/x-x509-ca-cert")
        .field("Content-Length", authority.size())
        .field("Cache-Control", "no-store")
        .field("Connection", "close")
        .security_fields()
        .end()
        .raw(request.method == "HEAD" ? std::string_view() : authority)
        .finish();
  }
  http::authority named;
  if (outcome.what == http::head_outcome::kind::refused || !request.path.starts_with('/') ||
      !http::read_authority(request.host, named) || named.host.empty()) {
    return refuse(into);
  }
  const std::size_t size = redirect(request, into);
  return size != 0 ? size : refuse(into);
}

}  // namespace musubi::tls
