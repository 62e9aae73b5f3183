#if defined(MUSUBI_ECDSA_OF_TLS)
#include <musubi/mbedtls/internal/library.hpp>
#include <musubi/mbedtls/memory.hpp>
#endif

#include <mbedtls/ecdsa.h>
#include <mbedtls/ecp.h>
#if defined(MBEDTLS_MEMORY_BUFFER_ALLOC_C)
#include <mbedtls/memory_buffer_alloc.h>
#endif

#include <cstddef>

#include <musubi/update/signature.hpp>

namespace musubi::update {

namespace {

/// Mbed TLS allocates its big integers. Without a heap, they come from a region with room for one
/// verification.
#if defined(MUSUBI_ECDSA_OF_TLS)
class number_memory {
  alignas(std::max_align_t) static inline std::byte region[6 * 1024];
  mbedtls::memory_interlude only_{region};
};
#elif defined(MBEDTLS_MEMORY_BUFFER_ALLOC_C)
class number_memory {
 public:
  number_memory() noexcept { mbedtls_memory_buffer_alloc_init(region, sizeof region); }
  number_memory(const number_memory&) = delete;
  number_memory& operator=(const number_memory&) = delete;
  ~number_memory() { mbedtls_memory_buffer_alloc_free(); }

 private:
  static inline unsigned char region[6 * 1024];
};
#else
struct number_memory {};
#endif

/// The numbers of one verification.
class numbers {
 public:
  numbers() noexcept {
    mbedtls_ecp_group_init(&group);
    mbedtls_ecp_point_init(&key);
    mbedtls_mpi_init(&r);
    mbedtls_mpi_init(&s);
  }
  numbers(const numbers&) = delete;
  numbers& operator=(const numbers&) = delete;
  ~numbers() {
    mbedtls_mpi_free(&s);
    mbedtls_mpi_free(&r);
    mbedtls_ecp_point_free(&key);
    mbedtls_ecp_group_free(&group);
  }

  mbedtls_ecp_group group;
  mbedtls_ecp_point key;
  mbedtls_mpi r, s;
};

}  // namespace

bool is_signed(const sha256_digest& digest, std::span<const std::uint8_t, 64> signature,
               const public_key& key) noexcept {
  [[maybe_unused]] const number_memory memory;
  numbers with;
  std::array<std::uint8_t, 65> point{4};  // uncompressed
  for (std::size_t i = 0; i < key.size(); ++i) point[i + 1] = key[i];
  return mbedtls_ecp_group_load(&with.group, MBEDTLS_ECP_DP_SECP256R1) == 0 &&
         mbedtls_ecp_point_read_binary(&with.group, &with.key, point.data(), point.size()) == 0 &&
         mbedtls_ecp_check_pubkey(&with.group, &with.key) == 0 &&
         mbedtls_mpi_read_binary(&with.r, signature.data(), 32) == 0 &&
         mbedtls_mpi_read_binary(&with.s, signature.data() + 32, 32) == 0 &&
         mbedtls_ecdsa_verify(&with.group, digest.data(), digest.size(), &with.key, &with.r,
                              &with.s) == 0;
}

}  // namespace musubi::update
