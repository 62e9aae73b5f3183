#pragma once

#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include <musubi/net/websocket/internal/frame.hpp>

/// Frames as a client sends them, for the tests of the WebSocket layer.
namespace musubi::net::websocket::testing {

using bytes = std::vector<std::byte>;

struct frame_shape {
  bool fin = true;
  unsigned reserved = 0;  ///< RSV1-3 as a number 0-7
  bool masked = true;
  unsigned length_bytes = 0;  ///< 0: the fewest; else 1, 2 or 8
};

inline bytes client_frame(unsigned op, std::string_view payload, frame_shape shape = {}) {
  constexpr unsigned char mask[4] = {0x37, 0xFA, 0x21, 0x3D};
  const std::uint64_t length = payload.size();
  if (shape.length_bytes == 0) shape.length_bytes = length < 126 ? 1 : length < 65536 ? 2 : 8;
  bytes out;
  const auto put = [&out](std::uint64_t value) {
    out.push_back(static_cast<std::byte>(value & 0xFF));
  };
  put((shape.fin ? 0x80u : 0u) | shape.reserved << 4 | op);
  const unsigned mask_bit = shape.masked ? 0x80u : 0u;
  if (shape.length_bytes == 1) {
    put(mask_bit | length);
  } else {
    put(mask_bit | (shape.length_bytes == 2 ? 126u : 127u));
    for (unsigned i = shape.length_bytes; i-- > 0;) put(length >> (8 * i));
  }
  if (shape.masked) {
    for (const auto byte : mask) put(byte);
  }
  for (std::size_t i = 0; i < payload.size(); ++i) {
    const auto byte = static_cast<unsigned char>(payload[i]);
    put(shape.masked ? byte ^ mask[i % 4] : byte);
  }
  return out;
}

inline bytes text_frame(std::string_view payload, bool fin = true) {
  return client_frame(0x1, payload, {.fin = fin});
}
inline bytes binary_frame(std::string_view payload, bool fin = true) {
  return client_frame(0x2, payload, {.fin = fin});
}
inline bytes continuation(std::string_view payload, bool fin) {
  return client_frame(0x0, payload, {.fin = fin});
}
inline bytes close_frame(unsigned code, std::string_view reason = {}) {
  std::string payload{static_cast<char>(code >> 8), static_cast<char>(code & 0xFF)};
  payload += reason;
  return client_frame(0x8, payload);
}

inline bytes operator+(bytes left, const bytes& right) {
  left.insert(left.end(), right.begin(), right.end());
  return left;
}

inline std::string_view chars(std::span<const std::byte> payload) {
  return {reinterpret_cast<const char*>(payload.data()), payload.size()};
}

}  // namespace musubi::net::websocket::testing
