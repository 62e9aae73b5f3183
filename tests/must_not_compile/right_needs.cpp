// A socket on which each command and upload says who may send it, or its store does.

#include "served.hpp"

#include <musubi/host/host.hpp>

enum class rank { guest, owner };
std::string_view unmet(rank needed, const musubi::context& ctx);

struct drawer : store {
  struct State {
    int number;
  };
  struct Look {
    static constexpr auto needs = rank::guest;
  };
  struct Empty {
    static constexpr rank needs = rank::owner;
    int most;
  };
  using commands = musubi::commands<Look, Empty>;
  musubi::status handle(const Look&, musubi::context&) { return {}; }
  musubi::status handle(const Empty&, musubi::context&) { return {}; }
  State render() const { return {}; }
};
/// Says it for those that say nothing.
struct safe : store {
  static constexpr std::string_view module = "App.Safe";
  static constexpr auto needs = rank::owner;
  struct State {
    int number;
  };
  struct Open {};
  using commands = musubi::commands<Open>;
  musubi::status handle(const Open&, musubi::context&) { return {}; }
  struct Deed {
    static constexpr auto accept = musubi::any_file;
  };
  struct Note {
    static constexpr auto accept = musubi::any_file;
    static constexpr auto needs = rank::guest;
  };
  using uploads = musubi::uploads<Deed, Note>;
  musubi::result<musubi::upload_sink*> open_upload(const Deed&, const musubi::upload_entry&,
                                                   musubi::context&) {
    return musubi::refuse("full");
  }
  musubi::result<musubi::upload_sink*> open_upload(const Note&, const musubi::upload_entry&,
                                                   musubi::context&) {
    return musubi::refuse("full");
  }
  State render() const { return {}; }
};
struct cupboard : store {
  struct State {
    musubi::list<musubi::child<drawer>, 4> drawers;
  };
  State render() const { return {}; }
};
struct with_needs {
  using roots = musubi::roots<cupboard, safe>;
  using commands_need = rank;
};
MUSUBI_TEST_HOST(with_needs);
