/* memcpy and its kin in few bytes: those of newlib for Cortex-M are unrolled, and take a kilobyte.
   Copying, which frames need, goes by words where it can; all else by bytes. Weak: a system that
   has its own uses those. Compiled without link-time optimisation, which calls these functions only
   after it has looked for them. */
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#if defined(__ARM_FEATURE_UNALIGNED)
typedef struct __attribute__((packed, may_alias)) {
  uint32_t bytes;
} word;
static inline bool by_words(const void* to, const void* from) {
  (void)to;
  (void)from;
  return true;
}
#else
typedef struct __attribute__((may_alias)) {
  uint32_t bytes;
} word;
static inline bool by_words(const void* to, const void* from) {
  return (((uintptr_t)to | (uintptr_t)from) % sizeof(word)) == 0;
}
#endif

__attribute__((weak)) void* memmove(void* to, const void* from, size_t size) {
  unsigned char* at = (unsigned char*)to;
  const unsigned char* source = (const unsigned char*)from;
  if ((uintptr_t)at - (uintptr_t)source < size) { /* the end of `from` would be overwritten */
    while (size-- != 0) at[size] = source[size];
    return to;
  }
  if (by_words(to, from)) {
    for (; size >= sizeof(word); size -= sizeof(word)) {
      *(word*)(void*)at = *(const word*)(const void*)source;
      at += sizeof(word);
      source += sizeof(word);
    }
  }
  while (size-- != 0) *at++ = *source++;
  return to;
}

__attribute__((weak)) void* memcpy(void* to, const void* from, size_t size) {
  return memmove(to, from, size);
}

__attribute__((weak)) void* memset(void* to, int value, size_t size) {
  unsigned char* at = (unsigned char*)to;
  while (size-- != 0) *at++ = (unsigned char)value;
  return to;
}

__attribute__((weak)) int memcmp(const void* left, const void* right, size_t size) {
  const unsigned char* a = (const unsigned char*)left;
  const unsigned char* b = (const unsigned char*)right;
  for (; size != 0; --size, ++a, ++b) {
    if (*a != *b) return *a - *b;
  }
  return 0;
}

__attribute__((weak)) void* memchr(const void* in, int byte, size_t size) {
  const unsigned char* at = (const unsigned char*)in;
  for (; size != 0; --size, ++at) {
    if (*at == (unsigned char)byte) return (void*)(uintptr_t)at;
  }
  return NULL;
}

__attribute__((weak)) size_t strlen(const char* text) {
  const char* end = text;
  while (*end != '\0') ++end;
  return (size_t)(end - text);
}
