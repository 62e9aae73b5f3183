// A stream whose place in the tree would move. (contract section 5.7)
// expect: musubi: a stream is a field of the State or of a struct in it; lists, optionals

#include <musubi/page/root_page.hpp>

struct entry {
  int id;
};
struct store {
  static constexpr std::string_view module = "App.Store";
  struct State {
    musubi::list<musubi::stream<entry>, 2> logs;
  };
  State render(const musubi::context&) const { return {}; }
};
struct socket {};

template class musubi::root_page<store, socket>;
