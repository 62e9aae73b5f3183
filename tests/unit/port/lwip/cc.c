#include "arch/cc.h"

#include <stdio.h>
#include <stdlib.h>

void musubi_test_lwip_assert(const char* what, const char* file, int line) {
  (void)fprintf(stderr, "%s:%d: lwIP: %s\n", file, line, what);
  abort();
}

unsigned musubi_test_lwip_random(void) {
  static unsigned state = 1;
  return state = state * 1664525U + 1013904223U;
}
