#pragma once
/// Identifies a type without RTTI.

namespace musubi::detail {

/// One address for each type.
template <class T>
inline constexpr char type_key = 0;

}  // namespace musubi::detail
