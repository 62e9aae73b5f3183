// Two commands that nobody could tell apart.
// expect: musubi: two commands of one store have the same name

#include <musubi/store/commands.hpp>

struct store {
  struct SetTarget {
    int celsius;
  };
  struct Other {
    static constexpr std::string_view name = "set_target";
  };
  using commands = musubi::commands<SetTarget, Other>;
  musubi::status handle(const SetTarget&, musubi::context&) { return {}; }
  musubi::status handle(const Other&, musubi::context&) { return {}; }
};

static_assert(musubi::detail::command_check<store, store::commands>::ok);
