#pragma once
/// Transfers frames through a FIFO of 32-bit words, lowest byte first. lwIP's frames come in pieces
/// of any length at any address.

#include <cstdint>
#include <lwip/pbuf.h>

namespace board::fifo {

/// Writes `frame` with `write(word)`, after the `bytes` (0 to 3) that `word` already contains. The
/// last word is padded with zeros.
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

/// Fills `frame` with the `bytes` left in `word`, then with words from `read()`. Returns the number
/// of words read.
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
