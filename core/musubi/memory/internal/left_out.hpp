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

/// Whether the host tracks the addresses of its peers, so that each has a share of the pools.
#if defined(MUSUBI_WITHOUT_PEERS)
inline constexpr bool tracks_peers = false;
#else
inline constexpr bool tracks_peers = true;
#endif

/// Whether a file is sent in a form that its client accepts, and not again when the client has it.
/// Else every answer is the compressed file.
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

/// Whether a refused request and a closed WebSocket have a sentence for people besides the status
/// or code.
#if defined(MUSUBI_WITHOUT_REASONS)
inline constexpr bool writes_reasons = false;
#else
inline constexpr bool writes_reasons = true;
#endif

/// Whether a message that is too long is refused where it is addressed to, and the rest of it
/// skipped. Else it ends its connection.
#if defined(MUSUBI_WITHOUT_SKIPPING)
inline constexpr bool skips_oversized = false;
#else
inline constexpr bool skips_oversized = true;
#endif

/// Whether a host can stop in order.
#if defined(MUSUBI_WITHOUT_STOP)
inline constexpr bool can_stop = false;
#else
inline constexpr bool can_stop = true;
#endif

}  // namespace musubi
