/* Adapts lwIP to this compiler. */
#pragma once

#define LWIP_NO_UNISTD_H 1
#define LWIP_NO_INTTYPES_H 1
#define LWIP_PLATFORM_DIAG(x)
#define LWIP_PLATFORM_ASSERT(x) \
  do {                          \
  } while (0)
#define LWIP_RAND() board_random()
#if defined(__arm__) /* an instruction, not a call */
#define lwip_htonl(word) __builtin_bswap32(word)
#define lwip_htons(half) __builtin_bswap16(half)
#endif

#ifdef __cplusplus
extern "C"
#endif
    unsigned
    board_random(void);
