/* Atomic read-modify-write for cores that have no instructions for it (Cortex-M0 and M0+, RV32IMC,
   and of a byte on all of RISC-V): the compiler calls these functions by the names of GCC's
   libatomic, which such toolchains lack. Interrupts are masked for a few instructions, so they are
   atomic for one core and its interrupts. Weak: a system that has its own for several cores (Pico
   SDK) uses those. */
#include <stdbool.h>
#include <stdint.h>

#if defined(__riscv)
typedef uintptr_t interrupts;
static inline interrupts mask(void) {
  interrupts before;
  __asm__ volatile(".option push\n .option arch, +zicsr\n csrrci %0, mstatus, 8\n .option pop"
                   : "=r"(before)::"memory");
  return before & 8;
}
static inline void restore(interrupts before) {
  __asm__ volatile(
      ".option push\n .option arch, +zicsr\n csrs mstatus, %0\n .option pop" ::"r"(before)
      : "memory");
}
#elif defined(__arm__)
typedef uint32_t interrupts;
static inline interrupts mask(void) {
  interrupts before;
  __asm__ volatile("mrs %0, primask\n cpsid i" : "=r"(before)::"memory");
  return before;
}
static inline void restore(interrupts before) {
  __asm__ volatile("msr primask, %0" ::"r"(before) : "memory");
}
#else
#error "musubi: how this core masks interrupts is not known: add it here, or link libatomic"
#endif

/* The names belong to built-in functions, which cannot be defined by them. */
#define NAMED(name) __asm__(#name) __attribute__((weak, used))

#define OPERATION(size, type, name, result)                                                     \
  type name##_##size(volatile void* at, type value, int order) NAMED(__atomic_##name##_##size); \
  type name##_##size(volatile void* at, type value, int order) {                                \
    (void)order;                                                                                \
    volatile type* const word = at;                                                             \
    const interrupts before = mask();                                                           \
    const type old = *word;                                                                     \
    *word = (type)(result);                                                                     \
    restore(before);                                                                            \
    return old;                                                                                 \
  }

#define OPERATIONS(size, type)                                                                    \
  OPERATION(size, type, exchange, value)                                                          \
  OPERATION(size, type, fetch_add, old + value)                                                   \
  OPERATION(size, type, fetch_sub, old - value)                                                   \
  OPERATION(size, type, fetch_and, old& value)                                                    \
  OPERATION(size, type, fetch_or, old | value)                                                    \
  OPERATION(size, type, fetch_xor, old ^ value)                                                   \
  bool compare_exchange_##size(volatile void* at, void* expected, type desired, bool weak,        \
                               int success, int failure) NAMED(__atomic_compare_exchange_##size); \
  bool compare_exchange_##size(volatile void* at, void* expected, type desired, bool weak,        \
                               int success, int failure) {                                        \
    (void)weak;                                                                                   \
    (void)success;                                                                                \
    (void)failure;                                                                                \
    volatile type* const word = at;                                                               \
    type* const wanted = expected;                                                                \
    const interrupts before = mask();                                                             \
    const type old = *word;                                                                       \
    const bool same = old == *wanted;                                                             \
    if (same) *word = desired;                                                                    \
    restore(before);                                                                              \
    if (!same) *wanted = old;                                                                     \
    return same;                                                                                  \
  }

OPERATIONS(1, uint8_t)
OPERATIONS(2, uint16_t)
OPERATIONS(4, uint32_t)

bool test_and_set(volatile void* at, int order) NAMED(__atomic_test_and_set);
bool test_and_set(volatile void* at, int order) {
  return exchange_1(at, 1, order) != 0;
}
