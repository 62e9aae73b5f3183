#pragma once
/// Errors are values: `status` is success or an error, `result<T>` is a value or an error. Neither
/// allocates: a reason is a string literal, or a short text stored in the status.

#include <musubi/mistake/value.hpp>

#include <cstdint>
#include <new>
#include <string_view>
#include <type_traits>
#include <utility>

#include <musubi/memory/internal/lifetimebound.hpp>
#include <musubi/memory/text.hpp>

namespace musubi {

/// The kind of error; decides what the client is told.
enum class errc : std::uint8_t {
  ok,         ///< nothing
  refused,    ///< the request is not acceptable; the client gets an error reply, the page goes on
  failed,     ///< unexpected; the page ends with `phx_error` and the client mounts it again
  exhausted,  ///< a pool is empty; `status::reason` names it
};

/// A string literal. Only a literal converts to it, so a view of it never dangles.
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

/// A reason built at run time, for `refuse`: a sentence for a person, with values in it. 46 bytes
/// are what fits into a status of 64, which is kept small because coroutine frames hold it.
using reason_text = text<46>;

/// Success, or an error with its reason and, if it concerns one, the field at fault.
class [[nodiscard]] status {
 public:
  constexpr status() noexcept { detail::fill_for_constants(text_); }
  constexpr status(errc code, literal reason, literal field = {}) noexcept
      : reason_(reason.view().data()), field_(field.view().data()), code_(code) {
    detail::fill_for_constants(text_);
  }
  /// Copies the reason.
  constexpr status(errc code, const reason_text& reason, literal field = {}) noexcept
      : field_(field.view().data()),
        code_(code),
        size_(static_cast<std::uint8_t>(reason.view().size())) {
    detail::fill_for_constants(text_);
    for (std::size_t i = 0; i < size_; ++i) text_[i] = reason.view()[i];
  }

  [[nodiscard]] constexpr bool ok() const noexcept { return code_ == errc::ok; }
  constexpr explicit operator bool() const noexcept { return ok(); }
  [[nodiscard]] constexpr errc code() const noexcept { return code_; }
  /// Valid as long as this status lives.
  [[nodiscard]] constexpr std::string_view reason() const noexcept MUSUBI_LIFETIMEBOUND {
    return reason_ == nullptr ? std::string_view(text_, size_) : reason_;
  }
  /// The reason if it is a literal, which outlives this status; empty otherwise.
  [[nodiscard]] constexpr std::string_view literal_reason() const noexcept {
    return reason_ == nullptr ? std::string_view() : reason_;
  }
  [[nodiscard]] constexpr std::string_view field() const noexcept {
    return field_ == nullptr ? std::string_view() : field_;
  }

 private:
  const char* reason_ = nullptr;  // a literal, or null: then it is in text_
  const char* field_ = nullptr;   // a literal, or null
  errc code_ = errc::ok;
  std::uint8_t size_ = 0;
  char text_[reason_text::capacity];  // only the first size_ bytes are set
};
static_assert(sizeof(status) <= 64 && std::is_trivially_copyable_v<status>);

/// The request is not acceptable: the caller gets `{"reason": reason}` (and `"field"` when given)
/// as an error reply, and nothing else happens.
[[nodiscard]] constexpr status refuse(literal reason, literal field = {}) noexcept {
  return {errc::refused, reason, field};
}

/// As above, with a reason built at run time, which is copied into the status.
///
///     return musubi::refuse(musubi::reason_text::clipped("at most ", most, " lines"), "count");
template <std::size_t N>
[[nodiscard]] constexpr status refuse(const text<N>& reason, literal field = {}) noexcept {
  if constexpr (N > reason_text::capacity) {
    static_assert(sizeof(mistake::reason_too_long<text<N>>) != 0);
    return {};
  } else {
    return {errc::refused, reason_text::clipped(reason), field};
  }
}

namespace detail {
template <class T>
inline constexpr bool is_reason = false;
template <std::size_t N>
inline constexpr bool is_reason<const char (&)[N]> = true;
template <std::size_t N>
inline constexpr bool is_reason<text<N>> = true;

/// Text that something else owns and may change or destroy.
template <class T>
concept borrowed_text = std::is_convertible_v<T, std::string_view> && !is_reason<T> &&
                        !is_reason<std::remove_cvref_t<T>>;
}  // namespace detail

/// Does not compile, and says what to do.
template <detail::borrowed_text Text>
[[nodiscard]] constexpr status refuse(Text&&, literal = {}) noexcept {
  static_assert(sizeof(mistake::borrowed_reason<std::remove_cvref_t<Text>>) != 0);
  return {};
}

/// Something unexpected failed: the page ends with `phx_error` and the client mounts it again.
[[nodiscard]] constexpr status fail(literal reason) noexcept {
  return {errc::failed, reason};
}
/// Does not compile, and says what to do.
template <detail::borrowed_text Text>
[[nodiscard]] constexpr status fail(Text&&) noexcept {
  static_assert(sizeof(mistake::borrowed_failure<std::remove_cvref_t<Text>>) != 0);
  return {};
}

/// The pool named by `pool` is empty.
[[nodiscard]] constexpr status exhausted(literal pool) noexcept {
  return {errc::exhausted, pool};
}

/// A `T`, or an error in its place. Reading the value of an error is undefined behaviour.
template <class T>
class [[nodiscard]] result {
 public:
  using value_type = T;

  template <class U = T>
  requires(std::is_constructible_v<T, U&&> && !std::is_same_v<std::remove_cvref_t<U>, result> &&
           !std::is_same_v<std::remove_cvref_t<U>, status>) constexpr result(U&& value) noexcept
      : value_(std::forward<U>(value)) {}
  /// `error` must not be a success, because there would be no value.
  constexpr result(const status& error) noexcept : error_(error) { forbid_success(); }
  constexpr result(const result& other) noexcept : error_(other.error_) {
    if (other.ok()) new (static_cast<void*>(&value_)) T(other.value_);
  }
  constexpr result(result&& other) noexcept : error_(other.error_) {
    if (other.ok()) new (static_cast<void*>(&value_)) T(std::move(other.value_));
  }
  /// Same as construction from `error`.
  result& operator=(const status& error) noexcept {
    if (ok()) value_.~T();
    error_ = error;
    forbid_success();
    return *this;
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
  constexpr void forbid_success() noexcept {
    if (ok()) error_ = fail("a result was constructed from a success without a value");
  }

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
