// More values than there is room for.
// expect: constraints not satisfied

#include <musubi/memory/list.hpp>

const musubi::list<int, 2> numbers{1, 2, 3};
