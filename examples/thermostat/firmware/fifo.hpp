#pragma once
/// Frames through a FIFO of 32-bit words, first byte lowest. lwIP's frames come in pieces of any
/// length at any address.

#include <cstdint>
#include <lwip/pbuf.h>

namespace board::fifo {

/// Writes `frame` through `write(word)`, behind the `bytes` (0 to 3) that are in `word` already;
/// the last word is filled up with zeros.
template <class Write>
void put(const pbuf& frame, std::uint32_t word, unsigned bytes, Write&& write) noexcept {
  for (const pbuf* piece = &frame; piece != nullptr; piece = piece->next) {
    const auto* from = static_cast<const std::uint8_t*>(piece->payload);
    for (u16_t i = 0; i < piece->len; ++i) {
      word |= static_cast<std::uint32_t>(from[i]) << 8 * bytes;
      if (++bytes < 4) continue;
      write(word);
      word = 0;
      bytes = 0;
    }
  }
  if (bytes != 0) write(word);
}

/// Fills `frame` through `read()`, from `word` first, of which `bytes` are left; answers how many
/// words it read.
template <class Read>
std::uint32_t get(pbuf& frame, std::uint32_t word, unsigned bytes, Read&& read) noexcept {
  std::uint32_t words = 0;
  for (pbuf* piece = &frame; piece != nullptr; piece = piece->next) {
    auto* into = static_cast<std::uint8_t*>(piece->payload);
    for (u16_t i = 0; i < piece->len; ++i) {
      if (bytes == 0) {
        word = read();
        bytes = 4;
        ++words;
      }
      into[i] = static_cast<std::uint8_t>(word);
      word >>= 8;
      --bytes;
    }
  }
  return words;
}

}  // namespace board::fifo
