// The header of a host defines all functions of a context.

#define HOST_HEADER <musubi/posix/host.hpp>
#include "every_call.hpp"

template class musubi::posix::host_in<browser>;
