// A gatekeeper that would never be asked.
// expect: musubi: a socket's handle_connect is

#include <musubi/host/host.hpp>

struct store {
  static constexpr std::string_view module = "App.Store";
  struct State {
    int number;
  };
  State render(const musubi::context&) const { return {}; }
};
struct gate {
  using roots = musubi::roots<store>;
  musubi::status handle_connect(const musubi::connect_info&) { return musubi::refuse("no"); }
};

template class musubi::detail::socket_connection<gate>;
