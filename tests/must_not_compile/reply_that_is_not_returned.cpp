// A command with a reply, and a handler that gives none.
// expect: musubi: the handler of a command with a Reply returns

#include <musubi/store/commands.hpp>

struct store {
  struct Reboot {
    struct Reply {
      int in_seconds;
    };
  };
  using commands = musubi::commands<Reboot>;
  musubi::status handle(const Reboot&, musubi::context&) { return {}; }
};

static_assert(musubi::detail::command_check<store, store::commands>::ok);
