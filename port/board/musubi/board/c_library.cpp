/// What the C library requires. There is no heap: _sbrk fails, and malloc with it.

#include <cstddef>

extern "C" {

[[noreturn]] void abort();

void* _sbrk(std::ptrdiff_t) {
  return reinterpret_cast<void*>(-1);
}
[[noreturn]] void _exit(int) {
  abort();
}
[[noreturn]] void __cxa_pure_virtual() {
  abort();
}
}
