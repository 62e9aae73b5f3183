// A child that its generated types could not name. (contract section 5.1)
// expect: musubi: a child store names its module

#include <musubi/page/root_page.hpp>

struct line {
  struct State {
    int number;
  };
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
