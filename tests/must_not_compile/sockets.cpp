// Sockets on which there is nothing to mount, or whose functions would never be called.

#include <musubi/host/host.hpp>

// behind it: what a compiler answers does not begin with this file
#include "served.hpp"

#include <memory>
#include <tuple>

struct shown : store {
  struct State {
    int number;
  };
  State render() const;
};

// mistake: no roots
// expect: musubi: a socket lists the stores that a browser may mount, at least one
// names: without_roots
struct without_roots {};
MUSUBI_TEST_HOST(without_roots);

// mistake: an empty list of roots
// expect: musubi: a socket lists the stores that a browser may mount, at least one
// names: with_empty_roots
struct with_empty_roots {
  using roots = musubi::roots<>;
};
MUSUBI_TEST_HOST(with_empty_roots);

// mistake: roots under another name
// expect: musubi: a socket lists the stores that a browser may mount, at least one
// names: with_root
struct with_root {
  using root = musubi::roots<shown>;
};
MUSUBI_TEST_HOST(with_root);

// mistake: roots of another kind
// expect: musubi: the roots of a socket are listed as `using roots = musubi::roots<
// names: with_tuple
struct with_tuple {
  using roots = std::tuple<shown>;
};
MUSUBI_TEST_HOST(with_tuple);

// mistake: a store in place of a socket
// expect: musubi: a host serves a socket, not a store; write `struct my_socket { using roots =
// names: in_place_of_a_socket
struct in_place_of_a_socket : shown {};
MUSUBI_TEST_HOST(in_place_of_a_socket);

// mistake: a root that is only declared
// expect: musubi: a root is a store: a struct with a module, a State and a render, defined before
// names: with_declared_root, later
struct later;
struct with_declared_root {
  using roots = musubi::roots<later>;
};
MUSUBI_TEST_HOST(with_declared_root);

// mistake: two roots that clients could not tell apart
// expect: musubi: two roots have the same module, so a browser could not tell them apart; rename
// names: with_twins, one, other
struct one : shown {};
struct other : shown {};
struct with_twins {
  using roots = musubi::roots<one, other>;
};
MUSUBI_TEST_HOST(with_twins);

// mistake: one wrong store of two
// expect: musubi: a store renders its State; add a public `State render() const`, or `State
// names: without_render
struct without_render {
  static constexpr std::string_view module = "App.Other";
  struct State {
    int number;
  };
};
struct with_one_wrong {
  using roots = musubi::roots<shown, without_render>;
};
MUSUBI_TEST_HOST(with_one_wrong);

// mistake: a socket that cannot be copied
// expect: musubi: every root gets a copy of the socket; make it default-constructible and
// copyable names: with_owner
struct with_owner {
  using roots = musubi::roots<shown>;
  std::unique_ptr<int> user;
};
MUSUBI_TEST_HOST(with_owner);

// mistake: a socket that cannot be made
// expect: musubi: every root gets a copy of the socket; make it default-constructible and
// copyable names: with_arguments
struct with_arguments {
  using roots = musubi::roots<shown>;
  explicit with_arguments(int of) : user(of) {}
  int user;
};
MUSUBI_TEST_HOST(with_arguments);

// mistake: a final socket
// expect: musubi: in a final class, the library cannot see functions that are private or have
// names: with_final
struct with_final final {
  using roots = musubi::roots<shown>;
};
MUSUBI_TEST_HOST(with_final);

// mistake: a gatekeeper that would never be asked
// expect: musubi: a socket's handle_connect is `musubi::status handle_connect(const
// names: with_connect
struct with_connect {
  using roots = musubi::roots<shown>;
  musubi::status handle_connect(const musubi::connect_info&);
};
MUSUBI_TEST_HOST(with_connect);

// mistake: a gatekeeper whose answer nobody would understand
// expect: musubi: a socket's handle_connect is `musubi::status handle_connect(const
// names: with_bool
struct with_bool {
  using roots = musubi::roots<shown>;
  bool handle_connect(const musubi::connect_info&, musubi::connection&);
};
MUSUBI_TEST_HOST(with_bool);

// mistake: a private gatekeeper of roots
// expect: musubi: a socket's handle_join is `musubi::status handle_join(const musubi::join_info&,
// names: with_private_join
class with_private_join {
 public:
  using roots = musubi::roots<shown>;

 private:
  musubi::status handle_join(const musubi::join_info&, musubi::connection&);
};
MUSUBI_TEST_HOST(with_private_join);

// mistake: a session that would never be loaded
// expect: musubi: a socket's load_session is `musubi::status load_session(const
// names: with_load_session
struct with_load_session {
  using roots = musubi::roots<shown>;
  void load_session(const musubi::connect_info&);
};
MUSUBI_TEST_HOST(with_load_session);

struct health {
  static constexpr std::string_view path = "/health";
  musubi::status open(const musubi::get_request&, musubi::get_answer&);
};

// mistake: gets of another kind
// expect: musubi: the gets of a socket are listed as `using gets = musubi::gets<
// names: with_tuple_of_gets
struct with_tuple_of_gets {
  using roots = musubi::roots<shown>;
  using gets = std::tuple<health>;
};
MUSUBI_TEST_HOST(with_tuple_of_gets);

// mistake: a get without a path
// expect: musubi: a get is a struct, defined before the host that serves it, with a public
// names: with_get_without_path, without_path
struct without_path {
  musubi::status open(const musubi::get_request&, musubi::get_answer&);
};
struct with_get_without_path {
  using roots = musubi::roots<shown>;
  using gets = musubi::gets<health, without_path>;
};
MUSUBI_TEST_HOST(with_get_without_path);

// mistake: a path that no request has
// expect: musubi: the path of a get begins with '/', has no empty segment
// names: with_get_at_no_path, at_no_path
struct at_no_path : health {
  static constexpr std::string_view path = "health";
};
struct with_get_at_no_path {
  using roots = musubi::roots<shown>;
  using gets = musubi::gets<at_no_path>;
};
MUSUBI_TEST_HOST(with_get_at_no_path);

// mistake: two gets with one path
// expect: musubi: two gets have the same path, and the second would never be asked
// names: with_two_gets, health, again
struct again : health {};
struct with_two_gets {
  using roots = musubi::roots<shown>;
  using gets = musubi::gets<health, again>;
};
MUSUBI_TEST_HOST(with_two_gets);

// mistake: an open of another form
// expect: musubi: a get has a public `musubi::status open(const musubi::get_request&,
// names: with_get_without_open, without_open
struct without_open {
  static constexpr std::string_view path = "/other";
  musubi::status open(const musubi::get_request&);
};
struct with_get_without_open {
  using roots = musubi::roots<shown>;
  using gets = musubi::gets<without_open>;
};
MUSUBI_TEST_HOST(with_get_without_open);

// mistake: a read of another form
// expect: musubi: the read of a get is `musubi::result<std::size_t> read(std::uint64_t offset,
// names: with_get_without_read, without_read
struct without_read : health {
  std::size_t read(std::span<char> into);
};
struct with_get_without_read {
  using roots = musubi::roots<shown>;
  using gets = musubi::gets<without_read>;
};
MUSUBI_TEST_HOST(with_get_without_read);

// mistake: a get that cannot be made
// expect: musubi: the host makes an object of a get for each request; make it default-constructible
// names: with_get_of_a_number, of_a_number
struct of_a_number : health {
  explicit of_a_number(int number);
};
struct with_get_of_a_number {
  using roots = musubi::roots<shown>;
  using gets = musubi::gets<of_a_number>;
};
MUSUBI_TEST_HOST(with_get_of_a_number);
