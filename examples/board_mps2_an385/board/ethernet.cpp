/// The LAN9118 and its successor, the LAN9220, on a 32-bit bus.

#include "registers.hpp"

#include <cstring>

#include <musubi/board/fifo.hpp>
#include <musubi/board/hardware.hpp>

namespace board::ethernet {

namespace {

constexpr std::uint32_t header_bytes = 14;
constexpr std::uint32_t crc_bytes = 4;

void wait_while(std::uint32_t address, std::uint32_t bits) noexcept {
  while ((at(address) & bits) != 0) {
  }
}

void set_mac(std::uint32_t index, std::uint32_t value) noexcept {
  at(lan::mac_csr_data) = value;
  at(lan::mac_csr_cmd) = lan::busy | index;
  wait_while(lan::mac_csr_cmd, lan::busy);
}

}  // namespace

void start(const std::uint8_t (&address)[6]) noexcept {
  while ((at(lan::pmt_ctrl) & lan::ready) == 0) {
  }
  at(lan::hw_cfg) = lan::soft_reset;
  wait_while(lan::hw_cfg, lan::soft_reset);
  wait_while(lan::e2p_cmd, lan::busy);  // it loads its default address
  at(lan::hw_cfg) = lan::must_be_one | lan::transmit_fifo_5k;
  at(lan::int_en) = 0;
  at(lan::irq_cfg) = lan::active_high_push_pull;
  at(lan::fifo_int) = lan::no_transmit_level;
  at(lan::rx_cfg) = 0;
  at(lan::tx_cfg) = lan::transmit_on | lan::status_may_overrun;
  std::uint32_t low = 0;
  std::memcpy(&low, address, 4);
  set_mac(lan::addrl, low);
  set_mac(lan::addrh, address[4] | static_cast<std::uint32_t>(address[5]) << 8);
  set_mac(lan::mac_cr, lan::full_duplex_both_ways);
}

void accept_multicast() noexcept {
  set_mac(lan::mac_cr, lan::full_duplex_both_ways | lan::pass_multicast);
}

bool send(const pbuf& frame) noexcept {
  // the time of several frames; without a cable, the FIFO never drains
  constexpr unsigned patience = 10'000;
  const std::uint32_t bytes = frame.tot_len;
  const std::uint32_t needed = bytes + 3 + 2 * 4;  // rounded up to words, and two command words
  for (unsigned tries = 0; (at(lan::tx_fifo_inf) & 0xFFFF) < needed; ++tries) {
    if (tries == patience) return false;
  }
  at(lan::transmit_data) = lan::whole_frame | bytes;
  at(lan::transmit_data) = bytes;
  fifo::put(frame, 0, 0, [](std::uint32_t word) { at(lan::transmit_data) = word; });
  return true;
}

bool waiting() noexcept {
  return (at(lan::rx_fifo_inf) & 0xFF0000) != 0;
}

pbuf* receive() noexcept {
  const std::uint32_t status = at(lan::receive_status);
  const std::uint32_t total = status >> 16 & 0x3FFF;
  const std::uint32_t words = (total + 3) / 4;  // all must be read, even of a dropped frame
  pbuf* frame = nullptr;
  if ((status & lan::broken) == 0 && total > header_bytes + crc_bytes) {
    frame = pbuf_alloc(PBUF_RAW, static_cast<u16_t>(total - crc_bytes), PBUF_POOL);
  }
  std::uint32_t read = 0;
  if (frame != nullptr) read = fifo::get(*frame, 0, 0, [] { return at(lan::receive_data); });
  for (; read < words; ++read) static_cast<void>(std::uint32_t{at(lan::receive_data)});
  return frame;
}

void listen() noexcept {
  at(lan::int_sts) = lan::received;
  at(lan::int_en) = lan::received;
}

void hush() noexcept {
  at(lan::int_en) = 0;
}

}  // namespace board::ethernet
