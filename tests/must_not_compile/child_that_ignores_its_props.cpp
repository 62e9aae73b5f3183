// Props that would be passed to nobody. (contract section 5.1)
// expect: musubi: a child that has Props gets them in a public member `Props props;`, or

#include <musubi/page/root_page.hpp>

struct line {
  static constexpr std::string_view module = "App.Line";
  struct Props {
    int number;
  };
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
