// How much of a buffer is text is for its owner to say.
// expect: deleted

#include <musubi/memory/text.hpp>

musubi::text<16> name() {
  char buffer[16] = "kitchen";
  return musubi::text<16>(buffer);
}
