#pragma once
/// Strings stored after an object, in the same block.

#include <cstddef>
#include <cstring>
#include <string_view>

namespace musubi {

/// Copies strings one after another into the part of a block after its object. The block must have
/// room for all of them: add their sizes when you allocate it.
class trailing_text {
 public:
  /// Begins after `object`.
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
