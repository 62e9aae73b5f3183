#pragma once
/// What is wrong with the keys of an object that becomes a dict.

#include <cstddef>
#include <cstdint>
#include <string_view>

#include <musubi/json/reader.hpp>

namespace musubi::detail {

/// What `decode_error` expects of a key that was given more than once.
inline constexpr std::string_view given_once = "given once";

/// In the order in which they are told.
enum class key_fault : std::uint8_t { none, malformed, too_many, too_long, reserved, given_twice };

/// Looks through the object at `from`, which has at most `most` keys of at most `key_bytes` bytes
/// if all is well. `key` becomes the least one that is reserved or given twice. Takes time in
/// proportion to the text, and to the square of `most`.
[[nodiscard]] key_fault find_key_fault(json::reader from, std::size_t most, std::size_t key_bytes,
                                       json::string_token& key) noexcept;

}  // namespace musubi::detail
