#pragma once
/// The token that gives a browser access.

#include <string_view>

#include <musubi/memory/text.hpp>

namespace gateway {

/// Empty if no token is required.
using access_token = musubi::text<128>;

/// Generates a token of 20 letters and digits that a person can type, with 100 random bits. Empty
/// if the system provides no randomness.
[[nodiscard]] access_token make_token() noexcept;

/// Whether `given` gives access. Compares in constant time, so that a wrong token of the right
/// length takes as long as the right one.
[[nodiscard]] bool opens(std::string_view given, const access_token& token) noexcept;

}  // namespace gateway
