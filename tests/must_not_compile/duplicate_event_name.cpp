// Two events that a page could not tell apart. (contract section 9)
// expect: musubi: two events of one store have the same name

#include <musubi/page/root_page.hpp>

struct Toast {};
struct store {
  static constexpr std::string_view module = "App.Store";
  struct Toast {
    int number;
  };
  using events = musubi::events<Toast, ::Toast>;
  struct State {
    int number;
  };
  State render(const musubi::context&) const { return {}; }
};
struct socket {};

template class musubi::root_page<store, socket>;
