#pragma once
/// Who keeps one client from taking all of a pool.

#include <cstdint>

namespace musubi {

class page_sink;

/// Pools that the clients of a host share, and of which each may have so much.
enum class shared_pool : std::uint8_t { pages, subscriptions, uploads, outgoing };

/// Whose share of a pool is used up.
enum class share_end : std::uint8_t { none, of_connection, of_peer };

/// Counts what each client has. A host without it, as on a board, does not link it.
struct share_keeper {
  /// The client at the other end of `of` wants one more: counts it, unless a share is used up.
  share_end (*take)(page_sink& of, shared_pool what) noexcept;
  /// It has one less.
  void (*give)(page_sink& of, shared_pool what) noexcept;
};

/// The same, where `by` is null if nobody counts.
[[nodiscard]] inline share_end take_share(const share_keeper* by, page_sink& of,
                                          shared_pool what) noexcept {
  return by == nullptr ? share_end::none : by->take(of, what);
}
inline void give_share(const share_keeper* by, page_sink& of, shared_pool what) noexcept {
  if (by != nullptr) by->give(of, what);
}

}  // namespace musubi
