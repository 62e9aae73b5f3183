/* Included before wslay's sources. Replaces the heap, and defines the byte order functions that
   newlib lacks. */
#pragma once

#include <stdint.h>
#include <stdlib.h>

void* musubi_wslay_allocate(size_t bytes);
void musubi_wslay_release(void* block);

#define malloc musubi_wslay_allocate
#define free musubi_wslay_release

#if __BYTE_ORDER__ == __ORDER_BIG_ENDIAN__
#define WORDS_BIGENDIAN 1
static inline uint32_t ntohl(uint32_t value) {
  return value;
}
static inline uint16_t ntohs(uint16_t value) {
  return value;
}
#else
static inline uint32_t ntohl(uint32_t value) {
  return __builtin_bswap32(value);
}
static inline uint16_t ntohs(uint16_t value) {
  return __builtin_bswap16(value);
}
#endif
#define htonl ntohl
#define htons ntohs
