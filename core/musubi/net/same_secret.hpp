#pragma once

#include <string_view>

namespace musubi::net {

/// Compares in a time that tells the lengths, but not where they differ: for tokens and tags, which
/// could else be guessed a byte at a time.
[[nodiscard]] bool same_secret(std::string_view a, std::string_view b) noexcept;

}  // namespace musubi::net
