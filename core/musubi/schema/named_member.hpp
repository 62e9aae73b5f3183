#pragma once
/// Detects whether a class has a member of a given name, with any signature. A function that the
/// library would call but cannot, because it has other parameters or is private, becomes an error
/// instead of being ignored silently.

#include <type_traits>

namespace musubi::detail {

/// If both bases have a member of the same name, the name is ambiguous and cannot be used.
template <class T, class Name>
struct doubly_named : T, Name {};

/// `Name` is a struct with a member of that name, and with `said<U>`: whether `&U::name` compiles.
template <class T, class Name>
consteval bool has_member() {
  if constexpr (!std::is_class_v<T> || std::is_final_v<T>) {
    return false;  // a final class cannot be checked
  } else {
    return !Name::template said<doubly_named<T, Name>>;
  }
}

struct handle_name {
  int handle;
  template <class U>
  static constexpr bool said = requires {
    &U::handle;
  };
};
struct commands_name {
  int commands;
  template <class U>
  static constexpr bool said = requires {
    &U::commands;
  };
};
struct events_name {
  int events;
  template <class U>
  static constexpr bool said = requires {
    &U::events;
  };
};
struct uploads_name {
  int uploads;
  template <class U>
  static constexpr bool said = requires {
    &U::uploads;
  };
};
struct roots_name {
  int roots;
  template <class U>
  static constexpr bool said = requires {
    &U::roots;
  };
};
struct module_name {
  int module;
  template <class U>
  static constexpr bool said = requires {
    &U::module;
  };
};
struct state_name {
  int State;  // NOLINT(readability-identifier-naming): as users write it
  template <class U>
  static constexpr bool said = requires {
    &U::State;
  };
};
struct render_name {
  int render;
  template <class U>
  static constexpr bool said = requires {
    &U::render;
  };
};
struct update_name {
  int update;
  template <class U>
  static constexpr bool said = requires {
    &U::update;
  };
};
struct hooks_name {
  int hooks;
  template <class U>
  static constexpr bool said = requires {
    &U::hooks;
  };
};
struct read_name {
  int read;
  template <class U>
  static constexpr bool said = requires {
    &U::read;
  };
};
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
struct commands_need_name {
  int commands_need;
  template <class U>
  static constexpr bool said = requires {
    &U::commands_need;
  };
};
struct open_upload_name {
  int open_upload;
  template <class U>
  static constexpr bool said = requires {
    &U::open_upload;
  };
};
struct upload_external_name {
  int upload_external;
  template <class U>
  static constexpr bool said = requires {
    &U::upload_external;
  };
};
struct handle_progress_name {
  int handle_progress;
  template <class U>
  static constexpr bool said = requires {
    &U::handle_progress;
  };
};

}  // namespace musubi::detail
