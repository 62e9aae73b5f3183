#include <algorithm>
#include <cstring>
#include <lwip/dhcp.h>
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

netif interface;
std::uint32_t dropped_frames = 0;

#if LWIP_NETIF_HOSTNAME
char host_name[32];

/// Ends with the part of the address that differs from board to board.
void write_host_name(const settings& chosen) noexcept {
  char* at =
      std::copy_n(chosen.name.begin(), std::min<std::size_t>(chosen.name.size(), 24), host_name);
  *at++ = '-';
  for (std::size_t i = 6; i < 12; ++i) {
    const unsigned digit = chosen.hardware_address[i / 2] >> ((i + 1) % 2 * 4) & 0xFU;
    *at++ = static_cast<char>(digit < 10 ? '0' + digit : 'a' + digit - 10);
  }
}
#endif

ip4_addr_t ip4(const std::uint8_t (&numbers)[4]) noexcept {
  ip4_addr_t made;
  IP4_ADDR(&made, numbers[0], numbers[1], numbers[2], numbers[3]);
  return made;
}

err_t send(netif*, pbuf* frame) noexcept {
  return ethernet::send(*frame) ? ERR_OK : ERR_BUF;
}

err_t prepare(netif* fresh) noexcept {
  fresh->name[0] = 'e';
  fresh->name[1] = 'n';
  fresh->output = &etharp_output;
  fresh->linkoutput = &send;
  fresh->mtu = 1500;
  fresh->flags =
      NETIF_FLAG_BROADCAST | NETIF_FLAG_ETHARP | NETIF_FLAG_ETHERNET | NETIF_FLAG_LINK_UP;
#if LWIP_IGMP
  fresh->flags |= NETIF_FLAG_IGMP;
#endif
  return ERR_OK;
}

}  // namespace

void start(const settings& chosen) noexcept {
  ethernet::start(chosen.hardware_address);
  const ip4_addr_t address = ip4(chosen.address);
  const ip4_addr_t mask = ip4(chosen.mask);
  const ip4_addr_t gateway = ip4(chosen.gateway);
  netif_add(&interface, &address, &mask, &gateway, nullptr, &prepare, &ethernet_input);
  interface.hwaddr_len = sizeof chosen.hardware_address;
  std::memcpy(interface.hwaddr, chosen.hardware_address, sizeof chosen.hardware_address);
#if LWIP_NETIF_HOSTNAME
  write_host_name(chosen);
  interface.hostname = host_name;
#endif
  netif_set_default(&interface);
  netif_set_up(&interface);
#if LWIP_DHCP
  (void)dhcp_start(&interface);
#endif
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
