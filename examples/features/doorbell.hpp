#pragma once
// Push events: sent once, to the browsers that are connected. Anything that a browser must also
// know later belongs in the State.
#include <cstdint>
#include <string_view>

#include <musubi/musubi.hpp>

struct visitor {
  musubi::text<30> name;
};
struct bell {
  std::int32_t rings = 0;
  musubi::topic<visitor> rung;
};
inline bell front_door;

struct doorbell {
  static constexpr std::string_view module = "Example.Doorbell";

  struct State {
    std::int32_t rings;
  };
  struct Chime {  // event "chime": every open page may play a sound
    musubi::text<30> who;
  };
  struct Toast {
    musubi::text<60> message;
  };
  using events = musubi::events<Chime, Toast>;
  struct Ring {
    musubi::text<30> who;
  };
  using commands = musubi::commands<Ring>;

  musubi::status mount(musubi::context& ctx) { return ctx.subscribe(*this, front_door.rung); }
  musubi::status handle(const Ring& command, musubi::context& ctx) {
    ++front_door.rings;
    front_door.rung.publish({command.who});
    ctx.push_event(Toast{"The bell has rung."});  // only to the browser that rang it
    return {};
  }
  void handle_info(const visitor& at_the_door, musubi::context& ctx) {
    ctx.push_event(Chime{at_the_door.name});
  }
  State render() const { return {front_door.rings}; }
};
