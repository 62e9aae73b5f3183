#pragma once
/// The smallest firmware, to which each program of this folder adds one thing: what the thing costs
/// is the difference of the two (scripts/board size). Each program begins with two lines for the
/// report:
///
///     // size: what it has more
///     // than: the program without it
///
/// They are linked like the firmware itself and never run.

#include "sizes.hpp"

#include <cstdint>
#include <new>
#include <string_view>

#include <musubi/board/hardware.hpp>
#include <musubi/board/machine.hpp>
#include <musubi/lwip/host.hpp>

namespace probe {

/// The firmware's, and what the features need that it does not use.
constexpr musubi::limits sizes = [] {
  musubi::limits made = board::sizes;
  made.nodes = 5 * BOARD_CONNECTIONS;
  made.store_id_bytes = 48;
  return made;
}();

/// A root with the fields of `Shown`, which makes itself of a number, and one command.
template <class Shown>
struct counter {
  static constexpr std::string_view module = "Probe.Counter";
  using State = Shown;
  struct Add {
    std::int32_t amount;
  };
  using commands = musubi::commands<Add>;

  musubi::status handle(const Add& command, musubi::context&) {
    count += command.amount;
    return {};
  }
  [[nodiscard]] State render() const { return Shown::of(count); }

  std::int32_t count = 0;
};

template <class... Roots>
struct socket {
  using roots = musubi::roots<Roots...>;
};

/// Where a coroutine or an interrupt would find the host.
inline musubi::host_core* host = nullptr;

/// Serves `Roots`, and `page` if there is one, and runs the coroutine that `Beside` returns. Never
/// returns.
template <const musubi::limits& Limits, auto Beside, class... Roots>
[[noreturn]] void serve_beside(const musubi::net::http::asset_table* page = nullptr) {
  using firmware = musubi::lwip::host<socket<Roots...>, Limits>;
  alignas(firmware) static std::byte memory[sizeof(firmware)];
  static board::machine hardware;
  hardware.start();
  auto& made = *new (memory) firmware(hardware);
  host = &made.core();
  if (page != nullptr) made.assets(*page);
  if constexpr (Beside != nullptr) (void)made.spawn(Beside());
  made.run();
}
template <const musubi::limits& Limits, class... Roots>
[[noreturn]] void serve_within(const musubi::net::http::asset_table* page = nullptr) {
  serve_beside<Limits, nullptr, Roots...>(page);
}
template <class... Roots>
[[noreturn]] void serve(const musubi::net::http::asset_table* page = nullptr) {
  serve_within<sizes, Roots...>(page);
}

/// What the tables of the smallest one and most others begin with.
struct number_only {
  std::int32_t count;
  static number_only of(std::int32_t n) { return {n}; }
};

}  // namespace probe
