#pragma once
/// Finds what is wrong with the keys of an object that is decoded into a dict.

#include <cstddef>
#include <cstdint>
#include <string_view>

#include <musubi/json/internal/reader.hpp>

namespace musubi::detail {

/// The `expected` of a `decode_error` for a duplicate key.
inline constexpr std::string_view given_once = "given once";

/// In the order in which they are reported.
enum class key_fault : std::uint8_t { none, malformed, too_many, too_long, reserved, given_twice };

/// Checks the object at `from`, which may have at most `most` keys of at most `key_bytes` bytes.
/// Sets `key` to the smallest one that is reserved or duplicate. Takes time proportional to the
/// size of the text and to the square of `most`.
[[nodiscard]] key_fault find_key_fault(json::reader from, std::size_t most, std::size_t key_bytes,
                                       json::string_token& key) noexcept;

}  // namespace musubi::detail
