#pragma once
/// The bytes that clients send, for tests and fuzz targets.

#include <cstdint>
#include <string>
#include <string_view>

namespace musubi::test {

/// What an upgrade asks for.
struct upgrade_request {
  std::string path = "/socket/websocket?vsn=2.0.0";
  std::string host = "localhost";
  std::string fields = {};  ///< further field lines, each with its CRLF
};

[[nodiscard]] inline std::string upgrade_text(const upgrade_request& request = {}) {
  return "GET " + request.path + " HTTP/1.1\r\nHost: " + request.host +
         "\r\nUpgrade: websocket\r\nConnection: Upgrade\r\n"
         "Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\nSec-WebSocket-Version: 13\r\n" +
         request.fields + "\r\n";
}

/// A frame as a client sends it: masked; opcode as in RFC 6455 section 5.2.
[[nodiscard]] inline std::string client_frame(unsigned opcode, std::string_view payload,
                                              bool fin = true) {
  constexpr unsigned char mask[4] = {0x37, 0xFA, 0x21, 0x3D};
  std::string out;
  const auto put = [&out](std::uint64_t value) { out += static_cast<char>(value & 0xFFU); };
  put((fin ? 0x80U : 0U) | opcode);
  const std::size_t size = payload.size();
  if (size < 126) {
    put(0x80U | size);
  } else {
    const unsigned digits = size < 65536 ? 2 : 8;
    put(0x80U | (digits == 2 ? 126U : 127U));
    for (unsigned i = digits; i-- > 0;) put(std::uint64_t{size} >> (8 * i));
  }
  for (const unsigned char byte : mask) put(byte);
  for (std::size_t i = 0; i < size; ++i) put(static_cast<unsigned char>(payload[i]) ^ mask[i % 4]);
  return out;
}
[[nodiscard]] inline std::string client_text(std::string_view payload) {
  return client_frame(0x1, payload);
}

}  // namespace musubi::test
