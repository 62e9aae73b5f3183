#pragma once
/// Integers as text.

#include <charconv>
#include <concepts>
#include <cstddef>
#include <string_view>

namespace musubi {

/// The decimal digits of an integer, for use in other text: `line.append(decimal(port))`. It
/// converts to a view of its own storage.
class decimal {
 public:
  template <std::integral Number>
  explicit decimal(Number number) noexcept
      : size_(static_cast<std::size_t>(
            std::to_chars(digits_, digits_ + sizeof digits_, number).ptr - digits_)) {}
  operator std::string_view() const noexcept { return {digits_, size_}; }

 private:
  char digits_[20];  // of 64 bits, with a sign
  std::size_t size_;
};

}  // namespace musubi
