#include <lwipopts.h>

#include <musubi/board/hardware.hpp>
#include <musubi/board/mdns.hpp>

#if LWIP_MDNS_RESPONDER

#include <lwip/apps/mdns.h>
#include <lwip/netif.h>

#include <musubi/memory/text.hpp>

namespace board::mdns {

namespace {

constexpr std::uint32_t lifetime = 120;  // seconds; as RFC 6762 advises where there is an address
std::string_view build_of_page;

void add(mdns_service* service, std::string_view text) noexcept {
  (void)mdns_resp_add_service_txtitem(service, text.data(), static_cast<u8_t>(text.size()));
}

void describe_page(mdns_service* service, void*) noexcept {
  add(service, "path=/");
}

void describe_stores(mdns_service* service, void*) noexcept {
  add(service, musubi::text<32>::clipped("build=", build_of_page));
  add(service, "path=/socket/websocket");
  add(service, "tls=0");
}

}  // namespace

bool announce(std::uint16_t port, std::string_view build) noexcept {
  build_of_page = build;
  netif* const here = netif_default;
  const auto offer = [&](const char* type, service_get_txt_fn_t describe) {
    return mdns_resp_add_service(here, here->hostname, type, DNSSD_PROTO_TCP, port, lifetime,
                                 describe, nullptr) >= 0;
  };
  ethernet::accept_multicast();
  mdns_resp_init();
  return mdns_resp_add_netif(here, here->hostname, lifetime) == ERR_OK &&
         offer("_http", &describe_page) && offer("_musubi", &describe_stores);
}

}  // namespace board::mdns

#endif
