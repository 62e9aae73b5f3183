#include <cstring>
#include <utility>

#include <musubi/mbedtls/internal/library.hpp>
#include <musubi/mbedtls/memory.hpp>
#include <musubi/memory/internal/fault.hpp>

namespace musubi::mbedtls {

namespace {
constinit detail::heap* given = nullptr;
}

static_assert(MBEDTLS_SSL_IN_BUFFER_LEN <= detail::receive_block &&
              MBEDTLS_SSL_OUT_BUFFER_LEN <= detail::send_block);

memory::~memory() {
  if (given == &heap_) given = nullptr;
}

bool memory::give(std::span<std::byte> region) noexcept {
  if (given != nullptr) return false;
  given = &heap_;
  heap_.add(region.data(), region.size());
  return true;
}

memory_interlude::memory_interlude(std::span<std::byte> region) noexcept
    : before_(std::exchange(given, &heap_)) {
  heap_.add(region.data(), region.size());
}

memory_interlude::~memory_interlude() {
  given = before_;
}

pool_metrics memory::use() noexcept {
  if (given == nullptr) return {.name = "tls_memory", .block_bytes = 1};
  const detail::heap& heap = *given;
  return {.name = "tls_memory",
          .block_bytes = 1,
          .capacity = static_cast<std::uint32_t>(heap.bytes()),
          .used = static_cast<std::uint32_t>(heap.used()),
          .high_water = static_cast<std::uint32_t>(heap.high_water()),
          .failures = static_cast<std::uint32_t>(heap.failures())};
}

void* memory::allocate(std::size_t bytes) noexcept {
  if (given == nullptr || bytes == 0 || fault::strikes()) return nullptr;
  void* const block = given->allocate(bytes);
  if (block != nullptr) std::memset(block, 0, bytes);
  return block;
}

void memory::deallocate(void* block) noexcept {
  if (given != nullptr && block != nullptr) given->deallocate(block);
}

}  // namespace musubi::mbedtls

void* musubi_mbedtls_calloc(size_t count, size_t bytes) {
  size_t all = 0;
  if (__builtin_mul_overflow(count, bytes, &all)) return nullptr;
  return musubi::mbedtls::memory::allocate(all);
}

void musubi_mbedtls_free(void* memory) {
  musubi::mbedtls::memory::deallocate(memory);
}
