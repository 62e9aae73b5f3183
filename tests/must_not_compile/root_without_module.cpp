// A root that clients could not name. (contract section 5.1)
// expect: musubi: a root store names its module

#include <musubi/page/root_page.hpp>

struct store {
  struct State {
    int number;
  };
  State render(const musubi::context&) const { return {}; }
};
struct socket {};

static_assert(sizeof(musubi::root_page<store, socket>) != 0);
