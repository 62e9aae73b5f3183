// What a header of stores includes, and nothing else.
#include <musubi/musubi.hpp>
