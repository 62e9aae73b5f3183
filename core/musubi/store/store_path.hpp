#pragma once
/// Which store of a page: its store_id (contract section 5.4).
///
/// A store_id is kept as JSON text, without the array's brackets: `"lines","l1"`. So it is written
/// to the wire as it is, and a client's is compared without being parsed.

#include <cstddef>
#include <cstdint>
#include <string_view>

#include <musubi/json/string_token.hpp>

namespace musubi {

/// A store_id while it is put together: the keys and ids on the way from the root.
class store_path {
 public:
  /// Most bytes of a store_id as JSON text. More is refused: the page ends.
  static constexpr std::size_t max_bytes = 240;

  store_path() noexcept = default;
  /// Continues the store_id `owner`, which came from a path.
  explicit store_path(std::string_view owner) noexcept;
  store_path(const store_path&) = delete;
  store_path& operator=(const store_path&) = delete;

  [[nodiscard]] std::string_view view() const noexcept { return {bytes_, size_}; }
  /// Appends a key or an id. False, and nothing is changed, when it does not fit.
  [[nodiscard]] bool push(std::string_view segment) noexcept {
    return push(json::string_token(segment));
  }
  /// The same for a string of a client's, in whatever spelling.
  [[nodiscard]] bool push(const json::string_token& segment) noexcept;
  /// What `pop` goes back to.
  [[nodiscard]] std::size_t mark() const noexcept { return size_; }
  void pop(std::size_t mark) noexcept { size_ = static_cast<std::uint8_t>(mark); }

 private:
  std::uint8_t size_ = 0;
  char bytes_[max_bytes];
};

namespace detail {

/// The first segment of `path` with its quotes, which is taken off. Empty behind the last.
std::string_view take_segment(std::string_view& path) noexcept;
/// The number of segments.
std::size_t depth(std::string_view path) noexcept;
/// Stores in the order in which an envelope tells of them: by depth, then segment by segment.
bool goes_before(std::string_view a, std::string_view b) noexcept;
/// Whether `path` is `ancestor` or below it.
bool is_within(std::string_view path, std::string_view ancestor) noexcept;

}  // namespace detail
}  // namespace musubi
