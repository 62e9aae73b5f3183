/// What the core starts after each reset: chooses a slot, copies its program to where it runs, and
/// starts it.
///
/// A program for a Cortex-M3 holds absolute addresses, so it runs at one place only. This board
/// runs programs from RAM anyway: the first stage copies the one that was chosen, and one image
/// fits both slots. A part that runs programs in its flash links each program twice instead, once
/// for each slot.

#include "memory_map.hpp"
#include "simulated_flash.hpp"

#include <algorithm>
#include <array>
#include <cstddef>
#include <cstdint>
#include <span>

#include <musubi/board/cortex_m/cortex_m.hpp>
#include <musubi/board/hardware.hpp>
#include <musubi/board/serial.hpp>
#include <musubi/board/variables.hpp>
#include <musubi/update/boot.hpp>

extern "C" {
extern std::uint32_t stack_end[];
extern const std::byte factory_begin[], factory_end[];  // factory.S
[[noreturn]] void reset_handler();
[[noreturn]] void abort();
}

namespace {

using board::map::layout;

struct vectors {
  std::uint32_t* stack;
  void (*reset)();
  void (*faults[4])();
};

/// Nothing is left to be started: waits for somebody with a programmer.
[[noreturn]] void stop(const char* why) noexcept {
  board::serial::write("first stage: ");
  board::serial::write(why);
  board::serial::write("\n");
  for (;;) board::core::wait_for_interrupt();
}

/// The factory programs an image next to the first stage. At the first start, when neither slot has
/// an image, it is copied into one.
void install_factory_image(board::simulated_flash& flash) noexcept {
  const std::span image(factory_begin, factory_end);
  std::array<std::byte, 256> part;
  for (std::uint32_t at = 0; at < image.size(); at += part.size()) {
    part.fill(std::byte{0xFF});
    const auto rest = image.subspan(at);
    std::copy_n(rest.begin(), std::min(rest.size(), part.size()), part.begin());
    const std::uint32_t to = layout.slots[0] + at;
    if (at % flash.sector_bytes() == 0 && !flash.erase(to)) return;
    if (!flash.program(to, part)) return;
  }
}

[[noreturn]] void run(const musubi::update::boot_choice& chosen) noexcept {
  board::simulated_flash flash;
  auto* const program = reinterpret_cast<std::byte*>(board::map::program);
  if (chosen.image.payload_bytes > board::map::program_bytes ||
      !flash.read(layout.slots[chosen.slot] + musubi::update::header_bytes,
                  {program, chosen.image.payload_bytes})) {
    stop("the image does not fit");
  }
  board::serial::write(chosen.slot == 0 ? "first stage: slot A, " : "first stage: slot B, ");
  board::serial::write(chosen.image.build);
  board::serial::write("\n");
  board::at(board::map::started_slot) = board::map::slot_mark | chosen.slot;
  board::core::vector_table() = board::map::program;
  const std::uint32_t stack = board::at(board::map::program);
  const std::uint32_t reset = board::at(board::map::program + 4);
  __asm volatile("dsb\n isb\n msr msp, %0\n bx %1" ::"r"(stack), "r"(reset) : "memory");
  __builtin_unreachable();
}

}  // namespace

extern "C" {

[[gnu::section(".vectors"), gnu::used]] extern const vectors vector_table = {
    stack_end, &reset_handler, {&abort, &abort, &abort, &abort}};

[[noreturn]] void reset_handler() {
  board::set_variables();
  board::start();
  board::simulated_flash flash;
  auto chosen = musubi::update::choose_slot(flash, layout);
  if (!chosen) {
    install_factory_image(flash);
    chosen = musubi::update::choose_slot(flash, layout);
  }
  if (!chosen) stop("there is no whole image");
  run(*chosen);
}

[[noreturn]] void abort() {
  stop("fault");
}
}
