// A socket on which each command says who may send it: its root's, and those of stores below.

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
struct cupboard : store {
  struct State {
    musubi::list<musubi::child<drawer>, 4> drawers;
  };
  State render() const { return {}; }
};
struct with_needs {
  using roots = musubi::roots<cupboard>;
  using commands_need = rank;
};
MUSUBI_TEST_HOST(with_needs);
