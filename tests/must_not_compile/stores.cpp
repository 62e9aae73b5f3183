// Stores whose functions would never be called, or that say too little.

#include <musubi/host/host.hpp>

// behind it: what a compiler answers does not begin with this file
#include "served.hpp"

#include <memory>
#include <string>

struct shown {
  struct State {
    int celsius;
  };
};

// mistake: no module (contract section 5.1)
// expect: musubi: a store names its module; add a public `static constexpr std::string_view
// = names: without_module
struct without_module {
  struct State {
    int celsius;
  };
  State render() const;
};
MUSUBI_TEST_SERVE(without_module);

// mistake: a module that is no constant
// expect: musubi: a store names its module; add a public `static constexpr std::string_view
// = names: with_variable_module
struct with_variable_module : shown {
  std::string_view module = "App.Store";
  State render() const;
};
MUSUBI_TEST_SERVE(with_variable_module);

// mistake: a module that could not be written
// expect: musubi: a module is the name by which a browser asks for a store: printable ASCII without
// names: with_awkward_module
struct with_awkward_module : shown {
  static constexpr std::string_view module = "App.\"Store\"";
  State render() const;
};
MUSUBI_TEST_SERVE(with_awkward_module);

// mistake: an empty module
// expect: musubi: a module is the name by which a browser asks for a store: printable ASCII without
// names: with_empty_module
struct with_empty_module : shown {
  static constexpr std::string_view module = "";
  State render() const;
};
MUSUBI_TEST_SERVE(with_empty_module);

// mistake: nothing to see
// expect: musubi: a store needs a public struct State, which is what the browser sees; add it
// names: without_state
struct without_state : store {};
MUSUBI_TEST_SERVE(without_state);

// mistake: a private State
// expect: musubi: a store needs a public struct State, which is what the browser sees; add it
// names: with_private_state
class with_private_state : public store {
  struct State {
    int celsius;
  };
};
MUSUBI_TEST_SERVE(with_private_state);

// mistake: a State that is a number
// expect: musubi: a State is a plain struct; its fields are what the browser sees
// names: with_number_as_state
struct with_number_as_state : store {
  using State = int;
  State render() const;
};
MUSUBI_TEST_SERVE(with_number_as_state);

// mistake: a store that cannot be made
// expect: musubi: a store must be default-constructible; initialise its members, and fetch the
// names: with_arguments
struct with_arguments : store, shown {
  explicit with_arguments(int first) : celsius(first) {}
  State render() const;
  int celsius;
};
MUSUBI_TEST_SERVE(with_arguments);

// mistake: a final store
// expect: musubi: in a final class, the library cannot see functions that are private or have
// names: with_final
struct with_final final : store, shown {
  void mount();
  State render() const;
};
MUSUBI_TEST_SERVE(with_final);

// --- render ---

// mistake: no render
// expect: musubi: a store renders its State; add a public `State render() const`, or `State
// names: without_render
struct without_render : store, shown {};
MUSUBI_TEST_SERVE(without_render);

// mistake: a render that may change the store
// expect: musubi: render must not change the store; write `State render() const`, or `State
// names: with_mutable_render
struct with_mutable_render : store, shown {
  State render();
};
MUSUBI_TEST_SERVE(with_mutable_render);

// mistake: a render that may change its surroundings
// expect: musubi: render must not change the store; write `State render() const`, or `State
// names: with_mutable_context
struct with_mutable_context : store, shown {
  State render(musubi::context&) const;
};
MUSUBI_TEST_SERVE(with_mutable_context);

// mistake: a private render
// expect: musubi: a store's render is `State render() const`, or `State render(const
// names: with_private_render
class with_private_render : public store, public shown {
  State render() const;
};
MUSUBI_TEST_SERVE(with_private_render);

// mistake: a render that returns nothing
// expect: musubi: render returns the State of its store
// names: with_void_render
struct with_void_render : store, shown {
  void render() const;
};
MUSUBI_TEST_SERVE(with_void_render);

// mistake: a render that returns something else
// expect: musubi: render returns the State of its store
// names: with_int_render
struct with_int_render : store, shown {
  int render() const;
};
MUSUBI_TEST_SERVE(with_int_render);

// --- mount and terminate ---

