#pragma once
/// The refs of Phoenix's frames, which join a reply to its request.

#include <optional>
#include <string_view>
#include <type_traits>

namespace musubi::phoenix {

/// A ref, or null: an optional view of two words, which are passed in registers.
class ref {
 public:
  constexpr ref() noexcept = default;
  constexpr ref(std::nullopt_t) noexcept {}
  /// Any text, which may be empty; but a view without an address is null.
  template <class Text>
  requires std::is_convertible_v<const Text&, std::string_view>
  constexpr ref(const Text& text) noexcept : text_(text) {}

  [[nodiscard]] constexpr explicit operator bool() const noexcept {
    return text_.data() != nullptr;
  }
  [[nodiscard]] constexpr const std::string_view& operator*() const noexcept { return text_; }
  [[nodiscard]] constexpr const std::string_view* operator->() const noexcept { return &text_; }
  /// The text to be filled; null until it is.
  constexpr std::string_view& emplace() noexcept { return text_; }
  constexpr void reset() noexcept { text_ = {}; }

  friend constexpr bool operator==(ref a, ref b) noexcept {
    return bool(a) == bool(b) && a.text_ == b.text_;
  }

 private:
  std::string_view text_{};
};

}  // namespace musubi::phoenix
