#pragma once
/// Views into what one is asked for.

#if defined(__clang__)
/// After a function that answers a view into its object: clang warns where the view outlives it.
#define MUSUBI_LIFETIMEBOUND [[clang::lifetimebound]]
#else
#define MUSUBI_LIFETIMEBOUND
#endif
