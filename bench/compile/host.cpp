// The header of a host on an operating system, and nothing else.
#include <musubi/asio/host.hpp>
