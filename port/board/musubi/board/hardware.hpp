#pragma once
/// What a board provides for the firmware: these functions, and the numbers in its <part.hpp>. A
/// program has one board, so they are bound at link time, without virtual functions. They are not
/// called from interrupts unless stated.

#include <cstdint>

struct pbuf;

namespace board {

/// Sets the core's clock to `part::hertz`, and configures clocks and pins of the peripherals.
void start() noexcept;
/// In a product, this would be the heating's relay.
void led(bool on) noexcept;

/// 115200 baud, 8 bits, no parity.
namespace serial {
/// Waits for room.
void put(char byte) noexcept;
/// The next received byte, or -1.
int get() noexcept;
}  // namespace serial

/// Resets the board when it has not been fed for some seconds.
namespace watchdog {
void start() noexcept;
void feed() noexcept;
}  // namespace watchdog

/// Raises `part::timer_interrupt` ten times a second.
namespace timer {
void start() noexcept;
/// Acknowledges the interrupt. Call from its handler.
void acknowledge() noexcept;
}  // namespace timer

/// The Ethernet controller. Its interrupt, `part::ethernet_interrupt`, only wakes the core; the
/// main loop reads the frames.
namespace ethernet {
/// Starts it with this address and its interrupt disabled.
void start(const std::uint8_t (&address)[6]) noexcept;
/// Accepts multicast frames as well, once it is started: for mDNS.
void accept_multicast() noexcept;
/// Copies and sends a frame, which may be in pieces of any length. Returns false when there was no
/// room in time: the frame is dropped.
[[nodiscard]] bool send(const pbuf& frame) noexcept;
/// True when a frame is waiting.
[[nodiscard]] bool waiting() noexcept;
/// Reads the waiting frame from the controller. Returns null when it was corrupt or lwIP had no
/// buffer; the frame is then dropped.
[[nodiscard]] pbuf* receive() noexcept;
/// Enables the interrupt for the next frame.
void listen() noexcept;
/// Disables the interrupt, which would otherwise fire again until the frame is read. Call from its
/// handler.
void hush() noexcept;
}  // namespace ethernet

}  // namespace board
