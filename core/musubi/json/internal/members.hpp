#pragma once
/// Finds members of a JSON object by name.

#include <cstdint>
#include <span>
#include <string_view>

#include <musubi/json/internal/reader.hpp>

namespace musubi::json {

/// The index of the first of `names` that is `key`, by value; their number if none is. An empty
/// name is none.
[[nodiscard]] std::size_t index_of(const string_token& key,
                                   std::span<const std::string_view> names) noexcept;

/// Reads the next value, which must be an object, and sets `values[i]` to the text of its member
/// `names[i]`, or to an empty view if it has none. Names are compared by value; other members are
/// skipped. A duplicate member is ambiguous and counts as missing; its bit in `twice` is set.
/// Returns false when the next value is not an object, or not JSON.
///
/// At most 32 names; `values` has as many elements.
[[nodiscard]] bool find_members(reader& from, std::span<const std::string_view> names,
                                std::string_view* values, std::uint32_t& twice) noexcept;

/// The same for an object whose members were noted.
void find_members(const outline& from, std::span<const std::string_view> names,
                  std::string_view* values, std::uint32_t& twice) noexcept;

}  // namespace musubi::json
