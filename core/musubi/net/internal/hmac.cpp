#include <mbedtls/sha256.h>
#include <mbedtls/version.h>

#include <musubi/net/internal/hmac.hpp>

namespace musubi::net {
namespace {

constexpr std::size_t block_bytes = 64;

#if MBEDTLS_VERSION_NUMBER >= 0x03000000
constexpr auto starts = &mbedtls_sha256_starts;
constexpr auto update = &mbedtls_sha256_update;
constexpr auto finish = &mbedtls_sha256_finish;
#else
constexpr auto starts = &mbedtls_sha256_starts_ret;
constexpr auto update = &mbedtls_sha256_update_ret;
constexpr auto finish = &mbedtls_sha256_finish_ret;
#endif

/// SHA-256 whose context is wiped afterwards. Mbed TLS's own HMAC needs a heap.
class sha256 {
 public:
  sha256() noexcept {
    mbedtls_sha256_init(&context_);
    (void)starts(&context_, 0);
  }
  sha256(const sha256&) = delete;
  sha256& operator=(const sha256&) = delete;
  ~sha256() { mbedtls_sha256_free(&context_); }

  void add(const void* bytes, std::size_t count) noexcept {
    (void)update(&context_, static_cast<const unsigned char*>(bytes), count);
  }
  [[nodiscard]] hmac_tag digest() noexcept {
    hmac_tag made{};
    (void)finish(&context_, made.data());
    return made;
  }

 private:
  mbedtls_sha256_context context_;
};

/// The key, padded to a block, with every byte XORed with `pad`.
std::array<std::uint8_t, block_bytes> padded(const hmac_key& key, std::uint8_t pad) noexcept {
  std::array<std::uint8_t, block_bytes> block;
  block.fill(pad);
  for (std::size_t i = 0; i < key.size(); ++i) block[i] = static_cast<std::uint8_t>(key[i] ^ pad);
  return block;
}

}  // namespace

hmac_tag hmac_sha256(const hmac_key& key, std::span<const std::string_view> parts) noexcept {
  sha256 inner;
  const auto inner_key = padded(key, 0x36);
  inner.add(inner_key.data(), inner_key.size());
  for (const std::string_view part : parts) inner.add(part.data(), part.size());
  const hmac_tag digest = inner.digest();

  sha256 outer;
  const auto outer_key = padded(key, 0x5C);
  outer.add(outer_key.data(), outer_key.size());
  outer.add(digest.data(), digest.size());
  return outer.digest();
}

}  // namespace musubi::net
