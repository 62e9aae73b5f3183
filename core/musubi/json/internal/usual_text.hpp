#pragma once
/// The short way over text as `JSON.stringify` nearly always writes it.

#include <cstddef>
#include <string_view>

#include <musubi/json/internal/exactly.hpp>
#include <musubi/json/internal/plain_run.hpp>
#include <musubi/json/internal/reader.hpp>

namespace musubi::json {

/// Takes JSON without white space, escapes, exponents and deep nesting. Every function answers
/// false at the first surprise, which need not be a mistake: the caller then begins again, with a
/// `reader`, where this began. What is taken here, a `reader` takes as the same.
class usual_text {
 public:
  usual_text(const char* at, const char* end) noexcept : at_(at), end_(end) {}
  explicit usual_text(std::string_view text) noexcept
      : at_(text.data()), end_(text.data() + text.size()) {}

  /// Exactly these bytes.
  [[nodiscard]] bool exactly(std::string_view bytes) noexcept {
    return take_exactly(at_, end_, bytes);
  }
  /// The rest of a string whose opening quote was taken, and what comes behind it: `rest` begins
  /// with the closing quote.
  [[nodiscard]] bool string(std::string_view& inside, std::string_view rest) noexcept {
    const char* const begin = at_;
    at_ = plain_end<run_of::any>(begin, end_);
    inside = {begin, static_cast<std::size_t>(at_ - begin)};
    return exactly(rest);
  }
  /// A value of any kind; `text` is that.
  [[nodiscard]] bool any_value(std::string_view& text) noexcept;
  [[nodiscard]] const char* position() const noexcept { return at_; }
  [[nodiscard]] bool finished() const noexcept { return at_ == end_; }

 private:
  const char* at_;
  const char* end_;
};

/// Takes a value in the same way; answers its end, or null.
[[nodiscard]] const char* usual_value(const char* at, const char* end) noexcept;

inline bool usual_text::any_value(std::string_view& text) noexcept {
  const char* const begin = at_;
  const char* const behind = usual_value(begin, end_);
  if (behind == nullptr) return false;
  text = {begin, static_cast<std::size_t>(behind - begin)};
  at_ = behind;
  return true;
}

/// Takes an object in the same way, and notes its members; answers its end, or null.
[[nodiscard]] const char* usual_object(const char* at, const char* end, outline& parts) noexcept;

}  // namespace musubi::json
