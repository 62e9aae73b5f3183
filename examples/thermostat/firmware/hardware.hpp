#pragma once
/// What a board gives to the firmware: these functions, and the numbers in its <part.hpp>. A
/// program has one board, so the linker binds them; nothing here is virtual, and nothing is called
/// from an interrupt but what says so.

#include <cstdint>

struct pbuf;

namespace board {

/// Brings the core to `part::hertz`, and gives led, serial port and the rest their clocks and pins.
void start() noexcept;
/// On a product the relay of the heating.
void led(bool on) noexcept;

/// 115200 baud, 8 bits, no parity.
namespace serial {
/// Waits for room.
void put(char byte) noexcept;
/// The next byte that came in, or -1.
int get() noexcept;
}  // namespace serial

/// Resets the board when it has not been fed for some seconds.
namespace watchdog {
void start() noexcept;
void feed() noexcept;
}  // namespace watchdog

/// Interrupts with `part::timer_interrupt`, ten times a second.
namespace timer {
void start() noexcept;
/// From the interrupt, which it ends.
void acknowledge() noexcept;
}  // namespace timer

/// The Ethernet controller. Its interrupt, `part::ethernet_interrupt`, ends a sleep; frames are
/// read by the main loop.
namespace ethernet {
/// Starts it under this address, with its interrupt still off.
void start(const std::uint8_t (&address)[6]) noexcept;
/// Sends a frame, which may be in pieces of any length; copies it. False when there was no room in
/// time: the frame is lost, as frames are.
[[nodiscard]] bool send(const pbuf& frame) noexcept;
/// True when a frame is waiting.
[[nodiscard]] bool waiting() noexcept;
/// Takes the frame that is waiting out of the controller; null when it was broken or lwIP had no
/// buffer, and then it is gone.
[[nodiscard]] pbuf* receive() noexcept;
/// Asks for an interrupt with the next frame.
void listen() noexcept;
/// No more interrupts, from the interrupt: it would come again until the frame is read.
void hush() noexcept;
}  // namespace ethernet

}  // namespace board
