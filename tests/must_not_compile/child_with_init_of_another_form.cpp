// An init that would never be called.
// expect: musubi: a child's init is

#include <musubi/page/root_page.hpp>

struct line {
  static constexpr std::string_view module = "App.Line";
  struct State {
    int number;
  };
  void init(int) {}
  State render() const { return {1}; }
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
