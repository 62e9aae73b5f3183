#pragma once
/// JSON Pointer (RFC 6901): the place in the state to which an operation applies.

#include <cstddef>
#include <string_view>

#include <musubi/json/internal/writer.hpp>
#include <musubi/memory/internal/short_ways.hpp>

namespace musubi {

/// One step of a path, linked to the previous step. Lives on the stack of the diff.
struct pointer {
  const pointer* parent = nullptr;
  std::string_view key{};  ///< an object's key; unused when `is_index`
  std::size_t index = 0;   ///< an array's index
  bool is_index = false;
  bool plain = true;  ///< `key` needs no escaping
  /// For a member of the root, the whole operation that replaces it, up to the value; else empty.
  [[no_unique_address]] of_short_way<std::string_view> replaces{};

  /// The empty path, a constant: what is written for a member of the root is known when compiled.
  [[nodiscard]] static constexpr const pointer& root() noexcept;
  /// The member called `name`, an identifier.
  [[nodiscard]] MUSUBI_ONCE pointer member(std::string_view name) const noexcept {
    return {this, name, 0, false, true, {}};
  }
  /// The same; `replacing` is `replaces` of the member if this is the root.
  [[nodiscard]] pointer member(std::string_view name, std::string_view replacing) const noexcept {
    return {
        this, name,
        0,    false,
        true, of_short_way<std::string_view>(parent == nullptr ? replacing : std::string_view())};
  }
  /// The entry with an arbitrary key.
  [[nodiscard]] pointer entry(std::string_view name) const noexcept {
    return {this, name, 0, false, false, {}};
  }
  [[nodiscard]] pointer element(std::size_t at) const noexcept {
    return {this, {}, at, true, true, {}};
  }

  /// Writes the path as the inside of a JSON string: "" for the root, otherwise "/a/0/b", with `~`
  /// and `/` in keys escaped (`~` first).
  void write(json::writer& out) const noexcept;
};

namespace detail {
inline constexpr pointer root_pointer{};
}  // namespace detail

constexpr const pointer& pointer::root() noexcept {
  return detail::root_pointer;
}

}  // namespace musubi
