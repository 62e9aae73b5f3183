#pragma once
/// Makes keys and signed images, as scripts/sign-firmware does.

#define MBEDTLS_ALLOW_PRIVATE_ACCESS  // to the parts of a key, in Mbed TLS 3
#include <algorithm>
#include <array>
#include <cstddef>
#include <cstdint>
#include <mbedtls/ecdsa.h>
#include <mbedtls/ecp.h>
#include <random>
#include <span>
#include <string_view>
#include <vector>

#include <musubi/update/image.hpp>
#include <musubi/update/internal/little_endian.hpp>

namespace musubi::update::test {

/// The owner of a key pair, made when it is constructed.
class a_maker {
 public:
  explicit a_maker(unsigned seed = 1) : random_(seed) {
    mbedtls_ecdsa_init(&pair_);
    made_ = mbedtls_ecdsa_genkey(&pair_, MBEDTLS_ECP_DP_SECP256R1, &draw, &random_) == 0;
  }
  a_maker(const a_maker&) = delete;
  a_maker& operator=(const a_maker&) = delete;
  ~a_maker() { mbedtls_ecdsa_free(&pair_); }

  [[nodiscard]] public_key key() {
    std::array<unsigned char, 65> point{};
    std::size_t size = 0;
    made_ =
        made_ && mbedtls_ecp_point_write_binary(&pair_.grp, &pair_.Q, MBEDTLS_ECP_PF_UNCOMPRESSED,
                                                &size, point.data(), point.size()) == 0;
    public_key made{};
    std::copy_n(point.begin() + 1, made.size(), made.begin());
    return made;
  }
  [[nodiscard]] bool well() const { return made_; }

  /// A signed image whose payload is `bytes` bytes of noise.
  [[nodiscard]] std::vector<std::byte> image(std::size_t bytes, std::uint32_t version,
                                             std::string_view build,
                                             std::string_view product = "lamp") {
    std::vector<std::byte> made(header_bytes + bytes);
    std::mt19937 noise(version);
    std::generate(made.begin() + header_bytes, made.end(),
                  [&] { return static_cast<std::byte>(noise()); });
    const std::string_view magic = "MUFW";
    std::copy_n(reinterpret_cast<const std::byte*>(magic.data()), 4, made.begin());
    made[4] = std::byte{1};
    made[7] = std::byte{1};  // 256
    write_number(&made[8], static_cast<std::uint32_t>(bytes));
    write_number(&made[12], version);
    std::copy_n(reinterpret_cast<const std::byte*>(product.data()), product.size(),
                made.begin() + 16);
    std::copy_n(reinterpret_cast<const std::byte*>(build.data()), build.size(), made.begin() + 48);
    sha256 hash;
    hash.add(std::span(made).subspan(header_bytes));
    const sha256_digest digest = hash.digest();
    std::copy_n(reinterpret_cast<const std::byte*>(digest.data()), digest.size(),
                made.begin() + 80);
    sign(made);
    return made;
  }
  /// Signs a changed header.
  void sign(std::vector<std::byte>& image) {
    sha256 hash;
    hash.add(std::span(image).first(192));
    const sha256_digest digest = hash.digest();
    mbedtls_mpi r, s;
    mbedtls_mpi_init(&r);
    mbedtls_mpi_init(&s);
    std::array<unsigned char, 64> written{};
    made_ = made_ &&
            mbedtls_ecdsa_sign(&pair_.grp, &r, &s, &pair_.d, digest.data(), digest.size(), &draw,
                               &random_) == 0 &&
            mbedtls_mpi_write_binary(&r, written.data(), 32) == 0 &&
            mbedtls_mpi_write_binary(&s, written.data() + 32, 32) == 0;
    mbedtls_mpi_free(&r);
    mbedtls_mpi_free(&s);
    std::copy_n(reinterpret_cast<const std::byte*>(written.data()), written.size(),
                image.begin() + 192);
  }

 private:
  /// Good enough for keys that last as long as a test.
  static int draw(void* from, unsigned char* into, std::size_t count) {
    auto& random = *static_cast<std::mt19937*>(from);
    std::generate(into, into + count, [&] { return static_cast<unsigned char>(random()); });
    return 0;
  }

  std::mt19937 random_;
  mbedtls_ecdsa_context pair_;
  bool made_ = false;
};

}  // namespace musubi::update::test
