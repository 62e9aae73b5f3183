#pragma once
#include <stdint.h>

#ifdef __cplusplus
extern "C"
#endif
    uint32_t
    get_rand_32(void);
