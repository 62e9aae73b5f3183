#include "ethernet.hpp"

#include "registers.hpp"

#include <cstddef>
#include <cstring>
#include <lwip/etharp.h>
#include <lwip/ip4_addr.h>
#include <lwip/netif.h>
#include <lwip/pbuf.h>
#include <netif/ethernet.h>

extern "C" void ethernet_handler();

namespace board::ethernet {

namespace {

// Locally administered. A product has its own, in the part's user registers.
constexpr std::uint8_t own_address[6] = {0x02, 0x4D, 0x55, 0x53, 0x55, 0x42};
constexpr std::size_t header_bytes = 14;
constexpr std::uint32_t length_and_crc = 6;  // the MAC counts both as part of a frame
std::uint32_t dropped_frames = 0;

/// The FIFO takes words; frames come in pieces of any length.
class fifo_writer {
 public:
  explicit fifo_writer(std::uint32_t payload) noexcept : word_(payload), bytes_(2) {}
  void put(const std::uint8_t* from, std::size_t count) noexcept {
    for (; count != 0; --count) {
      word_ |= static_cast<std::uint32_t>(*from++) << 8 * bytes_;
      if (++bytes_ == 4) flush();
    }
  }
  void flush() noexcept {
    if (bytes_ == 0) return;
    mac::data() = word_;
    word_ = 0;
    bytes_ = 0;
  }

 private:
  std::uint32_t word_;
  unsigned bytes_;
};

err_t send(netif*, pbuf* frame) noexcept {
  while (mac::transmit_request() != 0) {
  }
  fifo_writer fifo(static_cast<std::uint32_t>(frame->tot_len - header_bytes));
  for (const pbuf* piece = frame; piece != nullptr; piece = piece->next) {
    fifo.put(static_cast<const std::uint8_t*>(piece->payload), piece->len);
  }
  fifo.flush();
  mac::transmit_request() = 1;
  return ERR_OK;
}

err_t prepare(netif* interface) noexcept {
  interface->name[0] = 'e';
  interface->name[1] = 'n';
  interface->output = &etharp_output;
  interface->linkoutput = &send;
  interface->mtu = 1500;
  interface->hwaddr_len = sizeof own_address;
  std::memcpy(interface->hwaddr, own_address, sizeof own_address);
  interface->flags =
      NETIF_FLAG_BROADCAST | NETIF_FLAG_ETHARP | NETIF_FLAG_ETHERNET | NETIF_FLAG_LINK_UP;
  return ERR_OK;
}

}  // namespace

void start(netif& interface) noexcept {
  sysctl::rcgc2() = sysctl::rcgc2() | sysctl::emac0 | sysctl::ephy0;
  mac::interrupt_mask() = 0;  // all ones after reset
  mac::status() = 0x7F;
  mac::receive_control() = mac::reset_fifo;
  std::uint32_t low = 0;
  std::memcpy(&low, own_address, 4);
  mac::address_low() = low;
  mac::address_high() = own_address[4] | static_cast<std::uint32_t>(own_address[5]) << 8;
  mac::threshold() = 0x3F;  // send when told to
  mac::transmit_control() = mac::transmit_enable | mac::pad | mac::append_crc | mac::full_duplex;
  mac::receive_control() = mac::receive_enable | mac::reject_bad_crc;

  // The address that QEMU's user network has for its guest. A product asks DHCP.
  ip4_addr_t address, mask, gateway;
  IP4_ADDR(&address, 10, 0, 2, 15);
  IP4_ADDR(&mask, 255, 255, 255, 0);
  IP4_ADDR(&gateway, 10, 0, 2, 2);
  netif_add(&interface, &address, &mask, &gateway, nullptr, &prepare, &ethernet_input);
  netif_set_default(&interface);
  netif_set_up(&interface);

  mac::interrupt_mask() = mac::received;
  core::enable_interrupt(mac::interrupt);
}

bool waiting() noexcept {
  return mac::frames_waiting() != 0;
}

std::uint32_t dropped() noexcept {
  return dropped_frames;
}

bool receive(netif& interface) noexcept {
  if (!waiting()) {
    mac::status() = mac::received;
    mac::interrupt_mask() = mac::received;
    return false;
  }
  const std::uint32_t first = mac::data();
  const std::uint32_t total = first & 0xFFFFU;
  const std::uint32_t words = (total + 3) / 4;  // to be read all, even of a frame that is dropped
  const auto bytes = static_cast<u16_t>(total - length_and_crc);
  pbuf* const frame = pbuf_alloc(PBUF_RAW, bytes, PBUF_POOL);
  if (frame == nullptr) ++dropped_frames;
  std::uint32_t word = first >> 16;
  std::uint32_t have = 2;
  std::uint32_t read = 1;
  for (pbuf* piece = frame; piece != nullptr; piece = piece->next) {
    auto* into = static_cast<std::uint8_t*>(piece->payload);
    for (u16_t i = 0; i < piece->len; ++i) {
      if (have == 0) {
        word = mac::data();
        have = 4;
        ++read;
      }
      into[i] = static_cast<std::uint8_t>(word);
      word >>= 8;
      --have;
    }
  }
  for (; read < words; ++read) word = mac::data();
  if (frame != nullptr && interface.input(frame, &interface) != ERR_OK) pbuf_free(frame);
  return true;
}

}  // namespace board::ethernet

/// Level-triggered: masked until the frames are read.
void ethernet_handler() {
  board::mac::interrupt_mask() = 0;
}
