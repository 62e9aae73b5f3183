// The header of a host defines all functions of a context.

#define HOST_HEADER <musubi/asio/host.hpp>
#include "every_call.hpp"

template class musubi::asio::host<browser>;
