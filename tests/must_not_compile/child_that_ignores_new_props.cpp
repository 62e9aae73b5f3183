// Props that are taken once, and never again.
// expect: musubi: a child whose Props may change gets them in a public member

#include <musubi/page/root_page.hpp>

struct line {
  static constexpr std::string_view module = "App.Line";
  struct Props {
    int number;
  };
  struct State {
    int number;
  };
  void init(const Props&, musubi::context&) {}
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
