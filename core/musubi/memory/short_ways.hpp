#pragma once
/// Whether there is a short way for what is usual, beside the general one for everything.

namespace musubi {

/// A short way does the same in fewer instructions, and costs flash: where MUSUBI_SMALL_CODE is
/// defined (targets without an operating system), there is only the general one.
#if defined(MUSUBI_SMALL_CODE)
inline constexpr bool short_ways = false;
#else
inline constexpr bool short_ways = true;
#endif

}  // namespace musubi
