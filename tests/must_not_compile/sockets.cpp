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
