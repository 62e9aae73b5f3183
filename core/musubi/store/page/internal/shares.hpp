#pragma once
/// Keeps one client from using all of a pool.

#include <cstdint>

namespace musubi {

class page_sink;

/// The pools of which each client of a host may use only a share.
enum class shared_pool : std::uint8_t { pages, subscriptions, uploads, outgoing };

/// Which share of a pool is used up.
enum class share_end : std::uint8_t { none, of_connection, of_peer };

/// Counts the use of each client. A host without shares, as on a board, does not link it.
struct share_keeper {
  /// Counts one more for the client of `of`, unless a share is used up.
  share_end (*take)(page_sink& of, shared_pool what) noexcept;
  /// Counts one less.
  void (*give)(page_sink& of, shared_pool what) noexcept;
};

/// The same, where `by` may be null: no shares.
[[nodiscard]] inline share_end take_share(const share_keeper* by, page_sink& of,
                                          shared_pool what) noexcept {
  return by == nullptr ? share_end::none : by->take(of, what);
}
inline void give_share(const share_keeper* by, page_sink& of, shared_pool what) noexcept {
  if (by != nullptr) by->give(of, what);
}

}  // namespace musubi
