// The header of a host defines all functions of a context.

#define HOST_HEADER <musubi/memory_port/host.hpp>
#include "every_call.hpp"

template class musubi::memory_port::host<browser>;
