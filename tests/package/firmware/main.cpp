/// A light that blinks as fast as a browser says.

#include "web.hpp"

#include <lwipopts.h>
#include <new>

#include <musubi/board/hardware.hpp>
#include <musubi/board/machine.hpp>
#include <musubi/board/serial.hpp>
#include <musubi/host/board_limits.hpp>
#include <musubi/lwip/host.hpp>

namespace {

musubi::watch<std::int32_t> milliseconds{500};

struct blinker {
  static constexpr std::string_view module = "Blinker";
  struct Params {};
  struct State {
    std::int32_t milliseconds;
  };
  struct Pace {
    std::int32_t milliseconds;
  };
  using commands = musubi::commands<Pace>;

  musubi::status mount(const Params&, musubi::context& ctx) { return ctx.follow(milliseconds); }
  musubi::status handle(const Pace& command, musubi::context&) {
    if (command.milliseconds < 50) return musubi::refuse("50 or more", "milliseconds");
    milliseconds.set(command.milliseconds);
    return {};
  }
  [[nodiscard]] State render() const { return {milliseconds.get()}; }
};
struct blinker_socket {
  using roots = musubi::roots<blinker>;
};

musubi::task<> blink() {
  for (bool on = true;; on = !on) {
    board::led(on);
    co_await musubi::sleep(std::chrono::milliseconds(milliseconds.get()));
  }
}

constexpr musubi::limits sizes = [] {
  musubi::limits made = musubi::board_limits(BOARD_CONNECTIONS, BOARD_REQUESTS);
  made.frames = {{{128, 2}, {256, 1}, {0, 0}, {0, 0}}};
  return made;
}();
using firmware = musubi::lwip::host<blinker_socket, sizes>;
static_assert(firmware::streams <= MEMP_NUM_TCP_PCB, "lwipopts.h has too few connections");

board::machine hardware;
alignas(firmware) std::byte memory[sizeof(firmware)];  // never destroyed

}  // namespace

int main() {
  hardware.start({.name = "blinker"});
  auto& host = *new (memory) firmware(hardware);
  if (!host.problem().empty() || !host.spawn(blink()).ok()) return 1;
  host.assets(web);
  board::serial::write("ready\n");
  return host.run();
}
