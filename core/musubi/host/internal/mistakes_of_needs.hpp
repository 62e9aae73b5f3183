#pragma once
/// Finds the commands that do not say what they need, of a socket on which each must.

#include <musubi/mistake/socket.hpp>

#include <type_traits>

#include <musubi/schema/mistakes.hpp>
#include <musubi/schema/named_member.hpp>
#include <musubi/store/command/commands.hpp>
#include <musubi/store/internal/mistakes_of_store.hpp>

namespace musubi::detail {

/// In a store, and in those beneath it.
template <class Socket, class Need>
struct in_what_is_needed {
  template <class Store, class Command>
  static consteval auto of_one() {
    if constexpr (!declares_needs<Command>) {
      return mistakes<mistake::command_without_needs<Socket, Need, Store, Command>>();
    } else if constexpr (!std::is_same_v<std::remove_cv_t<decltype(Command::needs)>, Need>) {
      return mistakes<mistake::needs_of_another_type<Socket, Need, Store, Command>>();
    } else {
      return no_mistake;
    }
  }
  template <class Store, class... Commands>
  static consteval auto of_each(commands<Commands...>) {
    return detail::join(of_one<Store, Commands>()...);
  }
  template <class Store>
  static consteval auto in() {
    return detail::join(of_each<Store>(typename commands_of<Store>::type{}),
                        mistakes_beneath<in_what_is_needed, typename Store::State>::find());
  }
};

/// What is wrong with the needs of commands, if the socket declares `commands_need`. The stores are
/// right otherwise.
template <class Socket, class... Stores>
consteval auto mistakes_of_needs() {
  if constexpr (requires { typename Socket::commands_need; }) {
    return detail::join(
        in_what_is_needed<Socket, typename Socket::commands_need>::template in<Stores>()...);
  } else if constexpr (has_member<Socket, commands_need_name>()) {
    return mistakes<mistake::commands_need_of_another_form<Socket>>();
  } else {
    return no_mistake;
  }
}

}  // namespace musubi::detail
