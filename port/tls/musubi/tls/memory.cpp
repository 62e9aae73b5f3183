#include <array>
#include <cstddef>
#include <cstring>
#include <limits>
#include <mutex>
#include <new>
#include <openssl/crypto.h>

#include <musubi/memory/internal/block_heap.hpp>
#include <musubi/tls/internal/block_limit.hpp>
#include <musubi/tls/memory.hpp>

namespace musubi::tls {

namespace {

/// The sizes of blocks, without their heads: two for each power of two, and those of OpenSSL's
/// large buffers, one for a record and one for a message of the handshake. Each is a multiple of
/// what is aligned to, because a block is made where the one before it ends.
constexpr std::array<std::size_t, 30> block_sizes = [] {
  constexpr std::size_t record = 17408;
  constexpr std::size_t message = 22528;
  std::array<std::size_t, 30> all{};
  std::size_t power = 2 * alignof(std::max_align_t);
  for (std::size_t i = 0; i < all.size(); i += 2, power *= 2) {
    all[i] = power;
    all[i + 1] = power + power / 2;
    if (power < record && record < 2 * power) {
      all[i + 1] = record;
      all[i + 2] = message;
      all[i + 3] = power + power / 2;
      i += 2;
    }
  }
  return all;
}();

/// Any thread may call OpenSSL.
class region {
 public:
  bool add(std::size_t bytes) noexcept {
    auto* const fresh = static_cast<std::byte*>(::operator new(bytes, std::nothrow));
    if (fresh == nullptr) return false;
    const std::lock_guard lock(mutex_);
    heap_.add(fresh, bytes);
    return true;
  }
  void* allocate(std::size_t bytes) noexcept {
    if (!block_limit::allows(bytes)) return nullptr;
    const std::lock_guard lock(mutex_);
    return heap_.allocate(bytes);
  }
  void deallocate(void* memory) noexcept {
    const std::lock_guard lock(mutex_);
    heap_.deallocate(memory);
  }
  [[nodiscard]] static std::size_t size_of(void* memory) noexcept {
    return block_heap<block_sizes>::size_of(memory);
  }
  [[nodiscard]] memory_use use() noexcept {
    const std::lock_guard lock(mutex_);
    return {heap_.bytes(), heap_.taken(), heap_.used(), heap_.high_water(), heap_.failures()};
  }

 private:
  std::mutex mutex_;
  block_heap<block_sizes> heap_;
};

/// Never destroyed: OpenSSL frees what it has at the very end of the process.
region& all() noexcept {
  alignas(region) static std::byte room[sizeof(region)];
  static region& made = *new (room) region;
  return made;
}

void* allocate(std::size_t bytes, const char*, int) {
  return bytes == 0 ? nullptr : all().allocate(bytes);
}

void deallocate(void* memory, const char*, int) {
  if (memory != nullptr) all().deallocate(memory);
}

void* reallocate(void* memory, std::size_t bytes, const char*, int) {
  if (memory == nullptr) return allocate(bytes, nullptr, 0);
  if (bytes == 0) {
    deallocate(memory, nullptr, 0);
    return nullptr;
  }
  const std::size_t had = region::size_of(memory);
  if (bytes <= had) return memory;
  void* const fresh = all().allocate(bytes);
  if (fresh == nullptr) return nullptr;
  std::memcpy(fresh, memory, had);
  deallocate(memory, nullptr, 0);
  return fresh;
}

/// More than tests/unit/tls/memory_test.cpp finds. A connection: 16 KB while idle, a part of a
/// record that it has read, and one that it writes. A handshake: its message, keys, and the
/// certificate.
constexpr std::size_t library_bytes = std::size_t{2} << 20U;
constexpr std::size_t connection_bytes = std::size_t{54} << 10U;
constexpr std::size_t handshake_bytes = std::size_t{40} << 10U;

std::mutex reserving;
std::size_t reserved = 0;
std::size_t provided = 0;

}  // namespace

thread_local std::size_t block_limit::now = std::numeric_limits<std::size_t>::max();

memory::~memory() {
  const std::lock_guard lock(reserving);
  reserved -= held_;
}

std::size_t memory::bytes(const sizes& limit) noexcept {
  return connection_bytes * limit.connections + handshake_bytes * limit.handshakes;
}

bool memory::reserve(const sizes& limit, unsigned cores) noexcept {
  return reserve(library_bytes + cores * bytes(limit));
}

bool memory::reserve(std::size_t bytes) noexcept {
  const std::lock_guard lock(reserving);
  if (provided == 0 && CRYPTO_set_mem_functions(&allocate, &reallocate, &deallocate) != 1) {
    return false;
  }
  if (reserved + bytes > provided) {
    const std::size_t more = reserved + bytes - provided;
    if (!all().add(more)) return false;
    provided += more;
  }
  reserved += bytes;
  held_ += bytes;
  return true;
}

memory_use memory::use() noexcept {
  return all().use();
}

}  // namespace musubi::tls
