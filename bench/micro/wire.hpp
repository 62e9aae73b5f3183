#pragma once
/// The bytes of one W1 command, as sent by the load generator.

#include <cstddef>
#include <cstring>
#include <span>
#include <string>
#include <string_view>

namespace musubi::bench {

inline constexpr std::string_view command_text =
    R"(["1","12345","musubi:connection:App.Counter:c12","command",)"
    R"({"store_id":[],"name":"increment","payload":{"amount":1}}])";

/// `text`, of less than 65536 bytes, as one masked client frame.
inline std::string client_frame(std::string_view text) {
  constexpr char mask[] = {0x37, '\xfa', 0x21, 0x3d};
  std::string made(1, '\x81');
  if (text.size() < 126) {
    made += static_cast<char>(0x80U | text.size());
  } else {
    made += '\xfe';
    made += static_cast<char>(text.size() >> 8U);
    made += static_cast<char>(text.size() & 0xFFU);
  }
  made.append(mask, sizeof mask);
  for (std::size_t i = 0; i < text.size(); ++i) made += static_cast<char>(text[i] ^ mask[i % 4]);
  return made;
}

}  // namespace musubi::bench
