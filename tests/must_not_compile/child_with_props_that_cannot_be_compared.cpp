// Props of which nobody can tell whether they changed.
// expect: musubi: props are compared with those passed before; give this type an

#include <musubi/page/root_page.hpp>

struct line {
  static constexpr std::string_view module = "App.Line";
  struct scale {
    explicit scale(int of) : by(of) {}
    int by;
  };
  struct Props {
    scale drawn{1};
  };
  struct State {
    int number;
  };
  Props props;
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
