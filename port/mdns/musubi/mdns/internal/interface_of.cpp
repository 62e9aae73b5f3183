#include <musubi/hosted/descriptor.hpp>
#include <musubi/mdns/internal/interface_of.hpp>
#include <musubi/memory/text.hpp>
#include <musubi/net/ip_address.hpp>

#if defined(__linux__)
#include <arpa/inet.h>
#include <cstring>
#include <net/if.h>
#include <netinet/in.h>
#include <sys/ioctl.h>
#include <sys/socket.h>
#endif

namespace musubi::mdns {

// Not getifaddrs, for the reasons of hosted/listening_addresses.cpp.
int interface_of([[maybe_unused]] std::string_view address) noexcept {
#if defined(__linux__)
  if (net::is_loopback_address(address)) return static_cast<int>(::if_nametoindex("lo"));
  char text[INET_ADDRSTRLEN] = "";
  in_addr wanted{};
  if (address.size() >= sizeof text) return 0;
  address.copy(text, sizeof text - 1);
  if (::inet_pton(AF_INET, text, &wanted) != 1) return 0;
  const hosted::descriptor socket(::socket(AF_INET, SOCK_DGRAM | SOCK_CLOEXEC, 0));
  if (!socket) return 0;
  ifreq interfaces[32];
  ifconf list{};
  list.ifc_len = sizeof interfaces;
  list.ifc_req = interfaces;
  unsigned found = 0;
  if (::ioctl(socket.get(), SIOCGIFCONF, &list) == 0) {
    const auto count = static_cast<std::size_t>(list.ifc_len) / sizeof(ifreq);
    for (std::size_t i = 0; i < count && found == 0; ++i) {
      sockaddr_in at;
      std::memcpy(&at, &interfaces[i].ifr_addr, sizeof at);
      if (at.sin_family == AF_INET && at.sin_addr.s_addr == wanted.s_addr) {
        found = ::if_nametoindex(interfaces[i].ifr_name);
      }
    }
  }
  return static_cast<int>(found);
#else
  return 0;
#endif
}

}  // namespace musubi::mdns
