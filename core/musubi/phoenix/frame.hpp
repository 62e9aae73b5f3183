#pragma once
/// Frames of Phoenix's serializer v2 (contract sections 1.2 and 1.3), as sent by a client.

#include <cstddef>
#include <span>
#include <string_view>

#include <musubi/json/internal/reader.hpp>
#include <musubi/phoenix/ref.hpp>

namespace musubi::phoenix {

/// A client's message. All views refer to the received bytes, in which the strings have been
/// decoded in place, so comparisons use values, however they were escaped.
struct frame {
  phoenix::ref join_ref;
  phoenix::ref ref;
  std::string_view topic;
  std::string_view event;
  /// JSON text; for a binary push, its bytes. Not valid if there is a problem with it.
  std::span<char> payload;
  /// What the payload was expected to be, if it is unusable; otherwise empty. Such a frame gets an
  /// error reply at its address.
  std::string_view expected_payload = {};
  bool binary = false;
  /// The text up to the event, `["join_ref","ref","topic",`, if a reply may begin with the same
  /// bytes; otherwise empty.
  std::string_view head = {};
  /// The members of the payload, if it is an object, noted when it was validated, so that it need
  /// not be searched again.
  json::outline parts = {};

  [[nodiscard]] std::string_view text() const noexcept { return {payload.data(), payload.size()}; }
};

/// Reads the payload of a frame the short way, for a known order of members. Like
/// `json::usual_object`.
using payload_reader = const char* (*)(const char* at, const char* end,
                                       json::outline& parts) noexcept;

/// Reads `[join_ref, ref, topic, event, payload]`. Returns false when its address, which is
/// everything but the payload, cannot be read. The payload is validated as JSON and left unchanged.
/// Modifies `text`. `usual` is tried first; null: `json::usual_object`.
[[nodiscard]] bool read_text(std::span<char> text, frame& into,
                             payload_reader usual = nullptr) noexcept;

/// Reads a binary push (kind 0). Returns false for anything else.
[[nodiscard]] bool read_binary(std::span<std::byte> bytes, frame& into) noexcept;

}  // namespace musubi::phoenix
