// A reason outlives whoever gave it: only a literal does that.
// expect: literal

#include <string>

#include <musubi/memory/status.hpp>

musubi::status refused(const std::string& why) {
  return musubi::refuse(why);
}
