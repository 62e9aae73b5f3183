#pragma once
/// Marks functions that return a view into their object.

#if defined(__clang__)
/// Placed after a function that returns a view into its object: clang warns where the view outlives
/// the object.
#define MUSUBI_LIFETIMEBOUND [[clang::lifetimebound]]
#else
#define MUSUBI_LIFETIMEBOUND
#endif
