#include <cstring>

#include <musubi/mbedtls/internal/library.hpp>
#include <musubi/mbedtls/memory.hpp>
#include <musubi/memory/internal/fault.hpp>

namespace musubi::mbedtls {

namespace {
constinit memory* given = nullptr;
}

static_assert(MBEDTLS_SSL_IN_BUFFER_LEN <= detail::receive_block &&
              MBEDTLS_SSL_OUT_BUFFER_LEN <= detail::send_block);

memory::~memory() {
  if (given == this) given = nullptr;
}

bool memory::give(std::span<std::byte> region) noexcept {
  if (given != nullptr) return false;
  given = this;
  heap_.add(region.data(), region.size());
  return true;
}

pool_metrics memory::use() noexcept {
  if (given == nullptr) return {.name = "tls_memory", .block_bytes = 1};
  const auto& heap = given->heap_;
  return {.name = "tls_memory",
          .block_bytes = 1,
          .capacity = static_cast<std::uint32_t>(heap.bytes()),
          .used = static_cast<std::uint32_t>(heap.used()),
          .high_water = static_cast<std::uint32_t>(heap.high_water()),
          .failures = static_cast<std::uint32_t>(heap.failures())};
}

void* memory::allocate(std::size_t bytes) noexcept {
  if (given == nullptr || bytes == 0 || fault::strikes()) return nullptr;
  void* const block = given->heap_.allocate(bytes);
  if (block != nullptr) std::memset(block, 0, bytes);
  return block;
}

void memory::deallocate(void* block) noexcept {
  if (given != nullptr && block != nullptr) given->heap_.deallocate(block);
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
