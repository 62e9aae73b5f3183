// What a header of stores includes, and nothing else.
#include <musubi/page/context.hpp>
#include <musubi/store/child.hpp>
#include <musubi/store/commands.hpp>
