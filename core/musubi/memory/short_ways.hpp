#pragma once
/// Whether fast paths for common cases are compiled in, besides the general path.

namespace musubi {

/// A fast path gives the same result in fewer instructions but costs flash. Where MUSUBI_SMALL_CODE
/// is defined (targets without an operating system), there is only the general path.
#if defined(MUSUBI_SMALL_CODE)
inline constexpr bool short_ways = false;
#else
inline constexpr bool short_ways = true;
#endif

}  // namespace musubi
