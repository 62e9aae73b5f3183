// An error that nobody looks at. (A warning, and the warnings of this project are errors.)
// expect: nodiscard

#include <musubi/memory/status.hpp>

#pragma GCC diagnostic error "-Wunused-result"

void carry_on() {
  musubi::refuse("no");
}
