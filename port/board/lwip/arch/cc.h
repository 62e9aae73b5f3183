/* Adapts lwIP to this compiler. */
#pragma once

#define LWIP_NO_UNISTD_H 1
#define LWIP_NO_INTTYPES_H 1
#define LWIP_PLATFORM_DIAG(x)
#define LWIP_PLATFORM_ASSERT(x) \
  do {                          \
  } while (0)
#define LWIP_RAND() board_random()

#ifdef __cplusplus
extern "C"
#endif
    unsigned
    board_random(void);
