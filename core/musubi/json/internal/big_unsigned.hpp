#pragma once
/// Arithmetic on large unsigned integers, as far as exact floating-point conversion needs it.

#include <bit>
#include <cstddef>
#include <cstdint>

namespace musubi::json::small {

/// An unsigned integer in words that the caller provides and that must be enough for every result,
/// so that the same code needs a fifth of the stack for a float than for a double.
class big_unsigned {
 public:
  big_unsigned(std::uint32_t* words, std::uint64_t value) noexcept : words_(words) {
    for (; value != 0; value >>= 32U) words_[size_++] = static_cast<std::uint32_t>(value);
  }
  big_unsigned(const big_unsigned&) = delete;
  big_unsigned& operator=(const big_unsigned&) = delete;

  [[nodiscard]] bool zero() const noexcept { return size_ == 0; }
  /// Bits up to the highest that is set.
  [[nodiscard]] int bits() const noexcept {
    return size_ == 0 ? 0 : 32 * size_ - std::countl_zero(words_[size_ - 1]);
  }
  void multiply_add(std::uint32_t factor, std::uint32_t addend) noexcept {
    std::uint64_t carry = addend;
    for (int i = 0; i < size_; ++i) {
      carry += static_cast<std::uint64_t>(words_[i]) * factor;
      words_[i] = static_cast<std::uint32_t>(carry);
      carry >>= 32U;
    }
    if (carry != 0) words_[size_++] = static_cast<std::uint32_t>(carry);
  }
  void multiply_power_of_ten(int exponent) noexcept {
    for (; exponent >= 9; exponent -= 9) multiply_add(1000000000U, 0);
    for (; exponent > 0; --exponent) multiply_add(10, 0);
  }
  void shift_left(int count) noexcept {
    if (size_ == 0 || count == 0) return;
    const int whole = count / 32;
    const int part = count % 32;
    for (int i = size_ - 1; i >= 0; --i) words_[i + whole] = words_[i];
    for (int i = 0; i < whole; ++i) words_[i] = 0;
    size_ += whole;
    if (part == 0) return;
    std::uint32_t carry = 0;
    for (int i = whole; i < size_; ++i) {
      const std::uint32_t word = words_[i];
      words_[i] = word << part | carry;
      carry = word >> (32 - part);
    }
    if (carry != 0) words_[size_++] = carry;
  }
  /// Returns a value below, equal to or above zero as this is less than, equal to or greater than
  /// `other`.
  [[nodiscard]] int compare(const big_unsigned& other) const noexcept {
    if (size_ != other.size_) return size_ - other.size_;
    for (int i = size_ - 1; i >= 0; --i) {
      if (words_[i] != other.words_[i]) return words_[i] < other.words_[i] ? -1 : 1;
    }
    return 0;
  }
  /// As above, of this + `factor` × `addend` and `other`; `factor` is small.
  [[nodiscard]] int compare_sum(const big_unsigned& addend, int factor,
                                const big_unsigned& other) const noexcept {
    std::int64_t difference = 0;  // other - this - factor * addend, word by word
    bool equal = true;
    for (int i = 0; i < size_ || i < addend.size_ || i < other.size_; ++i) {
      difference += other.word(i) - word(i) - factor * addend.word(i);
      equal &= static_cast<std::uint32_t>(difference) == 0;
      difference >>= 32;
    }
    if (difference != 0) return 1;  // it is negative
    return equal ? 0 : -1;
  }
  /// `other` is not greater than this.
  void subtract(const big_unsigned& other) noexcept {
    int borrow = 0;
    for (int i = 0; i < size_; ++i) {
      const std::int64_t left = word(i) - other.word(i) - borrow;
      borrow = left < 0 ? 1 : 0;
      words_[i] = static_cast<std::uint32_t>(left);
    }
    while (size_ != 0 && words_[size_ - 1] == 0) --size_;
  }

 private:
  [[nodiscard]] std::int64_t word(int at) const noexcept { return at < size_ ? words_[at] : 0; }

  std::uint32_t* words_;  // least significant first; only the first size_ are used
  int size_ = 0;
};

}  // namespace musubi::json::small
