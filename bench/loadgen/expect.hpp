#pragma once
/// Compares a message with the expected one, byte by byte.

#include <charconv>
#include <cstdint>
#include <cstring>
#include <string_view>

namespace loadgen {

/// Walks through a message. After the first difference, `matched` stays false.
class expect {
 public:
  explicit expect(std::string_view message) noexcept : rest_(message) {}

  /// Expects this text next.
  expect& text(std::string_view wanted) noexcept {
    if (rest_.size() < wanted.size() ||
        std::memcmp(rest_.data(), wanted.data(), wanted.size()) != 0) {
      matched_ = false;
      rest_ = {};
      return *this;
    }
    rest_.remove_prefix(wanted.size());
    return *this;
  }
  /// Expects this integer next.
  expect& number(std::int64_t wanted) noexcept {
    char digits[24];
    const auto [end, error] = std::to_chars(digits, digits + sizeof digits, wanted);
    return text({digits, static_cast<std::size_t>(end - digits)});
  }
  /// Expects any number next, and stores it in `into`.
  expect& any_number(double& into) noexcept {
    const auto [end, error] = std::from_chars(rest_.data(), rest_.data() + rest_.size(), into);
    if (error != std::errc{}) {
      matched_ = false;
      rest_ = {};
      return *this;
    }
    rest_.remove_prefix(static_cast<std::size_t>(end - rest_.data()));
    return *this;
  }
  /// Whether everything matched, up to the end.
  [[nodiscard]] bool matched() const noexcept { return matched_ && rest_.empty(); }

 private:
  std::string_view rest_;
  bool matched_ = true;
};

}  // namespace loadgen
