#pragma once
/// A command as it comes from a client (contract section 4.1).

#include <string_view>

namespace musubi {

/// Views into the received bytes.
struct command_message {
  std::string_view ref;              ///< inside of a JSON string
  std::string_view name;             ///< inside of a JSON string
  std::string_view store_id = "[]";  ///< JSON text
  std::string_view payload = "{}";   ///< JSON text

  /// Reads the payload of a `command` event, whose text is well-formed JSON. False, and `error` set
  /// to the reason for the client, when a part is missing or of the wrong kind.
  [[nodiscard]] static bool read(std::string_view text, command_message& into,
                                 std::string_view& error) noexcept;
};

}  // namespace musubi
