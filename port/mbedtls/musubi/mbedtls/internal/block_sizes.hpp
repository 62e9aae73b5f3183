#pragma once
/// The blocks that Mbed TLS gets.

#include <array>
#include <cstddef>

#include <musubi/memory/internal/block_heap.hpp>
#include <musubi/memory/internal/round_up.hpp>

namespace musubi::mbedtls::detail {

/// Header, nonce and tag around a record's content, as Mbed TLS reserves them.
inline constexpr std::size_t record_overhead = 64;
inline constexpr std::size_t receive_block =
    round_up(MUSUBI_MBEDTLS_RECEIVED_RECORD_BYTES + record_overhead);
inline constexpr std::size_t send_block =
    round_up(MUSUBI_MBEDTLS_SENT_RECORD_BYTES + record_overhead);

/// The sizes of blocks, without their heads: two for each power of two, and those of the buffers.
inline constexpr std::array<std::size_t, 14> block_sizes = [] {
  std::array<std::size_t, 14> all{16, 32, 48, 64, 96, 128, 192, 256, 384, 512, 768, 1024};
  all[12] = send_block < receive_block ? send_block : receive_block;
  all[13] = send_block < receive_block ? receive_block : send_block;
  return all;
}();

/// Mbed TLS's memory.
using heap = block_heap<block_sizes>;

/// More than tests/unit/mbedtls/memory_test.cpp and the firmware find, the buffers apart.
inline constexpr std::size_t of_words = sizeof(void*) / 4;
inline constexpr std::size_t connection_bytes =
    receive_block + send_block + 2 * sizeof(heap::head) + 2560 * of_words;
inline constexpr std::size_t handshake_bytes = 4096 * of_words;
inline constexpr std::size_t identity_bytes = 2048 * of_words;

}  // namespace musubi::mbedtls::detail
