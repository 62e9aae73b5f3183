#pragma once
/// A string of at most N bytes of UTF-8, stored in place.

#include <musubi/mistake/value.hpp>

#include <compare>
#include <cstddef>
#include <cstdint>
#include <optional>
#include <string_view>
#include <type_traits>

#include <musubi/memory/decimal.hpp>
#include <musubi/memory/internal/short_ways.hpp>
#include <musubi/memory/safe_integer.hpp>
#include <musubi/memory/slice.hpp>

namespace musubi {

/// Smallest unsigned type that holds `Max`.
template <std::size_t Max>
using count_type =
    std::conditional_t<(Max <= 0xFF), std::uint8_t,
                       std::conditional_t<(Max <= 0xFFFF), std::uint16_t, std::uint32_t>>;

namespace detail {
/// Sets `bytes` in constant evaluation, where they must not stay indeterminate.
template <std::size_t N>
constexpr void fill_for_constants(char (&bytes)[N]) noexcept {
  if (!std::is_constant_evaluated()) return;
  for (char& byte : bytes) byte = 0;
}
}  // namespace detail

/// At most `N` bytes of UTF-8. Text that does not fit is refused, never truncated: `assign` and
/// `append` return false and leave the text unchanged. On the wire: a JSON string.
template <std::size_t N>
class text {
  static constexpr std::size_t copied_whole = short_ways ? 63 : N;

 public:
  static constexpr std::size_t capacity = N;

  constexpr text() noexcept { detail::fill_for_constants(bytes_); }
  /// From a literal that fits.
  template <std::size_t M>
  requires(M - 1 <= N) constexpr text(const char (&literal)[M]) noexcept {
    detail::fill_for_constants(bytes_);
    (void)assign({literal, M - 1});
  }
  /// A literal longer than `N` bytes does not compile.
  template <std::size_t M>
  constexpr text(const char (&)[M]) noexcept {
    static_assert(sizeof(mistake::literal_too_long<text, M - 1>) != 0);
  }
  /// A buffer does not compile: pass the part of it that is text to `from` or `assign`.
  template <std::size_t M>
  constexpr text(char (&)[M]) noexcept {
    static_assert(sizeof(mistake::text_of_a_buffer<text, M>) != 0);
  }
  // Short text is copied whole, in a few words and without a loop; of long text, what is there.
  // Where flash is little all is copied whole, so that a State is copied as one piece of memory.
  constexpr text(const text&) noexcept requires(N <= copied_whole) = default;
  constexpr text(const text& other) noexcept requires(N > copied_whole) {
    detail::fill_for_constants(bytes_);
    (void)assign(other.view());
  }
  constexpr text& operator=(const text&) noexcept requires(N <= copied_whole) = default;
  constexpr text& operator=(const text& other) noexcept requires(N > copied_whole) {
    (void)assign(other.view());
    return *this;
  }

  /// The text, or `std::nullopt` when it is longer than `N` bytes.
  [[nodiscard]] static constexpr std::optional<text> from(std::string_view value) noexcept {
    std::optional<text> made(std::in_place);
    if (!made->assign(value)) made.reset();
    return made;
  }
  /// `value`, truncated to what fits, at a character boundary.
  [[nodiscard]] static constexpr text clipped(std::string_view value) noexcept {
    text made;
    (void)made.append_clipped(value);
    return made;
  }
  /// The parts concatenated, integers in decimal: a sentence with values in it. It ends at the
  /// first part that does not fit: text is truncated as above, a number is left out.
  ///
  ///     musubi::text<40>::clipped("at most ", most, " of them")
  template <class First, class Second, class... Rest>
  [[nodiscard]] static text clipped(const First& first, const Second& second,
                                    const Rest&... rest) noexcept {
    text made;
    (void)(made.append_part(first) && made.append_part(second) && (made.append_part(rest) && ...));
    return made;
  }

  [[nodiscard]] constexpr bool assign(std::string_view value) noexcept {
    if (value.size() > N) return false;
    for (std::size_t i = 0; i < value.size(); ++i) bytes_[i] = value[i];
    size_ = static_cast<count_type<N>>(value.size());
    return true;
  }
  [[nodiscard]] constexpr bool append(std::string_view value) noexcept {
    if (value.size() > N - size_) return false;
    for (std::size_t i = 0; i < value.size(); ++i) bytes_[size_ + i] = value[i];
    size_ = static_cast<count_type<N>>(size_ + value.size());
    return true;
  }
  /// Sets the size to `size` (≤ `N`) bytes and has `write(char*)` fill all of them.
  template <class Write>
  void resize_and_overwrite(std::size_t size, Write&& write) noexcept {
    write(bytes_);
    size_ = static_cast<count_type<N>>(size);
  }
  constexpr void clear() noexcept { size_ = 0; }

  [[nodiscard]] constexpr std::string_view view() const noexcept {
    if (size_ > N) __builtin_unreachable();  // g++ warns of copies that it takes for longer
    return {bytes_, size_};
  }
  constexpr operator std::string_view() const noexcept { return view(); }
  [[nodiscard]] constexpr std::size_t size() const noexcept { return size_; }
  [[nodiscard]] constexpr bool empty() const noexcept { return size_ == 0; }

  template <std::size_t M>
  friend constexpr bool operator==(const text& a, const text<M>& b) noexcept {
    return a.view() == b.view();
  }
  friend constexpr bool operator==(const text& a, std::string_view b) noexcept {
    return a.view() == b;
  }
  template <std::size_t M>
  friend constexpr auto operator<=>(const text& a, const text<M>& b) noexcept {
    return a.view() <=> b.view();
  }

 private:
  // these return whether everything fitted
  constexpr bool append_clipped(std::string_view value) noexcept {
    const std::string_view whole = whole_characters(value, N - size_);
    return append(whole) && whole.size() == value.size();
  }
  template <class Part>
  bool append_part(const Part& part) noexcept {
    if constexpr (std::is_convertible_v<const Part&, std::string_view>) {
      return append_clipped(part);
    } else if constexpr (detail::number_type<Part>) {
      return append(decimal(part));
    } else if constexpr (std::is_floating_point_v<Part>) {
      static_assert(sizeof(mistake::part_without_digits<text, Part>) != 0);
      return false;
    } else {  // one of the library's integers
      return append(decimal(part.value()));
    }
  }

  count_type<N> size_ = 0;
  char bytes_[N];  // only the first size_ bytes are set
};

}  // namespace musubi
