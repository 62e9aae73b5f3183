// Sockets on which each command must say who may send it, and commands that do not.

#include <musubi/host/host.hpp>

// behind it: what a compiler answers does not begin with this file
#include "served.hpp"

enum class rank { guest, owner };
std::string_view unmet(rank needed, const musubi::context& ctx);

struct asks_for_ranks {
  using commands_need = rank;
};

// mistake: a command of a root that does not say what it needs
// expect: musubi: each command and upload of this socket says who may send it, as its commands_need demands;
// names: with_silent_command, rank, half_said, Erase
struct half_said : store {
  struct State {
    int number;
  };
  struct Look {
    static constexpr auto needs = rank::guest;
  };
  struct Erase {};
  using commands = musubi::commands<Look, Erase>;
  musubi::status handle(const Look&, musubi::context&);
  musubi::status handle(const Erase&, musubi::context&);
  State render() const;
};
struct with_silent_command : asks_for_ranks {
  using roots = musubi::roots<half_said>;
};
MUSUBI_TEST_HOST(with_silent_command);

// mistake: a payload field of that name is no declaration
// expect: musubi: each command and upload of this socket says who may send it, as its commands_need demands;
// names: with_needy_payload, rank, with_payload, Order
struct with_payload : store {
  struct State {
    int number;
  };
  struct Order {
    int needs;
  };
  using commands = musubi::commands<Order>;
  musubi::status handle(const Order&, musubi::context&);
  State render() const;
};
struct with_needy_payload : asks_for_ranks {
  using roots = musubi::roots<with_payload>;
};
MUSUBI_TEST_HOST(with_needy_payload);

// mistake: a command of a store that is two levels below the second root
// expect: musubi: each command and upload of this socket says who may send it, as its commands_need demands;
// names: with_silent_grandchild, rank, drawer, Empty
struct drawer : store {
  struct State {
    int number;
  };
  struct Empty {};
  using commands = musubi::commands<Empty>;
  musubi::status handle(const Empty&, musubi::context&);
  State render() const;
};
struct cupboard : store {
  struct State {
    musubi::list<musubi::child<drawer>, 4> drawers;
  };
  State render() const;
};
struct said : store {
  static constexpr std::string_view module = "App.Said";
  struct State {
    int number;
  };
  struct Look {
    static constexpr auto needs = rank::guest;
  };
  using commands = musubi::commands<Look>;
  musubi::status handle(const Look&, musubi::context&);
  State render() const;
};
struct kitchen : store {
  struct State {
    std::optional<musubi::child<cupboard>> cupboard_there;
  };
  State render() const;
};
struct with_silent_grandchild : asks_for_ranks {
  using roots = musubi::roots<said, kitchen>;
};
MUSUBI_TEST_HOST(with_silent_grandchild);

// mistake: an upload that does not say what it needs
// expect: musubi: each command and upload of this socket says who may send it, as its commands_need demands;
// names: with_silent_upload, rank, album, Photo
struct album : store {
  struct State {
    int number;
  };
  struct Photo {
    static constexpr auto accept = musubi::any_file;
  };
  using uploads = musubi::uploads<Photo>;
  musubi::result<musubi::upload_sink*> open_upload(const Photo&, const musubi::upload_entry&,
                                                   musubi::context&);
  State render() const;
};
struct with_silent_upload : asks_for_ranks {
  using roots = musubi::roots<album>;
};
MUSUBI_TEST_HOST(with_silent_upload);

// mistake: something else is needed than the socket knows
// expect: musubi: what a command or an upload needs has the type that the socket's commands_need names
// names: with_another_need, rank, needs_a_number, Erase
struct needs_a_number : store {
  struct State {
    int number;
  };
  struct Erase {
    static constexpr int needs = 3;
  };
  using commands = musubi::commands<Erase>;
  musubi::status handle(const Erase&, musubi::context&);
  State render() const;
};
struct with_another_need : asks_for_ranks {
  using roots = musubi::roots<needs_a_number>;
};
MUSUBI_TEST_HOST(with_another_need);

// mistake: a demand that would be ignored
// expect: musubi: commands_need is the type of what each command needs, and public
// names: with_a_flag
struct with_a_flag {
  using roots = musubi::roots<said>;
  static constexpr bool commands_need = true;
};
MUSUBI_TEST_HOST(with_a_flag);
