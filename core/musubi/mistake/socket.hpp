#pragma once
/// Mistakes in the socket of an application.

#include <musubi/mistake/right.hpp>

namespace musubi::mistake {

template <class Socket>
struct socket_without_roots {
  static_assert(right<socket_without_roots>,
                "musubi: a socket lists the stores that a browser may mount, at least one; add a "
                "public `using roots = musubi::roots<thermostat>;`");
};
template <class Socket, class List>
struct roots_of_another_kind {
  static_assert(right<roots_of_another_kind>,
                "musubi: the roots of a socket are listed as `using roots = "
                "musubi::roots<thermostat, settings>;`");
};
template <class Store>
struct store_in_place_of_a_socket {
  static_assert(
      right<store_in_place_of_a_socket>,
      "musubi: a host serves a socket, not a store; write `struct my_socket { using roots "
      "= musubi::roots<...>; };` with this store in it, and pass that to the host");
};
template <class Socket, class Root>
struct root_that_is_no_store {
  static_assert(right<root_that_is_no_store>,
                "musubi: a root is a store: a struct with a module, a State and a render, defined "
                "before the host that serves it");
};
template <class Socket, class Root, class Other>
struct roots_with_one_module {
  static_assert(
      right<roots_with_one_module>,
      "musubi: two roots have the same module, so a browser could not tell them apart; rename one");
};
template <class Socket>
struct socket_that_cannot_be_copied {
  static_assert(right<socket_that_cannot_be_copied>,
                "musubi: every root gets a copy of the socket; make it default-constructible and "
                "copyable, without references or move-only members");
};
template <class Socket>
struct final_socket {
  static_assert(right<final_socket>,
                "musubi: in a final class, the library cannot see functions that are private or "
                "have the wrong signature, and would ignore them; remove `final`");
};
template <class Socket>
struct load_session_of_another_form {
  static_assert(right<load_session_of_another_form>,
                "musubi: a socket's load_session is `musubi::status load_session(const "
                "musubi::connect_info&)`, and public");
};
template <class Socket>
struct handle_connect_of_another_form {
  static_assert(right<handle_connect_of_another_form>,
                "musubi: a socket's handle_connect is `musubi::status handle_connect(const "
                "musubi::connect_info&, musubi::connection&)`, and public");
};
template <class Socket>
struct handle_join_of_another_form {
  static_assert(right<handle_join_of_another_form>,
                "musubi: a socket's handle_join is `musubi::status handle_join(const "
                "musubi::join_info&, musubi::connection&)`, and public");
};

template <class Socket>
struct commands_need_of_another_form {
  static_assert(right<commands_need_of_another_form>,
                "musubi: commands_need is the type of what each command needs, and public: `using "
                "commands_need = musubi::access::role;`");
};
/// `Need` is the socket's `commands_need`.
template <class Socket, class Need, class Store, class Command>
struct command_without_needs {
  static_assert(right<command_without_needs>,
                "musubi: each command and upload of this socket says who may send it, as its "
                "commands_need demands; add to this one, or to its store, what it needs: `static "
                "constexpr auto needs = musubi::access::role::operator_;`, or role::none for "
                "everybody");
};
template <class Socket, class Need, class Store, class Command>
struct needs_of_another_type {
  static_assert(
      right<needs_of_another_type>,
      "musubi: what a command or an upload needs has the type that the socket's commands_need "
      "names");
};

template <class Socket, class List>
struct gets_of_another_kind {
  static_assert(right<gets_of_another_kind>,
                "musubi: the gets of a socket are listed as `using gets = musubi::gets<health, "
                "readings>;`");
};
template <class Socket, class Get>
struct get_without_path {
  static_assert(right<get_without_path>,
                "musubi: a get is a struct, defined before the host that serves it, with a public "
                "`static constexpr std::string_view path = \"/health\";`");
};
template <class Socket, class Get>
struct get_with_malformed_path {
  static_assert(right<get_with_malformed_path>,
                "musubi: the path of a get begins with '/', has no empty segment, '?', '#' or '%', "
                "and at most 4 variable segments, as in \"/files/:id\"");
};
template <class Socket, class Get, class Other>
struct gets_with_one_path {
  static_assert(right<gets_with_one_path>,
                "musubi: two gets have the same path, and the second would never be asked");
};
template <class Socket, class Get>
struct open_of_another_form {
  static_assert(right<open_of_another_form>,
                "musubi: a get has a public `musubi::status open(const musubi::get_request&, "
                "musubi::get_answer&)`, with a third parameter `const my_socket&` if it is for "
                "those who may connect");
};
template <class Socket, class Get>
struct read_of_another_form {
  static_assert(right<read_of_another_form>,
                "musubi: the read of a get is `musubi::result<std::size_t> read(std::uint64_t "
                "offset, std::span<char> into)`, and public");
};
template <class Socket, class Get>
struct get_that_cannot_be_made {
  static_assert(right<get_that_cannot_be_made>,
                "musubi: the host makes an object of a get for each request; make it "
                "default-constructible, and not final");
};

}  // namespace musubi::mistake
