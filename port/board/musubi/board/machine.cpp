#include <lwip/init.h>
#include <part.hpp>

#include <musubi/board/core.hpp>
#include <musubi/board/hardware.hpp>
#include <musubi/board/machine.hpp>
#include <musubi/board/network.hpp>

extern "C" {
void timer_handler();
void ethernet_handler();
unsigned board_random(void);
}

namespace board {

namespace {

void (*timer_step)() = nullptr;
std::uint32_t pool = 0x6D757375;

void stir(std::uint32_t word) noexcept {
  pool = (pool ^ word) * 0x9E3779B1U;
  pool ^= pool >> 15;
}

}  // namespace

// not inlined: what it needs is not on the stack of the program
[[gnu::noinline]] void machine::start(const network::settings& chosen) noexcept {
  ::board::start();  // hardware.hpp's
  core::start_clock();
  lwip_init();
  network::start(chosen);
  watchdog::start();
}

void machine::every_tenth_of_a_second(void (*step)()) noexcept {
  timer_step = step;
  timer::start();
  core::enable_interrupt(part::timer_interrupt);
}

musubi::time_point machine::now() noexcept {
  return musubi::time_point(musubi::duration(static_cast<std::int64_t>(core::microseconds())));
}

void machine::entropy(std::span<std::byte> into) noexcept {
  for (std::byte& each : into) {
    stir(core::cycles());
    each = static_cast<std::byte>(pool >> 24);
  }
}

bool machine::receive() noexcept {
  const bool received = network::receive();
  if (received) stir(core::cycles());
  return received;
}

void machine::sleep(musubi::time_point, const std::atomic<bool>& awake) noexcept {
  // the tick ends every sleep within 10 ms, so `until` needs no timer of its own
  core::mask_interrupts();
  if (!awake.load(std::memory_order_relaxed) && !ethernet::waiting()) core::wait_for_interrupt();
  core::unmask_interrupts();
}

void machine::alive() noexcept {
  watchdog::feed();
}

}  // namespace board

// not inlined: the tests stop the board there
[[gnu::noinline]] void timer_handler() {
  board::timer::acknowledge();
  board::timer_step();
}

void ethernet_handler() {
  board::ethernet::hush();
}

unsigned board_random() {
  board::stir(board::core::cycles());
  return board::pool;
}
