#pragma once
/// What a visitor may do: three roles, each of which includes those before it.
///
///     struct Pause {                                      // a command, in a store
///       static constexpr auto needs = musubi::access::role::operator_;
///     };
///
/// The page refuses it to everybody else, before its payload is read:
/// `{"reason":"forbidden","expected":"the role operator"}`. A store shows what may be done by
/// `role_of(ctx)`.

#include <cstdint>
#include <string_view>

#include <musubi/store/context.hpp>

namespace musubi::access {

/// "none", "viewer", "operator", "admin" on the wire. Whoever has one has those before it, too.
// NOLINTNEXTLINE(readability-identifier-naming): operator is a keyword
enum class role : std::uint8_t { none, viewer, operator_, admin };

/// Whether somebody who is `has` may do what `needed` may.
[[nodiscard]] constexpr bool includes(role has, role needed) noexcept {
  return has >= needed;
}

/// "operator".
[[nodiscard]] std::string_view to_text(role which) noexcept;
/// The role of that name, which must not be "none"; otherwise returns false.
[[nodiscard]] bool read_role(std::string_view name, role& into) noexcept;

/// The role of the visitor of this store, as it is now. `role::none` if its socket is no
/// `visitor_of` a door.
[[nodiscard]] role role_of(const context& ctx) noexcept;
/// What the visitor lacks to send a command that needs this role; empty if nothing. The page asks.
[[nodiscard]] std::string_view unmet(role needed, const context& ctx) noexcept;

}  // namespace musubi::access
