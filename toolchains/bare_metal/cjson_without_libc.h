/* Included before cJSON.c. Makes it read numbers with Musubi's own converter, because strtod costs
   15 KB of flash, and gives it no heap. Musubi uses no function of cJSON that allocates; an
   application that does must provide memory first (cJSON_InitHooks). */
#pragma once

#include <stdlib.h>

double musubi_strtod(const char* text, char** end);

static inline void* musubi_no_memory(size_t bytes) {
  (void)bytes;
  return NULL;
}
static inline void* musubi_no_more_memory(void* block, size_t bytes) {
  (void)block;
  (void)bytes;
  return NULL;
}
static inline void musubi_no_free(void* block) {
  (void)block;
}

#define strtod musubi_strtod
#define malloc musubi_no_memory
#define realloc musubi_no_more_memory
#define free musubi_no_free
