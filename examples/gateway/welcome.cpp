#include "welcome.hpp"

#include "stores/socket.hpp"

#include <arpa/inet.h>
#include <cstdio>
#include <cstring>
#include <ifaddrs.h>
#include <net/if.h>

namespace gateway {
namespace {

void print_address(std::string_view host, std::uint16_t port, const access_token& token) {
  const bool is_v6 = host.find(':') != std::string_view::npos;
  std::printf("  http://%s%.*s%s:%u/", is_v6 ? "[" : "", static_cast<int>(host.size()), host.data(),
              is_v6 ? "]" : "", static_cast<unsigned>(port));
  // Behind the '#' it stays in the browser: no server, proxy or log gets to see it.
  if (!token.empty()) {
    std::fputs("#token=", stdout);
    for (const char c : token.view()) {
      const bool plain = (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') ||
                         (c >= '0' && c <= '9') || c == '-' || c == '_' || c == '.';
      if (plain) {
        std::putchar(c);
      } else {
        std::printf("%%%02X", static_cast<unsigned>(static_cast<unsigned char>(c)));
      }
    }
  }
  std::putchar('\n');
}

/// The addresses under which this program can be reached: those of its own network namespace.
void print_every_address(std::uint16_t port, const access_token& token) {
  ifaddrs* first = nullptr;
  if (::getifaddrs(&first) != 0) return;
  for (const ifaddrs* each = first; each != nullptr; each = each->ifa_next) {
    if (each->ifa_addr == nullptr || each->ifa_addr->sa_family != AF_INET) continue;
    if ((each->ifa_flags & (IFF_UP | IFF_RUNNING)) != (IFF_UP | IFF_RUNNING)) continue;
    char text[INET_ADDRSTRLEN];
    sockaddr_in address;
    std::memcpy(&address, each->ifa_addr, sizeof address);
    if (::inet_ntop(AF_INET, &address.sin_addr, text, sizeof text)) {
      print_address(text, port, token);
    }
  }
  ::freeifaddrs(first);
}

}  // namespace

void welcome(const options& chosen, std::uint16_t port, const access_token& made,
             const settings_file& file) {
  std::puts("The gateway is open at");
  const std::string_view bind = chosen.bind;
  if (!chosen.unix_path().empty()) {
    std::printf("  %.*s\n", static_cast<int>(bind.size()), bind.data());
  } else if (bind == "0.0.0.0" || bind == "::") {
    print_every_address(port, made);
  } else {
    print_address(bind, port, made);
  }
  if (!made.empty()) {
    const std::string_view secret = made;
    std::printf("Its token is %.*s\n", static_cast<int>(secret.size()), secret.data());
  } else if (!chosen.open && !gateway_socket::token.empty()) {
    std::puts("It asks for the token that you have chosen");
  } else if (!chosen.is_private()) {
    std::puts("Everybody who can reach this address can see and command it: --no-token");
  }
  const std::string_view path = file.path();
  if (path.empty()) {
    std::puts("Settings are lost at the end: neither --state nor $HOME says where to keep them");
  } else {
    std::printf("Settings are kept in %.*s\n", static_cast<int>(path.size()), path.data());
  }
  std::fflush(stdout);
}

}  // namespace gateway
