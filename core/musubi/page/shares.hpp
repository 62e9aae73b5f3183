#pragma once
/// Who keeps one client from taking all of a pool.

#include <cstdint>

namespace musubi {

class page_sink;

/// Pools that the clients of a host share, and of which each may have so much.
enum class shared_pool : std::uint8_t { pages, subscriptions, uploads };

/// Whose share of a pool is used up.
enum class share_end : std::uint8_t { none, of_connection, of_peer };

/// Counts what each client has. A host without it, as on a board, does not link it.
struct share_keeper {
  /// The client at the other end of `of` wants one more: counts it, unless a share is used up.
  share_end (*take)(page_sink& of, shared_pool what) noexcept;
  /// It has one less.
  void (*give)(page_sink& of, shared_pool what) noexcept;
};

}  // namespace musubi
