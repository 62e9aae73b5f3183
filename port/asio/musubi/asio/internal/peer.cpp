#include <arpa/inet.h>
#include <charconv>
#include <cstdint>
#include <netinet/in.h>

#include <musubi/asio/internal/peer.hpp>
#include <musubi/json/internal/output.hpp>
#include <musubi/json/internal/writer.hpp>

namespace musubi::asio {

std::size_t write_peer(const sockaddr& address, std::span<char> into) noexcept {
  json::buffer_output buffer(into.data(), into.size());
  json::writer out(buffer);
  char text[INET6_ADDRSTRLEN] = "";
  if (address.sa_family == AF_INET) {
    // inet_ntop prints it with printf, which is felt by a host that many clients join at once
    const auto& v4 = reinterpret_cast<const sockaddr_in&>(address);
    const std::uint32_t bits = ntohl(v4.sin_addr.s_addr);
    char* end = text;
    for (const unsigned shift : {24U, 16U, 8U, 0U}) {
      end = std::to_chars(end, end + 3, bits >> shift & 0xFFU).ptr;
      *end++ = shift == 0 ? ':' : '.';
    }
    out.raw({text, static_cast<std::size_t>(end - text)});
    out.number(static_cast<unsigned>(ntohs(v4.sin_port)));
  } else if (address.sa_family == AF_INET6) {
    const auto& v6 = reinterpret_cast<const sockaddr_in6&>(address);
    ::inet_ntop(AF_INET6, &v6.sin6_addr, text, sizeof text);
    out.raw('[');
    out.raw(std::string_view(text));
    out.raw("]:");
    out.number(static_cast<unsigned>(ntohs(v6.sin6_port)));
  } else {
    out.raw(address.sa_family == AF_UNIX ? std::string_view("unix") : "unknown");
  }
  return buffer.view().size();
}

}  // namespace musubi::asio