// mistake: a mount that does not say whether it worked
// expect: musubi: mount reports whether it succeeded; return musubi::status, and end with
// names: with_void_mount
struct with_void_mount : store, shown {
  struct Params {};
  void mount(const Params&, musubi::context&);
  State render() const;
};
MUSUBI_TEST_SERVE(with_void_mount);

// mistake: a mount that waits
// expect: musubi: mount cannot be a coroutine, because the first State is rendered when it
// names: with_coroutine
struct with_coroutine : store, shown {
  musubi::task<musubi::status> mount(musubi::context&);
  State render() const;
};
MUSUBI_TEST_SERVE(with_coroutine);

// mistake: a mount that answers in its own way
// expect: musubi: a store's mount is `musubi::status mount(const Params&, musubi::context&)`
// names: with_bool_mount
struct with_bool_mount : store, shown {
  bool mount(musubi::context&);
  State render() const;
};
MUSUBI_TEST_SERVE(with_bool_mount);

// mistake: a mount that takes nothing
// expect: musubi: a store's mount is `musubi::status mount(const Params&, musubi::context&)`
// names: with_empty_mount
struct with_empty_mount : store, shown {
  musubi::status mount();
  State render() const;
};
MUSUBI_TEST_SERVE(with_empty_mount);

// mistake: params under another name
// expect: musubi: a store's mount is `musubi::status mount(const Params&, musubi::context&)`
// names: with_params_of_another_name
struct with_params_of_another_name : store, shown {
  struct MountParams {
    int from;
  };
  musubi::status mount(const MountParams&, musubi::context&);
  State render() const;
};
MUSUBI_TEST_SERVE(with_params_of_another_name);

// mistake: a private mount
// expect: musubi: a store's mount is `musubi::status mount(const Params&, musubi::context&)`
// names: with_private_mount
class with_private_mount : public store, public shown {
  musubi::status mount(musubi::context&);

 public:
  State render() const;
};
MUSUBI_TEST_SERVE(with_private_mount);

// mistake: params that are a number
// expect: musubi: Params are a plain struct; its fields are what a browser passes when it mounts
// names: with_number_as_params
struct with_number_as_params : store, shown {
  using Params = int;
  musubi::status mount(const Params&, musubi::context&);
  State render() const;
};
MUSUBI_TEST_SERVE(with_number_as_params);

// mistake: a string in params
// expect: musubi: a field cannot be a std::string or point to text; make it a musubi::text<N>
// names: with_string_in_params, Params, room
struct with_string_in_params : store, shown {
  struct Params {
    std::string room;
  };
  musubi::status mount(const Params&, musubi::context&);
  State render() const;
};
MUSUBI_TEST_SERVE(with_string_in_params);

// mistake: an init of a root that takes something
// expect: musubi: init of a root, which runs after mount, is `musubi::status
// names: with_init
struct with_init : store, shown {
  musubi::status init(int, musubi::context&);
  State render() const;
};
MUSUBI_TEST_SERVE(with_init);

// mistake: a private terminate
// expect: musubi: a store's terminate is `void terminate(std::string_view reason,
// musubi::context&)` names: with_private_terminate
class with_private_terminate : public store, public shown {
 public:
  State render() const;

 private:
  void terminate(std::string_view, musubi::context&);
};
MUSUBI_TEST_SERVE(with_private_terminate);

// mistake: a terminate that is not told why
// expect: musubi: a store's terminate is `void terminate(std::string_view reason,
// musubi::context&)` names: with_empty_terminate
struct with_empty_terminate : store, shown {
  State render() const;
  void terminate();
};
MUSUBI_TEST_SERVE(with_empty_terminate);

// --- hooks ---

// mistake: hooks without a number
// expect: musubi: a store declares the most hooks it attaches, from 1 to 254: a public static
// names: with_variable_hooks
struct with_variable_hooks : store, shown {
  std::size_t hooks = 2;
  State render() const;
};
MUSUBI_TEST_SERVE(with_variable_hooks);

// mistake: more hooks than there may be
// expect: musubi: a store declares the most hooks it attaches, from 1 to 254: a public static
// names: with_many_hooks
struct with_many_hooks : store, shown {
  static constexpr std::size_t hooks = 1000;
  State render() const;
};
MUSUBI_TEST_SERVE(with_many_hooks);
