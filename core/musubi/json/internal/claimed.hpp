#pragma once
/// The fast path for text that nearly always fits: reserves room for all of it once.

#include <cstddef>
#include <cstdint>
#include <cstring>
#include <string_view>

#include <musubi/json/internal/number.hpp>
#include <musubi/json/internal/output.hpp>
#include <musubi/memory/decimal.hpp>
#include <musubi/memory/internal/short_ways.hpp>

namespace musubi::json {

namespace detail {
/// Writes the inside of a string unchanged at `to`, where there is room, and returns the end; null
/// if it needs escapes.
[[nodiscard]] char* put_plain(char* to, std::string_view inside) noexcept;
}  // namespace detail

/// Reserves room in an output; bytes written there take effect when committed. If there is no room,
/// or a string needs escapes, the caller writes the same text with a `writer` instead.
class claimed {
 public:
  claimed(output& in, std::size_t bytes) noexcept : in_(&in), at_(in.claim(bytes)) {}

  explicit operator bool() const noexcept { return short_ways && at_ != nullptr; }
  /// Writes bytes that are valid JSON; their `data()` is not null.
  void raw(std::string_view bytes) noexcept {
    std::memcpy(at_, bytes.data(), bytes.size());
    at_ += bytes.size();
  }
  /// Writes the inside of a string unchanged; returns false if it needs escapes.
  [[nodiscard]] bool plain(std::string_view inside) noexcept {
    char* const behind = detail::put_plain(at_, inside);
    if (behind == nullptr) return false;
    at_ = behind;
    return true;
  }
  /// Takes `number_bytes`.
  void number(std::uint32_t value) noexcept { at_ = musubi::detail::put_decimal(at_, value); }
  void commit() noexcept { in_->commit(at_); }

 private:
  output* in_;
  char* at_;
};

}  // namespace musubi::json
