#pragma once
/// What identifies a type where there is no RTTI.

namespace musubi::detail {

/// One address for each type.
template <class T>
inline constexpr char type_key = 0;

}  // namespace musubi::detail
