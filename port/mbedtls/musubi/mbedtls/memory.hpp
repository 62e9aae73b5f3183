#pragma once
/// Mbed TLS's memory: a region that the program owns.

#include <cstddef>
#include <span>

#include <musubi/mbedtls/internal/block_sizes.hpp>
#include <musubi/memory/block_pool.hpp>

namespace musubi::mbedtls {

/// Gives Mbed TLS a region, and nothing else: it never uses the heap. There is one at a time in a
/// program, because Mbed TLS has one allocator. Its blocks have a few sizes and keep them, so that
/// connections that come and go do not fragment it. When it is used up, a connection fails, as
/// `failure::memory`.
class memory {
 public:
  constexpr memory() noexcept = default;
  ~memory();
  memory(const memory&) = delete;
  memory& operator=(const memory&) = delete;

  /// `region` is aligned for any type, and outlives this object. Returns false if another object
  /// has given one.
  [[nodiscard]] bool give(std::span<std::byte> region) noexcept;

  /// Its bytes: the most in use at once is what this program needs.
  [[nodiscard]] static pool_metrics use() noexcept;

  // --- for Mbed TLS ---
  [[nodiscard]] static void* allocate(std::size_t bytes) noexcept;
  static void deallocate(void* block) noexcept;

 private:
  detail::heap heap_;
};

/// While it lives, Mbed TLS takes its memory from another region: for work in between, such as
/// verifying a signature, which then needs nothing that connections could use up. That work gives
/// back all that it takes, and no connection acts meanwhile.
class memory_interlude {
 public:
  /// `region` is aligned for any type, and outlives this object.
  explicit memory_interlude(std::span<std::byte> region) noexcept;
  ~memory_interlude();
  memory_interlude(const memory_interlude&) = delete;
  memory_interlude& operator=(const memory_interlude&) = delete;

 private:
  detail::heap* const before_;
  detail::heap heap_;
};

}  // namespace musubi::mbedtls
