#pragma once
/// Frames of Phoenix's serializer v2 (contract sections 1.2 and 1.3), as they come from a client.

#include <cstddef>
#include <optional>
#include <span>
#include <string_view>

#include <musubi/json/reader.hpp>

namespace musubi::phoenix {

/// A client's message. All views are into the received bytes, where the strings are decoded in
/// place, once: who compares one compares values, however they were spelt.
struct frame {
  std::optional<std::string_view> join_ref;
  std::optional<std::string_view> ref;
  std::string_view topic;
  std::string_view event;
  /// JSON text; of a binary push, its bytes. Meaningless while there is a problem with it.
  std::span<char> payload;
  /// Why the payload cannot be used, or empty: what it was expected to be. Such a frame is refused
  /// at its address, and harms nobody else.
  std::string_view expected_payload = {};
  bool binary = false;
  /// The members of the payload, where it is an object; noted when it was checked, so that it need
  /// not be looked through again.
  json::outline parts = {};

  [[nodiscard]] std::string_view text() const noexcept { return {payload.data(), payload.size()}; }
};

/// Reads `[join_ref, ref, topic, event, payload]`; false when its address, all but the payload,
/// cannot be read. The payload is checked to be JSON and left as it is. Writes to `text`.
[[nodiscard]] bool read_text(std::span<char> text, frame& into) noexcept;

/// Reads a binary push (kind 0); false when it is anything else.
[[nodiscard]] bool read_binary(std::span<std::byte> bytes, frame& into) noexcept;

}  // namespace musubi::phoenix
