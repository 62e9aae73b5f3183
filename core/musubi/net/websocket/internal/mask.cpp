#include <cstdint>
#include <cstring>

#include <musubi/net/websocket/internal/mask.hpp>

namespace musubi::net::websocket {

namespace {

/// Unmasks one word, of which the order of bytes does not matter; answers it.
template <class Word>
Word unmask_word(std::byte* at, Word key) noexcept {
  Word word{};
  std::memcpy(&word, at, sizeof word);
  word ^= key;
  std::memcpy(at, &word, sizeof word);
  return word;
}

}  // namespace

bool unmask(std::span<std::byte> payload, const std::byte* mask) noexcept {
  std::uint32_t key = 0;
  std::memcpy(&key, mask, sizeof key);
  const std::uint64_t twice = std::uint64_t{key} << 32U | key;
  std::byte* at = payload.data();
  std::size_t left = payload.size();
  // two words are one register where there are such; else the compiler makes two words of them
  using two_words = std::uint64_t __attribute__((vector_size(16)));
  two_words all = {0, 0};
  for (; left >= 16; left -= 16, at += 16) all |= unmask_word(at, two_words{twice, twice});
  std::uint64_t seen = all[0] | all[1];  // the bits that were set in any byte, each in its place
  if ((left & 8U) != 0) {
    seen |= unmask_word(at, twice);
    at += 8;
  }
  if ((left & 4U) != 0) {
    seen |= unmask_word(at, key);
    at += 4;
  }
  for (std::size_t i = 0; i < (left & 3U); ++i) {
    at[i] ^= mask[i];
    seen |= std::to_integer<unsigned>(at[i]);
  }
  constexpr std::uint64_t highs = 0x8080808080808080U;
  return (seen & highs) == 0;
}

[[gnu::noinline]] void unmask_to(std::byte* to, const std::byte* from, std::size_t size,
                                 const std::byte* mask, std::size_t at) noexcept {
  std::byte key[4];
  std::memcpy(key, mask, sizeof key);
  for (std::size_t i = 0; i < size; ++i) to[i] = from[i] ^ key[(at + i) % 4];
}

}  // namespace musubi::net::websocket
