#pragma once
/// The registers that this board uses, accessed with `at`: the UART, a 16550,
/// of QEMU's machine virt, and virtio's, as in its specification 1.1, 4.2.2.

#include <musubi/board/core.hpp>

namespace board {

/// With writes of the same width as in a 16550: one byte.
inline volatile std::uint8_t& byte_at(std::uint32_t address) {
  return *reinterpret_cast<volatile std::uint8_t*>(address);
}

namespace uart {
inline constexpr std::uint32_t data = 0x10000000;
inline constexpr std::uint32_t state = 0x10000005;
inline constexpr std::uint8_t received = 1;             // of state
inline constexpr std::uint8_t transmit_empty = 1 << 5;  // of state
}  // namespace uart

/// The first of eight places for a device.
namespace virtio {
inline constexpr std::uint32_t magic = 0x10001000;
inline constexpr std::uint32_t version = magic + 0x004;
inline constexpr std::uint32_t device_features = magic + 0x010;
inline constexpr std::uint32_t device_features_word = magic + 0x014;
inline constexpr std::uint32_t driver_features = magic + 0x020;
inline constexpr std::uint32_t driver_features_word = magic + 0x024;
inline constexpr std::uint32_t queue = magic + 0x030;
inline constexpr std::uint32_t queue_size = magic + 0x038;
inline constexpr std::uint32_t queue_ready = magic + 0x044;
inline constexpr std::uint32_t queue_notify = magic + 0x050;
inline constexpr std::uint32_t interrupt_status = magic + 0x060;
inline constexpr std::uint32_t interrupt_ack = magic + 0x064;
inline constexpr std::uint32_t status = magic + 0x070;
inline constexpr std::uint32_t queue_descriptors = magic + 0x080;  // each 64 bits
inline constexpr std::uint32_t queue_offered = magic + 0x090;
inline constexpr std::uint32_t queue_used = magic + 0x0A0;

inline constexpr std::uint32_t acknowledged = 1;  // of status
inline constexpr std::uint32_t has_driver = 2;
inline constexpr std::uint32_t runs = 4;
inline constexpr std::uint32_t features_agreed = 8;
inline constexpr std::uint32_t version_1 = 1;  // of the second word of features
}  // namespace virtio

}  // namespace board
