#pragma once
/// A command as it comes from a client (contract section 4.1).

#include <cstdint>
#include <span>
#include <string_view>

#include <musubi/json/internal/reader.hpp>
#include <musubi/schema/decode_error.hpp>

namespace musubi {

/// Views into the received bytes.
struct command_message {
  std::string_view ref;
  std::string_view name;
  std::string_view store_id = "[]";  ///< JSON text
  std::string_view payload = "{}";   ///< JSON text

  /// What was found.
  enum class outcome : std::uint8_t {
    ok,
    missing_field,    ///< a part is missing, or of the wrong kind
    invalid_payload,  ///< `error` says why
  };
  /// Reads the payload of a `command` event, whose text is a well-formed object. The name is
  /// decoded in place.
  [[nodiscard]] static outcome read(std::span<char> text, command_message& into,
                                    decode_error& error) noexcept;
  /// The short way (`phoenix::payload_reader`) over the payload as the client for browsers writes
  /// it: the members are store_id, what is between the quotes of name, payload. Else as any object.
  [[nodiscard]] static const char* usual(const char* at, const char* end,
                                         json::outline& parts) noexcept;
  /// The same, where the members of the object were noted when its text was read.
  [[nodiscard]] static outcome read(std::span<char> text, const json::outline& parts,
                                    command_message& into, decode_error& error) noexcept;
};

}  // namespace musubi
