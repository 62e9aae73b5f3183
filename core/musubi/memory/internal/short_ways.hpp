#pragma once
/// Whether fast paths for common cases are compiled in, besides the general path, and whether the
/// compiler may copy a function to where it is called.

#include <type_traits>

namespace musubi {

/// A fast path gives the same result in fewer instructions but costs flash. Where MUSUBI_SMALL_CODE
/// is defined (targets without an operating system), there is only the general path.
#if defined(MUSUBI_SMALL_CODE)
inline constexpr bool short_ways = false;
#else
inline constexpr bool short_ways = true;
#endif

/// Marks a function that has many callers: where flash is little, they share one copy of it.
#if defined(MUSUBI_SMALL_CODE)
#define MUSUBI_ONCE [[gnu::noinline]]
#else
#define MUSUBI_ONCE
#endif

namespace detail {
/// Stores nothing, and reads as an empty `T`.
template <class T>
struct no_short_way {
  constexpr no_short_way() noexcept = default;
  constexpr no_short_way(const T&) noexcept {}
  constexpr operator T() const noexcept { return T(); }
};
}  // namespace detail

/// The type of a member that only a fast path needs: a `T`, or, with [[no_unique_address]], without
/// memory.
template <class T>
using of_short_way = std::conditional_t<short_ways, T, detail::no_short_way<T>>;

}  // namespace musubi
