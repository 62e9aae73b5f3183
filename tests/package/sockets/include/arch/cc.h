#pragma once

#define LWIP_RAND() 4
#define LWIP_TIMEVAL_PRIVATE 0
#include <sys/time.h>
