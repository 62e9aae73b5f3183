#pragma once
/// ECDSA signatures with the curve P-256 (FIPS 186-4).

#include <array>
#include <cstdint>
#include <span>

#include <musubi/update/sha256.hpp>

namespace musubi::update {

/// The public half of a key pair: x and y, big-endian. `scripts/sign-firmware public` prints it.
using public_key = std::array<std::uint8_t, 64>;

/// Whether the owner of `key` signed this digest. `signature` is r and s, big-endian. Takes some
/// hundred milliseconds on a microcontroller, and about 6 KB: on boards of a static region, while
/// it runs; elsewhere of the heap.
[[nodiscard]] bool is_signed(const sha256_digest& digest,
                             std::span<const std::uint8_t, 64> signature,
                             const public_key& key) noexcept;

}  // namespace musubi::update
