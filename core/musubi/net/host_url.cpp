#include <charconv>
#include <cstddef>

#include <musubi/net/host_url.hpp>

namespace musubi::net {

host_url host_url_of(std::string_view address, std::uint16_t port) noexcept {
  const bool is_v6 = address.find(':') != std::string_view::npos;
  char digits[5];
  const auto end = std::to_chars(digits, digits + sizeof digits, port).ptr;
  host_url url = "http://";
  const bool fits = url.append(is_v6 ? "[" : "") && url.append(address) &&
                    url.append(is_v6 ? "]:" : ":") &&
                    url.append({digits, static_cast<std::size_t>(end - digits)}) && url.append("/");
  return fits ? url : host_url();
}

}  // namespace musubi::net
