// What a header of stores includes, and nothing else.
#include <musubi/store/child.hpp>
#include <musubi/store/commands.hpp>
#include <musubi/store/context.hpp>
