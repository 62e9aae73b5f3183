// A literal that is longer than the text.
// expect: deleted
// expect: text<4>

#include <musubi/memory/text.hpp>

const musubi::text<4> name = "kitchen";
