// A mount that would never be called.
// expect: musubi: a store's mount is

#include <musubi/page/root_page.hpp>

struct store {
  static constexpr std::string_view module = "App.Store";
  struct State {
    int number;
  };
  musubi::status mount() { return {}; }
  State render(const musubi::context&) const { return {}; }
};
struct socket {};

template class musubi::root_page<store, socket>;
