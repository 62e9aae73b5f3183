#pragma once

#define LWIP_RAND() get_rand_32()
#include <pico/rand.h>

typedef int sys_prot_t;
