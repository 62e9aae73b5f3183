// Files that nobody would take.
// expect: musubi: an upload of this store goes nowhere; add

#include <musubi/page/root_page.hpp>

struct store {
  static constexpr std::string_view module = "App.Store";
  struct State {
    int number;
  };
  struct Avatar {
    static constexpr auto accept = musubi::any_file;
  };
  using uploads = musubi::uploads<Avatar>;
  State render() const { return {}; }
};
struct socket {};

template class musubi::root_page<store, socket>;
