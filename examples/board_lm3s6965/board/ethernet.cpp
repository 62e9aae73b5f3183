/// The Ethernet MAC of the LM3S6965. In its FIFO, a frame includes its length and its CRC.

#include "registers.hpp"

#include <cstring>

#include <musubi/board/fifo.hpp>
#include <musubi/board/hardware.hpp>

namespace board::ethernet {

namespace {
constexpr std::uint32_t header_bytes = 14;
constexpr std::uint32_t length_and_crc = 6;
}  // namespace

void start(const std::uint8_t (&address)[6]) noexcept {
  sysctl::rcgc2() = sysctl::rcgc2() | sysctl::emac0 | sysctl::ephy0;
  mac::interrupt_mask() = 0;  // all ones after reset
  mac::status() = 0x7F;
  mac::receive_control() = mac::reset_fifo;
  std::uint32_t low = 0;
  std::memcpy(&low, address, 4);
  mac::address_low() = low;
  mac::address_high() = address[4] | static_cast<std::uint32_t>(address[5]) << 8;
  mac::threshold() = 0x3F;  // send only on request
  mac::transmit_control() = mac::transmit_enable | mac::pad | mac::append_crc | mac::full_duplex;
  mac::receive_control() = mac::receive_enable | mac::reject_bad_crc;
}

void accept_multicast() noexcept {
  mac::receive_control() = mac::receive_control() | mac::accept_multicast;
}

bool send(const pbuf& frame) noexcept {
  while (mac::transmit_request() != 0) {  // the previous frame takes at most 0.1 ms
  }
  fifo::put(frame, frame.tot_len - header_bytes, 2, [](std::uint32_t word) { mac::data() = word; });
  mac::transmit_request() = 1;
  return true;
}

bool waiting() noexcept {
  return mac::frames_waiting() != 0;
}

pbuf* receive() noexcept {
  const std::uint32_t first = mac::data();
  const std::uint32_t total = first & 0xFFFFU;
  const std::uint32_t words = (total + 3) / 4;  // all must be read, even of a dropped frame
  pbuf* frame = nullptr;
  if (total > header_bytes + length_and_crc) {
    frame = pbuf_alloc(PBUF_RAW, static_cast<u16_t>(total - length_and_crc), PBUF_POOL);
  }
  std::uint32_t read = 1;
  if (frame != nullptr) read += fifo::get(*frame, first >> 16, 2, [] { return mac::data(); });
  for (; read < words; ++read) static_cast<void>(std::uint32_t{mac::data()});
  return frame;
}

void listen() noexcept {
  mac::status() = mac::received;
  mac::interrupt_mask() = mac::received;
}

void hush() noexcept {
  mac::interrupt_mask() = 0;
}

}  // namespace board::ethernet
