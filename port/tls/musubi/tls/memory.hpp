#pragma once
/// OpenSSL's memory, from a region that is allocated once.

#include <cstddef>
#include <cstdint>

#include <musubi/tls/guard.hpp>

namespace musubi::tls {

/// How much of the region is in use. Its blocks have a few sizes, and what was once a block of one
/// size stays one.
struct memory_use {
  std::uint64_t bytes = 0;       ///< the region's
  std::uint64_t taken = 0;       ///< of them those that were ever part of a block
  std::uint64_t used = 0;        ///< in blocks that OpenSSL has now
  std::uint64_t high_water = 0;  ///< the most of that so far
  std::uint64_t failures = 0;    ///< requests that found no room
};

/// A share of the region, for one host. There is one region in the process, because OpenSSL has one
/// allocator; it grows by what the first hosts reserve, and is never given back, since OpenSSL uses
/// it until the process ends. When it is used up, a connection fails, as `failure::memory`.
class memory {
 public:
  memory() noexcept = default;
  ~memory();
  memory(const memory&) = delete;
  memory& operator=(const memory&) = delete;

  /// Makes room for `cores` guards with these limits. Call before anything else uses OpenSSL, and
  /// once. Returns false if the process has no room, or if OpenSSL was used before: it then goes on
  /// with the heap.
  [[nodiscard]] bool reserve(const sizes& limit, unsigned cores) noexcept;
  /// The same, by bytes.
  [[nodiscard]] bool reserve(std::size_t bytes) noexcept;

  /// Of the whole process.
  [[nodiscard]] static memory_use use() noexcept;
  /// Bytes that one guard with these limits needs, and one certificate for all.
  [[nodiscard]] static std::size_t bytes(const sizes& limit) noexcept;

 private:
  std::size_t held_ = 0;
};

}  // namespace musubi::tls
