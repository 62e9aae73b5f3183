#pragma once
/// Strings that stand behind an object, in its own block.

#include <cstddef>
#include <cstring>
#include <string_view>

namespace musubi {

/// Copies strings one behind the other into the part of a block that its object leaves. The block
/// has room for them; who cuts it adds up their sizes.
class trailing_text {
 public:
  /// Begins behind `object`.
  template <class T>
  [[nodiscard]] static trailing_text behind(T& object) noexcept {
    return trailing_text(&object + 1);
  }
  explicit trailing_text(void* at) noexcept : at_(static_cast<char*>(at)) {}

  /// The copy of `text`, which lives as long as the block.
  std::string_view add(std::string_view text) noexcept {
    char* const begin = at_;
    if (!text.empty()) std::memcpy(begin, text.data(), text.size());
    at_ += text.size();
    return {begin, text.size()};
  }

 private:
  char* at_;
};

}  // namespace musubi
