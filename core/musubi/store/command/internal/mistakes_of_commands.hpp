#pragma once
/// Finds the mistakes in the commands of a store.

#include <musubi/mistake/command.hpp>

#include <type_traits>
#include <utility>

#include <musubi/schema/mistakes_of_fields.hpp>
#include <musubi/schema/named_list.hpp>
#include <musubi/schema/named_member.hpp>
#include <musubi/schema/some_struct.hpp>
#include <musubi/store/command/commands.hpp>

namespace musubi::detail {

// --- handlers of commands that are not in the list ---

template <class Store, class Command>
concept takes_command = requires(Store& store, const Command& command, context& ctx) {
  store.handle(command, ctx);
};

/// Converts to every command that is not listed, and reports each that a handler takes. Used when
/// it is known that there is one.
template <class Store, class... Listed>
struct told_command {
  template <class T>
  requires(other_struct<std::remove_const_t<T>, Listed...> &&
           sizeof(mistake::command_left_out<Store, std::remove_const_t<T>>) != 0)
  operator T&() const noexcept;
};
/// When completed, reports by name the commands that are handled but not listed.
template <class Store, class... Listed>
struct left_out_of_list {
  static_assert(requires(Store & store, context& ctx) {
    store.handle(told_command<Store, Listed...>(), ctx);
  } || true);
};

template <class Store, class... Listed, unsigned... Part>
consteval bool handles_more(std::integer_sequence<unsigned, Part...>) {
  return (takes_command<Store, some_struct<Part, Listed...>> || ...);
}
template <class Store, class... Listed>
consteval auto commands_left_out() {
  if constexpr (takes_command<Store, no_struct>) {
    return no_mistake;  // a template that handles any type
  } else if constexpr (handles_more<Store, Listed...>(all_parts{})) {
    return mistakes<left_out_of_list<Store, Listed...>>();
  } else {
    return no_mistake;
  }
}

// --- a command and its handler ---

template <class Store, class Command, class Answer>
consteval auto mistakes_of_answer() {
  if constexpr (requires { typename Command::Reply; }) {
    if constexpr (!std::is_same_v<Answer, result<typename Command::Reply>>) {
      return mistakes<mistake::handler_without_reply<Store, Command, Answer>>();
    } else {
      return no_mistake;
    }
  } else if constexpr (!std::is_same_v<Answer, status>) {
    return mistakes<mistake::handler_of_another_answer<Store, Command, Answer>>();
  } else {
    return no_mistake;
  }
}

template <class Store, class Command>
consteval auto mistakes_of_handler() {
  if constexpr (handles<Store, Command>) {
    return mistakes_of_answer<Store, Command, typename settled<handled<Store, Command>>::type>();
  } else if constexpr (requires(Store & store, Command & command, context & ctx) {
                         store.handle(command, ctx);
                       }) {
    return mistakes<mistake::handler_of_a_mutable_command<Store, Command>>();
  } else if constexpr (requires(Store & store, const Command& command) { store.handle(command); }) {
    return mistakes<mistake::handler_without_context<Store, Command>>();
  } else {
    return mistakes<mistake::command_without_handler<Store, Command>>();
  }
}

template <class Store, class Command>
consteval auto mistakes_of_reply() {
  if constexpr (requires { typename Command::Reply; }) {
    using reply = typename Command::Reply;
    if constexpr (std::is_class_v<reply>) {
      return detail::name<Store, reply>(mistakes_of_value<reply, place::sent>());
    } else {
      return mistakes<mistake::reply_that_is_no_struct<Store, Command, reply>>();
    }
  } else {
    return no_mistake;
  }
}

template <class Store, class Command>
consteval auto mistakes_of_command_name() {
  if constexpr (command_name<Command>.starts_with("musubi:")) {
    return mistakes<mistake::reserved_command_name<Store, Command>>();
  } else if constexpr (!plain_name(command_name<Command>)) {
    return mistakes<mistake::awkward_command_name<Store, Command>>();
  } else {
    return no_mistake;
  }
}

template <class Store, class Command>
consteval auto mistakes_of_command() {
  if constexpr (!std::is_class_v<Command> || chooses<Command>) {
    return mistakes<mistake::command_that_is_no_struct<Store, Command>>();
  } else if constexpr (constexpr auto fields = detail::name<Store, Command>(
                           mistakes_of_value<Command, place::received>());
                       !detail::is_right(fields)) {
    return fields;
  } else if constexpr (!std::is_default_constructible_v<Command>) {
    return mistakes<mistake::command_without_first_values<Store, Command>>();
  } else {
    return detail::join(mistakes_of_command_name<Store, Command>(),
                        mistakes_of_reply<Store, Command>(), mistakes_of_handler<Store, Command>());
  }
}

template <class Store, class List>
struct mistakes_in_commands {
  static consteval auto find() {
    return mistakes<mistake::commands_of_another_kind<Store, List>>();
  }
};
template <class Store, class... Commands>
struct mistakes_in_commands<Store, commands<Commands...>> {
  static consteval auto find() {
    constexpr auto each = detail::join(mistakes_of_command<Store, Commands>()...);
    if constexpr (!detail::is_right(each)) {
      return each;
    } else if constexpr (!has_member<Store, handle_name>()) {
      return no_mistake;
    } else if constexpr (sizeof...(Commands) == 0) {
      return mistakes<mistake::commands_not_listed<Store>>();
    } else {
      return detail::join(duplicates_in<by_command_name, mistake::duplicate_command_name, Store,
                                        Commands...>::find(),
                          commands_left_out<Store, Commands...>());
    }
  }
};

template <class Store>
consteval auto mistakes_of_commands() {
  return mistakes_in_commands<Store, typename commands_of<Store>::type>::find();
}

}  // namespace musubi::detail
