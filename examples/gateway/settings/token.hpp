#pragma once
/// The secret that lets a browser in.

#include <string_view>

#include <musubi/memory/text.hpp>

namespace gateway {

/// Long enough for one of the user's own choice; empty when everybody is let in.
using access_token = musubi::text<128>;

/// 20 letters and digits that a person can type, from the system's randomness: 100 bits. Empty when
/// the system has none to give.
[[nodiscard]] access_token make_token() noexcept;

/// Whether `given` opens what `token` locks. Takes as long for a wrong one as for the right one of
/// the same length, whatever part of it is right.
[[nodiscard]] bool opens(std::string_view given, const access_token& token) noexcept;

}  // namespace gateway
