#pragma once
/// Frames of Phoenix's serializer v2 (contract sections 1.2 and 1.3), as they come from a client.

#include <cstddef>
#include <optional>
#include <span>
#include <string_view>

namespace musubi::phoenix {

/// A client's message. All views are into the received bytes. Strings are the insides of JSON
/// strings as they were sent, escapes and all: they are only compared, and echoed as they came.
struct frame {
  std::optional<std::string_view> join_ref;
  std::optional<std::string_view> ref;
  std::string_view topic;
  std::string_view event;
  std::string_view payload;  ///< JSON text; of a binary push, its bytes
  bool binary = false;
};

/// Reads `[join_ref, ref, topic, event, payload]`; false when it is anything else. The payload is
/// checked to be JSON and left as it is.
[[nodiscard]] bool read_text(std::string_view text, frame& into) noexcept;

/// Reads a binary push (kind 0); false when it is anything else.
[[nodiscard]] bool read_binary(std::span<const std::byte> bytes, frame& into) noexcept;

}  // namespace musubi::phoenix
