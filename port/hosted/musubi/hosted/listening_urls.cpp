#include <musubi/hosted/listening_urls.hpp>
#include <musubi/net/http/internal/host_url.hpp>

namespace musubi::hosted {

listening_urls::listening_urls(std::string_view bind, std::uint16_t port,
                               net::url_scheme scheme) noexcept {
  const listening_addresses all(bind);
  for (const std::string_view each : all.view()) add(net::host_url_of(each, port, scheme));
}

listening_urls::listening_urls(std::string_view unix_path) noexcept {
  text<128> named = "unix:";
  add(named.append(unix_path) ? named.view() : std::string_view("a Unix socket"));
}

void listening_urls::add(std::string_view url) noexcept {
  if (url.empty() || !texts_[count_].assign(url)) return;
  views_[count_] = texts_[count_];
  ++count_;
}

}  // namespace musubi::hosted
