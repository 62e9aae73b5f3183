#pragma once
/// What a board leaves out where its flash is short: the MUSUBI_WITHOUT_ options of CMake.
/// docs/size.md says what each saves.

namespace musubi {

/// Whether binary messages are read, in which files arrive. Otherwise one ends its connection, as
/// any that is not of a channel.
#if defined(MUSUBI_WITHOUT_BINARY)
inline constexpr bool reads_binary = false;
#else
inline constexpr bool reads_binary = true;
#endif

/// Whether the host tracks the addresses of its peers, so that each has a share of the pools.
#if defined(MUSUBI_WITHOUT_PEERS)
inline constexpr bool tracks_peers = false;
#else
inline constexpr bool tracks_peers = true;
#endif

/// Whether a file is sent in a form that its client accepts, and not again when the client has it.
/// Otherwise every answer is the compressed file.
#if defined(MUSUBI_WITHOUT_NEGOTIATION)
inline constexpr bool negotiates = false;
#else
inline constexpr bool negotiates = true;
#endif

/// Whether a response has a phrase for people behind its status, as in 404 Not Found.
#if defined(MUSUBI_WITHOUT_PHRASES)
inline constexpr bool writes_phrases = false;
#else
inline constexpr bool writes_phrases = true;
#endif

/// Whether a sentence for people is in the body of an error response, the application's own
/// included, and in the reason of a close. The status or code remains.
#if defined(MUSUBI_WITHOUT_REASONS)
inline constexpr bool writes_reasons = false;
#else
inline constexpr bool writes_reasons = true;
#endif

/// Whether a message that is too long is refused on its own channel, and the rest of it skipped.
/// Otherwise it ends its connection.
#if defined(MUSUBI_WITHOUT_SKIPPING)
inline constexpr bool skips_oversized = false;
#else
inline constexpr bool skips_oversized = true;
#endif

/// Whether a host can shut down gracefully.
#if defined(MUSUBI_WITHOUT_STOP)
inline constexpr bool can_stop = false;
#else
inline constexpr bool can_stop = true;
#endif

}  // namespace musubi
