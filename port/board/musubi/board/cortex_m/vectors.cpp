/// The vector table.

#include <cstdint>
#include <part.hpp>

extern "C" {
extern std::uint32_t stack_end[];
[[noreturn]] void reset_handler();
void fault_handler();
void systick_handler();
void timer_handler();
void ethernet_handler();
}

namespace {

using handler = void (*)();
struct vectors {
  std::uint32_t* stack;
  handler exceptions[15];
  handler interrupts[board::part::interrupts];
};

constexpr vectors make_vectors() {
  vectors made{};
  made.stack = stack_end;
  for (handler& each : made.exceptions) each = &fault_handler;
  for (handler& each : made.interrupts) each = &fault_handler;
  made.exceptions[0] = &reset_handler;
  made.exceptions[14] = &systick_handler;
  made.interrupts[board::part::timer_interrupt] = &timer_handler;
  made.interrupts[board::part::ethernet_interrupt] = &ethernet_handler;
  return made;
}

}  // namespace

extern "C" {
[[gnu::section(".vectors"), gnu::used]] extern const vectors vector_table = make_vectors();
}
