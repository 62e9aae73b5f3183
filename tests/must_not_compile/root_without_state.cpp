// A root with nothing to see.
// expect: musubi: a store has a public struct State: what the browser sees

#include <musubi/page/root_page.hpp>

struct store {
  static constexpr std::string_view module = "Store";
};
struct socket {};

static_assert(sizeof(musubi::root_page<store, socket>) != 0);
