// Two roots that clients could not tell apart.
// expect: musubi: two roots have the same module

#include <musubi/host/host.hpp>

struct one {
  static constexpr std::string_view module = "Store";
  struct State {};
  State render(const musubi::context&) const { return {}; }
};
struct other : one {};
struct socket {
  using roots = musubi::roots<one, other>;
};

static_assert(musubi::detail::root_table<socket, socket::roots>::page_bytes != 0);
