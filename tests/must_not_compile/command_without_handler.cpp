// A command that nobody answers.
// expect: musubi: a command of this store has no handler; add

#include <musubi/store/commands.hpp>

struct store {
  struct SetTarget {
    int celsius;
  };
  using commands = musubi::commands<SetTarget>;
};

static_assert(musubi::detail::command_check<store, store::commands>::ok);
