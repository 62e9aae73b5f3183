#pragma once
/// What a visitor needs to send a command or a file.

#include <string_view>

#include <musubi/store/command/commands.hpp>

namespace musubi::detail {

/// Says it itself, or its store does for all that say nothing.
template <class Store, class Asked>
concept has_needs = declares_needs<Asked> || declares_needs<Store>;

template <class Store, class Asked>
requires has_needs<Store, Asked>
consteval auto needs_of() {
  if constexpr (declares_needs<Asked>) {
    return Asked::needs;
  } else {
    return Store::needs;
  }
}

/// What the visitor lacks; empty if nothing.
template <class Store, class Asked>
std::string_view lacks(const context& ctx) noexcept {
  if constexpr (has_needs<Store, Asked>) {
    return unmet(needs_of<Store, Asked>(), ctx);
  } else {
    return {};
  }
}

}  // namespace musubi::detail
