#pragma once
/// The members of a JSON object that somebody asks for by name.

#include <cstdint>
#include <span>
#include <string_view>

#include <musubi/json/reader.hpp>

namespace musubi::json {

/// Takes the object that comes next and sets `values[i]` to the text of its member `names[i]`;
/// empty where there is none. Names are compared by value, and other members are skipped. Of a
/// member that is given more than once no reader could say which one is meant, so it is none: its
/// bit in `twice` is set. False when no object comes, or it is not JSON.
///
/// At most 32 names; `values` has as many elements.
[[nodiscard]] bool find_members(reader& from, std::span<const std::string_view> names,
                                std::string_view* values, std::uint32_t& twice) noexcept;

/// The same of an object of which the members were noted.
void find_members(const outline& from, std::span<const std::string_view> names,
                  std::string_view* values, std::uint32_t& twice) noexcept;

}  // namespace musubi::json
