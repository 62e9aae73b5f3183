#include <musubi/hosted/descriptor.hpp>
#include <musubi/hosted/listening_addresses.hpp>
#include <musubi/hosted/listening_place.hpp>
#include <musubi/net/http/internal/host_url.hpp>
#include <musubi/net/ip_address.hpp>

#if __has_include(<arpa/inet.h>)
#include <arpa/inet.h>
#include <netinet/in.h>
#include <sys/socket.h>
#endif

namespace musubi::hosted {

namespace {

/// The address that packets to other networks leave from; empty without a route.
text<64> address_of_route() noexcept {
  text<64> found;
#if __has_include(<arpa/inet.h>)
  const descriptor socket(::socket(AF_INET, SOCK_DGRAM, 0));
  if (!socket) return found;
  sockaddr_in address{};
  address.sin_family = AF_INET;
  address.sin_port = htons(9);
  address.sin_addr.s_addr = htonl(0xC0000201);  // 192.0.2.1, in documents only; nothing is sent
  socklen_t size = sizeof address;
  char written[INET_ADDRSTRLEN] = "";
  if (::connect(socket.get(), reinterpret_cast<const sockaddr*>(&address), sizeof address) == 0 &&
      ::getsockname(socket.get(), reinterpret_cast<sockaddr*>(&address), &size) == 0 &&
      ::inet_ntop(AF_INET, &address.sin_addr, written, sizeof written) != nullptr) {
    (void)found.assign(written);
  }
#endif
  return found;
}

}  // namespace

bool listening_place::is_reachable() const noexcept {
  return unix_path.empty() && port != 0 && !net::is_loopback_address(bind);
}

text<128> url_to_open(const listening_place& host) noexcept {
  if (!host.is_reachable()) return {};
  const listening_addresses all(host.bind);
  const text<64> routed = address_of_route();
  std::string_view best;
  for (const std::string_view each : all.view()) {
    if (net::is_loopback_address(each)) continue;
    if (best.empty() || each == routed.view()) best = each;
  }
  if (best.empty()) return {};
  return text<128>::clipped(net::host_url_of(best, host.port, host.scheme).view());
}

}  // namespace musubi::hosted
