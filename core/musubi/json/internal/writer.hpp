#pragma once
/// Writes JSON text directly into an output.

#include <concepts>
#include <cstddef>
#include <string_view>

#include <musubi/json/internal/number.hpp>
#include <musubi/json/internal/output.hpp>
#include <musubi/memory/decimal.hpp>
#include <musubi/memory/internal/short_ways.hpp>

namespace musubi::json {

/// Writes tokens; the caller writes brackets, commas and colons. Errors are reported by the output.
class writer {
 public:
  explicit writer(output& to) noexcept : out_(&to) {}

  /// Writes bytes that are valid JSON.
  void raw(std::string_view bytes) noexcept { out_->append(bytes.data(), bytes.size()); }
  /// The same of a literal. Where flash is little it goes by its address, and is counted here.
  template <std::size_t N>
  void raw(const char (&literal)[N]) noexcept {
    if constexpr (short_ways) {
      out_->append(literal, N - 1);
    } else {
      raw_literal(literal);
    }
  }
  /// Not for buffers, whose text may be shorter: pass a string_view.
  template <std::size_t N>
  void raw(char (&buffer)[N]) = delete;
  void raw(char byte) noexcept { out_->append(byte); }
  void null() noexcept { raw("null"); }
  void boolean(bool value) noexcept {
    raw(value ? std::string_view("true", 4) : std::string_view("false", 5));
  }
  template <std::integral T>
  void number(T value) noexcept {
    if (char* into = out_->reserve(number_bytes)) {
      out_->commit(musubi::detail::put_decimal(into, value));
    }
  }
  /// `number` / 10^`decimals`, without zeros at its end: 215 with one decimal is 21.5, 210 is 21.
  void scaled_number(std::int32_t number, unsigned decimals) noexcept;
  /// JSON has no infinities and no NaN: they are written as null.
  template <std::floating_point T>
  void number(T value) noexcept {
    if (!finite(value)) return null();
    if (char* into = out_->reserve(number_bytes)) out_->commit(format_number(into, value));
  }
  /// A quoted string. Bytes that are not UTF-8 become U+FFFD, since one of them would end the
  /// browser's connection (RFC 6455 section 8.1).
  void string(std::string_view value) noexcept {
    raw('"');
    characters(value);
    raw('"');
  }
  /// Writes the inside of a string, escaped.
  void characters(std::string_view value) noexcept;

  [[nodiscard]] output& to() noexcept { return *out_; }

 private:
  void raw_literal(const char* literal) noexcept;

  output* out_;
};

}  // namespace musubi::json
