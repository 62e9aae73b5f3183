#include <musubi/memory/decimal.hpp>
#include <musubi/net/http/internal/host_url.hpp>

namespace musubi::net {

host_url host_url_of(std::string_view address, std::uint16_t port, url_scheme scheme) noexcept {
  const bool is_v6 = address.find(':') != std::string_view::npos;
  host_url url = "http";
  const bool fits = url.append(scheme == url_scheme::https ? "s://" : "://") &&
                    url.append(is_v6 ? "[" : "") && url.append(address) &&
                    url.append(is_v6 ? "]:" : ":") && url.append(decimal(port)) && url.append("/");
  return fits ? url : host_url();
}

}  // namespace musubi::net
