#pragma once
/// The commands of a store: their names and handlers.
///
/// A command is a struct whose fields are its payload. Its name on the wire is the struct's name in
/// snake_case (`SetTarget` -> "set_target"), or its own `static constexpr std::string_view name`.
/// A nested `Reply` struct is its reply; without one the reply is `{}`. The store handles it with
/// one of
///
///     musubi::status handle(const SetTarget&, musubi::context&);
///     musubi::result<Reboot::Reply> handle(const Reboot&, musubi::context&);
///     musubi::task<musubi::status> handle(const Calibrate&, musubi::context&);
///     musubi::task<musubi::result<Average::Reply>> handle(const Average&, musubi::context&);
///
/// A command that not everybody may send says what it needs: `static constexpr auto needs = x;`. So
/// does an upload. In a store, it is for all commands and uploads of this store that say nothing.
/// Before a payload is read, the page asks `unmet(x, const musubi::context&)`, found beside the
/// type of `x`, for what the visitor lacks. Unless that is empty, the command is refused as
/// `{"reason":"forbidden","expected":…}`. See access/role.hpp for a ready `x`.

#include <array>
#include <cstddef>
#include <type_traits>

#include <musubi/async/task.hpp>
#include <musubi/memory/status.hpp>
#include <musubi/schema/codec_record.hpp>
#include <musubi/schema/field_names.hpp>

namespace musubi {

class context;

/// The commands of a store, as `using commands = musubi::commands<SetTarget, Reboot>;`.
template <class... Commands>
struct commands {};

namespace detail {

constexpr bool upper(char c) {
  return c >= 'A' && c <= 'Z';
}

/// "SetTarget" -> "set_target", "ResetHTTPCounters" -> "reset_http_counters".
template <class T>
inline constexpr auto snake_case_name = [] {
  constexpr std::string_view name = type_name<T>();
  sentence<name.size() * 2> made;
  for (std::size_t i = 0; i < name.size(); ++i) {
    const char c = name[i];
    if (upper(c)) {
      const bool after_lower = i > 0 && !upper(name[i - 1]) && name[i - 1] != '_';
      const bool ends_acronym =
          i > 0 && upper(name[i - 1]) && i + 1 < name.size() && !upper(name[i + 1]);
      if (after_lower || ends_acronym) made.add("_");
      const char lower = static_cast<char>(c - 'A' + 'a');
      made.add({&lower, 1});
    } else {
      made.add({&c, 1});
    }
  }
  return made;
}();

/// Declares its own wire name; a payload field called `name` does not count.
template <class Command>
concept names_itself = requires {
  typename std::bool_constant<std::string_view(Command::name).empty()>;
};

template <class Command>
inline constexpr std::string_view command_name = [] {
  if constexpr (names_itself<Command>) {
    return std::string_view(Command::name);
  } else {
    return snake_case_name<Command>.view();
  }
}();

struct by_command_name {
  template <class Command>
  static constexpr std::string_view of = command_name<Command>;
};

/// Declares what it needs; a payload field called `needs` does not count.
template <class T>
concept declares_needs = requires {
  &T::needs;
  requires !std::is_member_pointer_v<decltype(&T::needs)>;
};

/// A command's `Reply`, or an empty struct.
struct empty_reply {};
template <class Command>
struct reply_of {
  using type = empty_reply;
};
template <class Command>
requires requires {
  typename Command::Reply;
}
struct reply_of<Command> {
  using type = typename Command::Reply;
};

/// The result type of a handler, after awaiting a task.
template <class T>
struct settled {
  using type = T;
};
template <class T>
struct settled<task<T>> {
  using type = typename task<T>::yielded;
};

template <class Store, class Command>
concept handles = requires(Store store, const Command& command, context& ctx) {
  store.handle(command, ctx);
};

template <class Store, class Command>
using handled = decltype(std::declval<Store&>().handle(std::declval<const Command&>(),
                                                       std::declval<context&>()));

/// The `commands` of a store, or none.
template <class Store>
struct commands_of {
  using type = commands<>;
};
template <class Store>
requires requires {
  typename Store::commands;
}
struct commands_of<Store> {
  using type = typename Store::commands;
};

}  // namespace detail
}  // namespace musubi
