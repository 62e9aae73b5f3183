#include <musubi/hosted/listening_addresses.hpp>

#if defined(__linux__)
#include <arpa/inet.h>
#include <cstring>
#include <net/if.h>
#include <netinet/in.h>
#include <sys/ioctl.h>
#include <sys/socket.h>
#include <unistd.h>
#endif

namespace musubi::hosted {

listening_addresses::listening_addresses(std::string_view bind) noexcept {
  if (bind == "*") bind = "::";
  if (bind == "0.0.0.0" || bind == "::") add_own();
  if (count_ == 0) add(bind);
}

void listening_addresses::add(std::string_view address) noexcept {
  if (count_ == most || address.empty() || !texts_[count_].assign(address)) return;
  views_[count_] = texts_[count_];
  ++count_;
}

// Not getifaddrs: it allocates, and needs a netlink socket, which a sandboxed service cannot open.
void listening_addresses::add_own() noexcept {
#if defined(__linux__)
  const int socket = ::socket(AF_INET, SOCK_DGRAM | SOCK_CLOEXEC, 0);
  if (socket < 0) return;
  ifreq interfaces[32];
  ifconf list{};
  list.ifc_len = sizeof interfaces;
  list.ifc_req = interfaces;
  if (::ioctl(socket, SIOCGIFCONF, &list) == 0) {
    const auto count = static_cast<std::size_t>(list.ifc_len) / sizeof(ifreq);
    for (std::size_t i = 0; i < count; ++i) {
      sockaddr_in address;
      std::memcpy(&address, &interfaces[i].ifr_addr, sizeof address);
      char host[INET_ADDRSTRLEN] = "";
      if (address.sin_family == AF_INET &&
          ::inet_ntop(AF_INET, &address.sin_addr, host, sizeof host) != nullptr) {
        add(host);
      }
    }
  }
  ::close(socket);
#endif
}

}  // namespace musubi::hosted
