// Stores and structs that TypeScript could not name.

#include <musubi/typescript/bundle.hpp>

template <class... Stores>
struct roots {};

// mistake: a child and a root of one name
// expect: musubi: two of these stores have the same module; rename one of them
// names: valve, home
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
constexpr auto stores = musubi::typescript::bundle<roots<home>>;

// mistake: two structs of one name
// expect: musubi: two of the structs on the wire have the same module; rename one of them
// names: inside, outside
struct inside {
  static constexpr std::string_view module = "Home.Reading";
};
struct outside {
  static constexpr std::string_view module = "Home.Reading";
};
struct house {
  static constexpr std::string_view module = "House";
  struct State {
    inside in;
    outside out;
  };
};
constexpr auto structs = musubi::typescript::bundle<roots<house>>;

// mistake: a struct whose module cannot be the name of an interface
// expect: musubi: the module of a struct becomes namespaces and an interface of TypeScript
// names: reading
struct reading {
  static constexpr std::string_view module = "home-reading";
};
struct flat {
  static constexpr std::string_view module = "Flat";
  struct State {
    reading last;
  };
};
constexpr auto interfaces = musubi::typescript::bundle<roots<flat>>;
