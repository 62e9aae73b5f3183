#pragma once

#include <string_view>

namespace musubi::net {

/// Compares in a time that depends on the lengths but not on where the texts differ, so that a
/// token or tag cannot be guessed one byte at a time.
[[nodiscard]] bool same_secret(std::string_view a, std::string_view b) noexcept;

}  // namespace musubi::net
