// A struct whose module cannot be the name of an interface.
// expect: musubi: the module of a struct becomes namespaces and an interface of TypeScript

#include <musubi/typescript/bundle.hpp>

template <class... Stores>
struct roots {};
struct reading {
  static constexpr std::string_view module = "home-reading";
};
struct home {
  static constexpr std::string_view module = "Home";
  struct State {
    reading last;
  };
};

constexpr auto text = musubi::typescript::bundle<roots<home>>;
