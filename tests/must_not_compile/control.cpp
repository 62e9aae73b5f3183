// Right use compiles under the flags of these tests: a failure of the others is not one of the
// setup.

#include <string_view>

struct counter {
  static constexpr std::string_view module = "App.Counter";
};

static_assert(counter::module == "App.Counter");
