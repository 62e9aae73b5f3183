#pragma once
/// Errors are values: `status` for "it worked or why not", `result<T>` for a value or why not.
/// Neither allocates; a reason is a string literal, so that it outlives whoever carries it.

#include <musubi/mistake/value.hpp>

#include <cstdint>
#include <new>
#include <string_view>
#include <type_traits>
#include <utility>

namespace musubi {

/// What kind of thing went wrong; decides what the client is told.
enum class errc : std::uint8_t {
  ok,         ///< nothing
  refused,    ///< the request is not acceptable; the client gets an error reply, the root lives on
  failed,     ///< unexpected; the page ends with `phx_error` and the client mounts it afresh
  exhausted,  ///< a pool is empty; `status::reason` names it
};

/// A string literal. Only a literal converts, so a view of it can be kept for ever.
class literal {
 public:
  constexpr literal() noexcept = default;
  template <std::size_t N>
  consteval literal(const char (&text)[N]) noexcept : text_(text, N - 1) {}
  [[nodiscard]] constexpr std::string_view view() const noexcept { return text_; }
  [[nodiscard]] constexpr bool empty() const noexcept { return text_.empty(); }

 private:
  std::string_view text_;
};

/// Success, or one error with its reason and, where it concerns one, the field at fault.
class [[nodiscard]] status {
 public:
  constexpr status() noexcept = default;
  constexpr status(errc code, literal reason, literal field = {}) noexcept
      : reason_(reason), field_(field), code_(code) {}

  [[nodiscard]] constexpr bool ok() const noexcept { return code_ == errc::ok; }
  constexpr explicit operator bool() const noexcept { return ok(); }
  [[nodiscard]] constexpr errc code() const noexcept { return code_; }
  [[nodiscard]] constexpr std::string_view reason() const noexcept { return reason_.view(); }
  [[nodiscard]] constexpr std::string_view field() const noexcept { return field_.view(); }

 private:
  literal reason_;
  literal field_;
  errc code_ = errc::ok;
};

namespace detail {
template <class T>
inline constexpr bool is_literal = false;
template <std::size_t N>
inline constexpr bool is_literal<const char (&)[N]> = true;

/// A text that somebody else owns, and may change or destroy.
template <class T>
concept borrowed_text = std::is_convertible_v<T, std::string_view> && !is_literal<T>;
}  // namespace detail

/// The request is not acceptable: the caller gets `{"reason": reason}` (and `"field"` when given)
/// as an error reply, and nothing else happens.
[[nodiscard]] constexpr status refuse(literal reason, literal field = {}) noexcept {
  return {errc::refused, reason, field};
}
/// Does not compile, and says what to do.
template <detail::borrowed_text Text>
[[nodiscard]] constexpr status refuse(Text&&, literal = {}) noexcept {
  static_assert(sizeof(mistake::reason_that_is_no_literal<std::remove_cvref_t<Text>>) != 0);
  return {};
}

/// Something unexpected broke: the page ends with `phx_error`, the client mounts it afresh.
[[nodiscard]] constexpr status fail(literal reason) noexcept {
  return {errc::failed, reason};
}
/// Does not compile, and says what to do.
template <detail::borrowed_text Text>
[[nodiscard]] constexpr status fail(Text&&) noexcept {
  static_assert(sizeof(mistake::reason_that_is_no_literal<std::remove_cvref_t<Text>>) != 0);
  return {};
}

/// The pool named by `pool` is empty.
[[nodiscard]] constexpr status exhausted(literal pool) noexcept {
  return {errc::exhausted, pool};
}

/// A `T`, or the error that stands in its place. Reading the value of an error is undefined.
template <class T>
class [[nodiscard]] result {
 public:
  using value_type = T;

  template <class U = T>
  requires(std::is_constructible_v<T, U&&> && !std::is_same_v<std::remove_cvref_t<U>, result> &&
           !std::is_same_v<std::remove_cvref_t<U>, status>) constexpr result(U&& value) noexcept
      : value_(std::forward<U>(value)) {}
  /// `error` must not be a success: there would be no value.
  constexpr result(const status& error) noexcept : error_(error) {
    if (error.ok()) error_ = fail("a result was made of a success without a value");
  }
  constexpr result(const result& other) noexcept : error_(other.error_) {
    if (ok()) new (static_cast<void*>(&value_)) T(other.value_);
  }
  constexpr result(result&& other) noexcept : error_(other.error_) {
    if (ok()) new (static_cast<void*>(&value_)) T(std::move(other.value_));
  }
  result& operator=(const result& other) noexcept {
    if (this != &other) {
      this->~result();
      new (this) result(other);
    }
    return *this;
  }
  result& operator=(result&& other) noexcept {
    if (this != &other) {
      this->~result();
      new (this) result(std::move(other));
    }
    return *this;
  }
  ~result() {
    if (ok()) value_.~T();
  }

  [[nodiscard]] constexpr bool ok() const noexcept { return error_.ok(); }
  constexpr explicit operator bool() const noexcept { return ok(); }
  [[nodiscard]] constexpr const status& error() const noexcept { return error_; }
  [[nodiscard]] constexpr T& value() noexcept { return value_; }
  [[nodiscard]] constexpr const T& value() const noexcept { return value_; }
  constexpr T& operator*() noexcept { return value_; }
  constexpr const T& operator*() const noexcept { return value_; }
  constexpr T* operator->() noexcept { return &value_; }
  constexpr const T* operator->() const noexcept { return &value_; }

 private:
  status error_;
  union {
    T value_;
  };
};

template <class T>
inline constexpr bool is_result = false;
template <class T>
inline constexpr bool is_result<result<T>> = true;

}  // namespace musubi
