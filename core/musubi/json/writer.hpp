#pragma once
/// JSON text, written straight to where it is sent from.

#include <charconv>
#include <concepts>
#include <string_view>

#include <musubi/json/number.hpp>
#include <musubi/json/output.hpp>

namespace musubi::json {

/// Writes tokens; brackets, commas and colons are its caller's, who knows the shape. Never fails by
/// itself: ask the output.
class writer {
 public:
  explicit writer(output& to) noexcept : out_(&to) {}

  /// Bytes that are JSON already.
  void raw(std::string_view bytes) noexcept { out_->append(bytes); }
  void raw(char byte) noexcept { out_->append(byte); }
  void null() noexcept { raw("null"); }
  void boolean(bool value) noexcept { raw(value ? std::string_view("true") : "false"); }
  template <std::integral T>
  void number(T value) noexcept {
    if (char* into = out_->reserve(number_bytes)) {
      out_->commit(std::to_chars(into, into + number_bytes, value).ptr);
    }
  }
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
  /// The inside of a string, escaped.
  void characters(std::string_view value) noexcept;

  [[nodiscard]] output& to() noexcept { return *out_; }

 private:
  output* out_;
};

}  // namespace musubi::json
