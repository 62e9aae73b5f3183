// A handler that does not say whether it worked.
// expect: musubi: the handler of a command without a Reply returns musubi::status

#include <musubi/store/commands.hpp>

struct store {
  struct Reset {};
  using commands = musubi::commands<Reset>;
  void handle(const Reset&, musubi::context&) {}
};

static_assert(musubi::detail::command_check<store, store::commands>::ok);
