// Two structs that TypeScript could not tell apart.
// expect: musubi: two of the structs on the wire have the same module

#include <musubi/typescript/bundle.hpp>

template <class... Stores>
struct roots {};
struct inside {
  static constexpr std::string_view module = "Home.Reading";
};
struct outside {
  static constexpr std::string_view module = "Home.Reading";
};
struct home {
  static constexpr std::string_view module = "Home";
  struct State {
    inside in;
    outside out;
  };
};

constexpr auto text = musubi::typescript::bundle<roots<home>>;
