// A name that the protocol keeps for itself. (contract section 4.8)
// expect: musubi: command names that begin with musubi: are reserved; rename the command

#include <musubi/store/commands.hpp>

struct store {
  struct Upload {
    static constexpr std::string_view name = "musubi:allow_upload";
  };
  using commands = musubi::commands<Upload>;
  musubi::status handle(const Upload&, musubi::context&) { return {}; }
};

static_assert(musubi::detail::command_check<store, store::commands>::ok);
