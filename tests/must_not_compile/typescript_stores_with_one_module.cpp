// A child and a root that TypeScript could not tell apart.
// expect: musubi: two of these stores have the same module

#include <musubi/typescript/bundle.hpp>

template <class... Stores>
struct roots {};
struct valve {
  static constexpr std::string_view module = "Home";
  struct State {};
};
struct home {
  static constexpr std::string_view module = "Home";
  struct State {
    musubi::child<valve> kitchen;
  };
};

constexpr auto text = musubi::typescript::bundle<roots<home>>;
