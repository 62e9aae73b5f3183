#pragma once
/// What a board leaves out where its flash is short: the MUSUBI_WITHOUT_ options of CMake, whose
/// prices docs/size.md has.

namespace musubi {

/// Whether binary messages are read, in which files arrive. Else one ends its connection, as any
/// that is not of a channel.
#if defined(MUSUBI_WITHOUT_BINARY)
inline constexpr bool reads_binary = false;
#else
inline constexpr bool reads_binary = true;
#endif

/// Whether a response has a phrase for people behind its status, as in 404 Not Found.
#if defined(MUSUBI_WITHOUT_PHRASES)
inline constexpr bool writes_phrases = false;
#else
inline constexpr bool writes_phrases = true;
#endif

}  // namespace musubi
