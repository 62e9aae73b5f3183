#pragma once
#include <stdint.h>

#ifdef __cplusplus
extern "C" {
#endif
typedef uint64_t absolute_time_t;
void stdio_init_all(void);
uint64_t time_us_64(void);
static inline absolute_time_t from_us_since_boot(uint64_t microseconds) {
  return microseconds;
}
#ifdef __cplusplus
}
#endif
