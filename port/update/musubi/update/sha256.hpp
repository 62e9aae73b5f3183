#pragma once
/// SHA-256 of bytes that come in pieces.

#include <array>
#include <cstddef>
#include <cstdint>
#include <mbedtls/sha256.h>
#include <span>

namespace musubi::update {

using sha256_digest = std::array<std::uint8_t, 32>;

/// Hashes what it is given, in order.
class sha256 {
 public:
  sha256() noexcept;
  sha256(const sha256&) = delete;
  sha256& operator=(const sha256&) = delete;
  ~sha256();

  /// Begins anew.
  void restart() noexcept;
  void add(std::span<const std::byte> bytes) noexcept;
  /// The digest of all bytes since the beginning. Call `restart` before the next `add`.
  [[nodiscard]] sha256_digest digest() noexcept;

 private:
  mbedtls_sha256_context context_;
};

}  // namespace musubi::update
