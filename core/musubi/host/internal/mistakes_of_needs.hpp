#pragma once
/// Finds the commands and uploads that do not say what they need, of a socket on which each must.

#include <musubi/mistake/socket.hpp>

#include <type_traits>

#include <musubi/schema/mistakes.hpp>
#include <musubi/schema/named_member.hpp>
#include <musubi/store/command/commands.hpp>
#include <musubi/store/command/internal/needs.hpp>
#include <musubi/store/internal/mistakes_of_store.hpp>
#include <musubi/store/upload/uploads.hpp>

namespace musubi::detail {

/// Looks at a store and at all stores below it.
template <class Socket, class Need>
struct in_what_is_needed {
  /// `Asked` is a command or an upload.
  template <class Store, class Asked>
  static consteval auto of_one() {
    if constexpr (!has_needs<Store, Asked>) {
      return mistakes<mistake::command_without_needs<Socket, Need, Store, Asked>>();
    } else if constexpr (!std::is_same_v<decltype(needs_of<Store, Asked>()), Need>) {
      return mistakes<mistake::needs_of_another_type<Socket, Need, Store, Asked>>();
    } else {
      return no_mistake;
    }
  }
  template <class Store, template <class...> class List, class... Asked>
  static consteval auto of_each(List<Asked...>) {
    return detail::join(of_one<Store, Asked>()...);
  }
  template <class Store>
  static consteval auto in() {
    return detail::join(of_each<Store>(typename commands_of<Store>::type{}),
                        of_each<Store>(typename uploads_of<Store>::type{}),
                        mistakes_beneath<in_what_is_needed, typename Store::State>::find());
  }
};

/// What is wrong with these needs, if the socket declares `commands_need`. The stores are
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
