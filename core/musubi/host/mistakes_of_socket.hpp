#pragma once
/// What is wrong with an application's socket, and with the stores that it lists.

#include <musubi/mistake/socket.hpp>

#include <concepts>
#include <string_view>
#include <type_traits>

#include <musubi/host/internal/connection.hpp>
#include <musubi/host/internal/mistakes_of_gets.hpp>
#include <musubi/host/internal/mistakes_of_needs.hpp>
#include <musubi/schema/named_list.hpp>
#include <musubi/schema/named_member.hpp>
#include <musubi/store/internal/mistakes_of_store.hpp>

namespace musubi {

/// The root stores that clients may mount, as `using roots = musubi::roots<thermostat, settings>;`.
template <class... Stores>
struct roots {};

namespace detail {

struct by_module {
  template <class Store>
  static constexpr std::string_view of = Store::module;
};

template <class Socket, class List>
struct mistakes_in_roots {
  static consteval auto find() { return mistakes<mistake::roots_of_another_kind<Socket, List>>(); }
};
template <class Socket, class... Stores>
struct mistakes_in_roots<Socket, roots<Stores...>> {
  template <class Store>
  static consteval auto of_one() {
    if constexpr (!complete_class<Store>) {
      return mistakes<mistake::root_that_is_no_store<Socket, Store>>();
    } else {
      return mistakes_of_root<Store>();
    }
  }
  static consteval auto find() {
    if constexpr (sizeof...(Stores) == 0) {
      return mistakes<mistake::socket_without_roots<Socket>>();
    } else if constexpr (constexpr auto each = detail::join(of_one<Stores>()...);
                         !detail::is_right(each)) {
      return each;
    } else {
      return detail::join(
          duplicates_in<by_module, mistake::roots_with_one_module, Socket, Stores...>::find(),
          mistakes_of_needs<Socket, Stores...>());
    }
  }
};

template <class Socket>
consteval auto mistakes_of_roots() {
  if constexpr (requires { typename Socket::roots; }) {
    return mistakes_in_roots<Socket, typename Socket::roots>::find();
  } else if constexpr (requires { typename Socket::State; }) {
    return mistakes<mistake::store_in_place_of_a_socket<Socket>>();
  } else {
    return mistakes<mistake::socket_without_roots<Socket>>();
  }
}

template <class Socket>
concept loads_session = requires(Socket& socket, const connect_info& info) {
  { socket.load_session(info) } -> std::same_as<status>;
};
template <class Socket>
concept handles_connect = requires(Socket& socket, const connect_info& info, connection& from) {
  { socket.handle_connect(info, from) } -> std::same_as<status>;
};
template <class Socket>
concept handles_join = requires(Socket& socket, const join_info& info, connection& from) {
  { socket.handle_join(info, from) } -> std::same_as<status>;
};

/// A function that the socket has, in a form in which it would never be called.
template <template <class> class Mistake, class Socket, class Name, bool Called>
consteval auto mistake_unless_called() {
  if constexpr (!Called && has_member<Socket, Name>()) {
    return mistakes<Mistake<Socket>>();
  } else {
    return no_mistake;
  }
}

/// To be told before anything else of a socket is used.
template <class Socket>
consteval auto mistakes_of_socket() {
  if constexpr (std::is_final_v<Socket>) {
    return mistakes<mistake::final_socket<Socket>>();
  } else if constexpr (!std::is_default_constructible_v<Socket> ||
                       !std::is_copy_constructible_v<Socket>) {
    return mistakes<mistake::socket_that_cannot_be_copied<Socket>>();
  } else {
    return detail::join(mistakes_of_roots<Socket>(), mistakes_of_gets<Socket>(),
                        mistake_unless_called<mistake::load_session_of_another_form, Socket,
                                              load_session_name, loads_session<Socket>>(),
                        mistake_unless_called<mistake::handle_connect_of_another_form, Socket,
                                              handle_connect_name, handles_connect<Socket>>(),
                        mistake_unless_called<mistake::handle_join_of_another_form, Socket,
                                              handle_join_name, handles_join<Socket>>());
  }
}

/// The roots of a socket; none if something is wrong, so that nothing is said but what is wrong.
template <class Socket, bool Right = detail::is_right(mistakes_of_socket<Socket>())>
struct roots_of {
  using type = typename Socket::roots;
};
template <class Socket>
struct roots_of<Socket, false> {
  using type = roots<>;
};

}  // namespace detail
}  // namespace musubi
