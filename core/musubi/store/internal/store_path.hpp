#pragma once
/// The store_id, which identifies a store within a page (contract section 5.4).
///
/// A store_id is stored as JSON text without the array's brackets: `"lines","l1"`. So it is written
/// to the wire unchanged, and a client's is compared without parsing it.

#include <cstddef>
#include <cstdint>
#include <string_view>

#include <musubi/json/internal/string_token.hpp>

namespace musubi {

/// Builds a store_id from the keys and ids on the path from the root.
class store_path {
 public:
  /// Maximum bytes of a store_id as JSON text. If it is longer, the page ends.
  static constexpr std::size_t max_bytes = 240;

  store_path() noexcept = default;
  /// Continues the store_id `owner`, which came from a path.
  explicit store_path(std::string_view owner) noexcept;
  store_path(const store_path&) = delete;
  store_path& operator=(const store_path&) = delete;

  [[nodiscard]] std::string_view view() const noexcept { return {bytes_, size_}; }
  /// Appends a key or an id. Returns false and changes nothing when it does not fit.
  [[nodiscard]] bool push(std::string_view segment) noexcept {
    return push(json::string_token(segment));
  }
  /// The same for a string from a client, with any escapes.
  [[nodiscard]] bool push(const json::string_token& segment) noexcept;
  /// A position for `pop`.
  [[nodiscard]] std::size_t mark() const noexcept { return size_; }
  void pop(std::size_t mark) noexcept { size_ = static_cast<std::uint8_t>(mark); }
  /// Whether a key that may come and go is part of it: then a place in a State does not tell it.
  [[nodiscard]] bool keyed() const noexcept { return keyed_; }
  void set_keyed(bool keyed) noexcept { keyed_ = keyed; }

 private:
  std::uint8_t size_ = 0;
  bool keyed_ = false;
  char bytes_[max_bytes];
};

namespace detail {

/// Removes and returns the first segment of `path`, with its quotes. Empty after the last.
std::string_view take_segment(std::string_view& path) noexcept;
/// The number of segments.
std::size_t depth(std::string_view path) noexcept;
/// The order of stores in an envelope: by depth, then segment by segment.
bool goes_before(std::string_view a, std::string_view b) noexcept;

}  // namespace detail
}  // namespace musubi
