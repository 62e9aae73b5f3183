#include "support/counting_allocator.hpp"

#include <atomic>
#include <cerrno>
#include <cstdlib>
#include <new>

#if defined(__has_feature)
#if __has_feature(address_sanitizer) || __has_feature(thread_sanitizer) || \
    __has_feature(memory_sanitizer)
#define MUSUBI_TEST_SANITIZER_HEAP 1
#endif
#endif
#if defined(__SANITIZE_ADDRESS__) || defined(__SANITIZE_THREAD__)
#define MUSUBI_TEST_SANITIZER_HEAP 1
#endif

namespace musubi::test {

namespace {

struct tally {
  std::size_t allocations = 0;
  std::size_t bytes = 0;
};

// constant-initialised: allocations come before any constructor has run
constinit std::atomic<std::size_t> all_allocations{0};
constinit std::atomic<std::size_t> all_bytes{0};
constinit thread_local tally own;
constinit thread_local bool trapped = false;

void count(std::size_t bytes) noexcept {
  if (trapped) std::abort();
  all_allocations.fetch_add(1, std::memory_order_relaxed);
  all_bytes.fetch_add(bytes, std::memory_order_relaxed);
  ++own.allocations;
  own.bytes += bytes;
}

tally read(heap_scope scope) noexcept {
  if (scope == heap_scope::this_thread) return own;
  return {all_allocations.load(std::memory_order_relaxed),
          all_bytes.load(std::memory_order_relaxed)};
}

}  // namespace

heap_watch::heap_watch(heap_scope scope) noexcept : scope_(scope) {
  reset();
}

void heap_watch::reset() noexcept {
  const tally now = read(scope_);
  allocations_ = now.allocations;
  bytes_ = now.bytes;
}

std::size_t heap_watch::allocations() const noexcept {
  return read(scope_).allocations - allocations_;
}

std::size_t heap_watch::bytes() const noexcept {
  return read(scope_).bytes - bytes_;
}

heap_trap::heap_trap() noexcept {
  trapped = true;
}
heap_trap::~heap_trap() {
  trapped = false;
}

}  // namespace musubi::test

#if defined(MUSUBI_TEST_SANITIZER_HEAP)

extern "C" int __sanitizer_install_malloc_and_free_hooks(void (*malloc_hook)(const volatile void*,
                                                                             std::size_t),
                                                         void (*free_hook)(const volatile void*));

namespace {
[[maybe_unused]] const int installed = __sanitizer_install_malloc_and_free_hooks(
    [](const volatile void*, std::size_t bytes) { musubi::test::count(bytes); },
    [](const volatile void*) {});
}  // namespace

#elif defined(__GLIBC__)

// The program's own definitions come before those of the C library, for every library in it. What
// they hand out is the C library's, so its `free` takes it back.
extern "C" {

void* __libc_malloc(std::size_t bytes);
void* __libc_calloc(std::size_t count, std::size_t bytes);
void* __libc_realloc(void* block, std::size_t bytes);
void* __libc_memalign(std::size_t alignment, std::size_t bytes);

void* malloc(std::size_t bytes) noexcept {
  musubi::test::count(bytes);
  return __libc_malloc(bytes);
}

void* calloc(std::size_t count, std::size_t bytes) noexcept {
  musubi::test::count(count * bytes);
  return __libc_calloc(count, bytes);
}

void* realloc(void* block, std::size_t bytes) noexcept {
  musubi::test::count(bytes);
  return __libc_realloc(block, bytes);
}

void* memalign(std::size_t alignment, std::size_t bytes) noexcept {
  musubi::test::count(bytes);
  return __libc_memalign(alignment, bytes);
}

void* aligned_alloc(std::size_t alignment, std::size_t bytes) noexcept {
  return memalign(alignment, bytes);
}

int posix_memalign(void** block, std::size_t alignment, std::size_t bytes) noexcept {
  *block = memalign(alignment, bytes);
  return *block == nullptr ? ENOMEM : 0;
}

}  // extern "C"

#else

void* operator new(std::size_t bytes) {
  musubi::test::count(bytes);
  if (void* block = std::malloc(bytes == 0 ? 1 : bytes)) return block;
  std::abort();
}
void operator delete(void* block) noexcept {
  std::free(block);
}
void operator delete(void* block, std::size_t) noexcept {
  std::free(block);
}

#endif
