// Only the header of a host on an operating system.
#include <musubi/asio/host.hpp>
