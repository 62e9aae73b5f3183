#include <cstring>
#include <lwip/etharp.h>
#include <lwip/ip4_addr.h>
#include <lwip/netif.h>
#include <lwip/pbuf.h>
#include <netif/ethernet.h>
#include <part.hpp>

#include <musubi/board/core.hpp>
#include <musubi/board/hardware.hpp>
#include <musubi/board/network.hpp>

namespace board::network {

namespace {

// Locally administered. A product has its own, assigned by its maker.
constexpr std::uint8_t own_address[6] = {0x02, 0x4D, 0x55, 0x53, 0x55, 0x42};
netif interface;
std::uint32_t dropped_frames = 0;

#if LWIP_NETIF_HOSTNAME
/// Ends with the part of the address that differs from board to board.
char host_name[] = "thermostat-000000";

void write_host_name() noexcept {
  char* at = host_name + sizeof host_name - 1;
  for (std::size_t i = 0; i < 6; ++i) {
    const unsigned digit = own_address[5 - i / 2] >> (i % 2 * 4) & 0xFU;
    *--at = static_cast<char>(digit < 10 ? '0' + digit : 'a' + digit - 10);
  }
}
#endif

err_t send(netif*, pbuf* frame) noexcept {
  return ethernet::send(*frame) ? ERR_OK : ERR_BUF;
}

err_t prepare(netif* fresh) noexcept {
  fresh->name[0] = 'e';
  fresh->name[1] = 'n';
  fresh->output = &etharp_output;
  fresh->linkoutput = &send;
  fresh->mtu = 1500;
  fresh->hwaddr_len = sizeof own_address;
  std::memcpy(fresh->hwaddr, own_address, sizeof own_address);
  fresh->flags =
      NETIF_FLAG_BROADCAST | NETIF_FLAG_ETHARP | NETIF_FLAG_ETHERNET | NETIF_FLAG_LINK_UP;
#if LWIP_IGMP
  fresh->flags |= NETIF_FLAG_IGMP;
#endif
#if LWIP_NETIF_HOSTNAME
  write_host_name();
  fresh->hostname = host_name;
#endif
  return ERR_OK;
}

}  // namespace

void start() noexcept {
  ethernet::start(own_address);
  // The address of the guest in QEMU's user network. A product uses DHCP.
  ip4_addr_t address, mask, gateway;
  IP4_ADDR(&address, 10, 0, 2, 15);
  IP4_ADDR(&mask, 255, 255, 255, 0);
  IP4_ADDR(&gateway, 10, 0, 2, 2);
  netif_add(&interface, &address, &mask, &gateway, nullptr, &prepare, &ethernet_input);
  netif_set_default(&interface);
  netif_set_up(&interface);
  ethernet::listen();
  core::enable_interrupt(part::ethernet_interrupt);
}

bool receive() noexcept {
  if (!ethernet::waiting()) {
    ethernet::listen();
    return false;
  }
  pbuf* const frame = ethernet::receive();
  if (frame == nullptr) {
    ++dropped_frames;
  } else if (interface.input(frame, &interface) != ERR_OK) {
    pbuf_free(frame);
  }
  return true;
}

std::uint32_t dropped() noexcept {
  return dropped_frames;
}

}  // namespace board::network
