#pragma once
/// Whether a class has a member of some name, whatever its form. What the library would call, but
/// cannot because it was written with other parameters or is private, is then an error instead of
/// being passed over in silence.

#include <type_traits>

namespace musubi::detail {

/// Where both have a member of one name, that name is ambiguous: it cannot be said.
template <class T, class Name>
struct doubly_named : T, Name {};

/// `Name` is a struct with a member of that name, and `said<U>`: whether `&U::name` can be.
template <class T, class Name>
consteval bool has_member() {
  if constexpr (!std::is_class_v<T> || std::is_final_v<T>) {
    return false;  // a final class cannot be asked
  } else {
    return !Name::template said<doubly_named<T, Name>>;
  }
}

struct mount_name {
  int mount;
  template <class U>
  static constexpr bool said = requires {
    &U::mount;
  };
};
struct init_name {
  int init;
  template <class U>
  static constexpr bool said = requires {
    &U::init;
  };
};
struct handle_async_name {
  int handle_async;
  template <class U>
  static constexpr bool said = requires {
    &U::handle_async;
  };
};
struct terminate_name {
  int terminate;
  template <class U>
  static constexpr bool said = requires {
    &U::terminate;
  };
};
struct load_session_name {
  int load_session;
  template <class U>
  static constexpr bool said = requires {
    &U::load_session;
  };
};
struct handle_connect_name {
  int handle_connect;
  template <class U>
  static constexpr bool said = requires {
    &U::handle_connect;
  };
};
struct handle_join_name {
  int handle_join;
  template <class U>
  static constexpr bool said = requires {
    &U::handle_join;
  };
};

}  // namespace musubi::detail
