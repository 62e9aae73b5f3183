// A child that would show nothing. (contract section 5.1)
// expect: musubi: a store has a public struct State: what the browser sees

#include <musubi/page/root_page.hpp>

struct line {
  static constexpr std::string_view module = "App.Line";
};
struct cart {
  static constexpr std::string_view module = "App.Cart";
  struct State {
    musubi::child<line> first;
  };
  State render(const musubi::context&) const { return {{"a"}}; }
};
struct socket {};

template class musubi::root_page<cart, socket>;
