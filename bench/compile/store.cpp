// Only the header for stores.
#include <musubi/musubi.hpp>
