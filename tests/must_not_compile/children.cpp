// Children whose functions would never be called, or whose props nobody would get.

#include <musubi/host/host.hpp>

// behind it: what a compiler answers does not begin with this file
#include "served.hpp"

/// The owner of one such child.
template <class Child>
struct owner : store {
  struct State {
    musubi::child<Child> only;
  };
  State render() const;
};

struct shown {
  static constexpr std::string_view module = "App.Child";
  struct State {
    int number;
  };
  State render() const;
};

// mistake: a child that its generated types could not name (contract section 5.1)
// expect: musubi: a store names its module; add a public `static constexpr std::string_view
// = names: without_module
struct without_module {
  struct State {
    int number;
  };
  State render() const;
};
MUSUBI_TEST_SERVE(owner<without_module>);

// mistake: a child that would show nothing (contract section 5.1)
// expect: musubi: a store needs a public struct State, which is what the browser sees; add it
// names: without_state
struct without_state {
  static constexpr std::string_view module = "App.Child";
};
MUSUBI_TEST_SERVE(owner<without_state>);

// mistake: a wrong field in a child, whose name is told
// expect: musubi: a browser rounds integers beyond 2^53
// names: with_wide_integer, State, bytes
struct with_wide_integer {
  static constexpr std::string_view module = "App.Child";
  struct State {
    std::uint64_t bytes;
  };
  State render() const;
};
MUSUBI_TEST_SERVE(owner<with_wide_integer>);

// mistake: handlers of a child without a list
// expect: musubi: this store has a handle function but no list of commands, so no browser could
// names: with_handler
struct with_handler : shown {
  struct Remove {};
  musubi::status handle(const Remove&, musubi::context&);
};
MUSUBI_TEST_SERVE(owner<with_handler>);

// mistake: a child that is mounted
// expect: musubi: a browser mounts only roots, so mount of a child would never be called; name
// init names: with_mount
struct with_mount : shown {
  musubi::status mount(musubi::context&);
};
MUSUBI_TEST_SERVE(owner<with_mount>);

// mistake: a child that is terminated
// expect: musubi: only roots are terminated, so terminate of a child would never be called; use
// names: with_terminate
struct with_terminate : shown {
  void terminate(std::string_view, musubi::context&);
};
MUSUBI_TEST_SERVE(owner<with_terminate>);

// mistake: an init that would never be called
// expect: musubi: a child's init is `musubi::status init(const Props&, musubi::context&)`
// names: with_init
struct with_init : shown {
  void init(int);
};
MUSUBI_TEST_SERVE(owner<with_init>);

// mistake: props that would be passed to nobody (contract section 5.1)
// expect: musubi: a child with Props receives them in a public member `Props props;`, or in
// names: without_props
struct without_props : shown {
  struct Props {
    int number;
  };
};
MUSUBI_TEST_SERVE(owner<without_props>);

// mistake: props that are taken once, and never again
// expect: musubi: a child whose Props may change receives them in a public member `Props
// names: without_update
struct without_update : shown {
  struct Props {
    int number;
  };
  void init(const Props&, musubi::context&);
};
MUSUBI_TEST_SERVE(owner<without_update>);

// mistake: an update that would never be called
// expect: musubi: a child's update is `musubi::status update(const Props&, musubi::context&)`
// names: with_update_of_another_form
struct with_update_of_another_form : shown {
  struct Props {
    int number;
  };
  Props props;
  void update(const Props&);
};
MUSUBI_TEST_SERVE(owner<with_update_of_another_form>);

// mistake: props of which nobody can tell whether they changed
// expect: musubi: props are compared with the previous ones; give this type an operator==
// names: with_scale, scale
struct scale {
  explicit scale(int of) : by(of) {}
  int by;
};
struct with_scale : shown {
  struct Props {
    scale drawn{1};
  };
  Props props;
};
MUSUBI_TEST_SERVE(owner<with_scale>);

// mistake: a store that holds itself
// expect: musubi: the store of a musubi::child<Store> must be defined before it is used; a store
// names: folder
struct folder {
  static constexpr std::string_view module = "App.Folder";
  struct State {
    musubi::list<musubi::child<folder>, 4> folders;
  };
  State render() const;
};

// mistake: a child that is no store
// expect: musubi: the store of a musubi::child<Store> must be defined before it is used; a store
// names: child_that_is_no_store, int
struct with_number : store {
  struct State {
    musubi::child<int> number;
  };
  State render() const;
};
