#include <unistd.h>

#include <musubi/hosted/option.hpp>
#include <musubi/mdns/internal/advert.hpp>
#include <musubi/memory/slice.hpp>

namespace musubi::mdns {

namespace {

families families_of(std::string_view bind) noexcept {
  if (bind == "::" || bind == "*") return families::any;
  return bind.find(':') == std::string_view::npos ? families::ipv4 : families::ipv6;
}

bool is_wildcard(std::string_view bind) noexcept {
  return bind == "*" || bind == "::" || bind == "0.0.0.0";
}

}  // namespace

advert::advert(const hosted::listening_place& host, const service& what) noexcept
    : port(host.port),
      secure(host.scheme == net::url_scheme::https),
      over(families_of(host.bind)),
      address(text<64>::clipped(is_wildcard(host.bind) ? std::string_view() : host.bind)),
      build(txt_string::clipped("build=", what.build)),
      path(txt_string::clipped("path=", what.socket_path, "/websocket")),
      tls(secure ? "tls=1" : "tls=0") {}

service_name name_for(std::string_view wanted) noexcept {
  if (!wanted.empty()) return service_name::clipped(wanted);
  char name[256] = "";
  if (::gethostname(name, sizeof name - 1) != 0 || name[0] == '\0') return "Musubi";
  const std::string_view whole(name);
  return service_name::clipped(slice(whole, 0, whole.find('.')));
}

service_name next_name(const service_name& taken) noexcept {
  std::string_view stem = taken;
  std::uint32_t number = 1;
  if (const std::size_t mark = stem.rfind(" #"); mark != std::string_view::npos) {
    std::uint32_t found = 0;
    if (program::detail::read_number(slice(stem, mark + 2), found) && found > 1 &&
        found < 1'000'000) {
      number = found;
      stem = slice(stem, 0, mark);
    }
  }
  const text<16> suffix = text<16>::clipped(" #", number + 1);
  return service_name::clipped(whole_characters(stem, service_name::capacity - suffix.size()),
                               suffix.view());
}

}  // namespace musubi::mdns
