// A socket on which there is nothing to mount.
// expect: musubi: a socket declares at least one root

#include <musubi/host/host.hpp>

struct socket {
  using roots = musubi::roots<>;
};

static_assert(musubi::detail::root_table<socket, socket::roots>::page_bytes != 0);
