#pragma once
/// Why a broker does not accept a connection.

#include <cstdint>
#include <string_view>

namespace musubi::mqtt {

/// What the return code of a CONNACK of MQTT 3.1.1 means, as a sentence.
[[nodiscard]] constexpr std::string_view refusal_of(std::uint32_t code) noexcept {
  switch (code) {
    case 1:
      return "the broker does not speak MQTT 3.1.1";
    case 2:
      return "the broker refuses the name of this client";
    case 3:
      return "the broker is not available";
    case 4:
      return "the broker refuses the user or the password";
    case 5:  // with which mosquitto answers a wrong password, too
      return "the broker does not let this client in: the user or the password is wrong, or has no "
             "right to connect";
    default:
      return "the broker refuses the connection";
  }
}

}  // namespace musubi::mqtt
