#include <mbedtls/version.h>

#include <musubi/update/sha256.hpp>

namespace musubi::update {

namespace {

#if MBEDTLS_VERSION_NUMBER >= 0x03000000
constexpr auto starts = &mbedtls_sha256_starts;
constexpr auto add_bytes = &mbedtls_sha256_update;
constexpr auto finish = &mbedtls_sha256_finish;
#else
constexpr auto starts = &mbedtls_sha256_starts_ret;
constexpr auto add_bytes = &mbedtls_sha256_update_ret;
constexpr auto finish = &mbedtls_sha256_finish_ret;
#endif

}  // namespace

// With software SHA-256 these calls cannot fail; hardware that fails leaves a digest that matches
// no image.

sha256::sha256() noexcept {
  mbedtls_sha256_init(&context_);
  restart();
}

sha256::~sha256() {
  mbedtls_sha256_free(&context_);
}

void sha256::restart() noexcept {
  (void)starts(&context_, 0);
}

void sha256::add(std::span<const std::byte> bytes) noexcept {
  (void)add_bytes(&context_, reinterpret_cast<const unsigned char*>(bytes.data()), bytes.size());
}

sha256_digest sha256::digest() noexcept {
  sha256_digest made{};
  (void)finish(&context_, made.data());
  return made;
}

}  // namespace musubi::update
