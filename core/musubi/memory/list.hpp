#pragma once
/// A sequence of at most N values, stored in place.

#include <musubi/mistake/value.hpp>

#include <cstddef>
#include <cstring>
#include <initializer_list>
#include <new>
#include <type_traits>
#include <utility>

#include <musubi/memory/text.hpp>

namespace musubi {

namespace detail {
template <class T, class List>
inline constexpr bool right_list_of = [] {
  if constexpr (requires { sizeof(T); }) {
    return true;
  } else {
    return sizeof(mistake::list_of_an_incomplete_type<List>) != 0;
  }
}();
}  // namespace detail

/// At most `N` values of `T`. When the list is full, `push_back` returns false and changes nothing.
/// On the wire: a JSON array, compared index by index (contract section 6.3).
template <class T, std::size_t N>
class list {
  static_assert(detail::right_list_of<T, list>);

 public:
  using value_type = T;
  static constexpr std::size_t capacity = N;

  list() noexcept {}
  /// The given values; more than `N` do not compile.
  template <class... Values>
  requires(sizeof...(Values) > 0 && sizeof...(Values) <= N &&
           (std::is_constructible_v<T, Values&&> && ...) &&
           !(sizeof...(Values) == 1 && (std::is_same_v<std::remove_cvref_t<Values>, list> || ...)))
      list(Values&&... values)
  noexcept { ((void)push_back(T(std::forward<Values>(values))), ...); }
  template <class... Values>
  requires(sizeof...(Values) > N && sizeof...(Values) > 1 &&
           (std::is_constructible_v<T, Values&&> && ...)) list(Values&&...)
  noexcept {
    static_assert(sizeof(mistake::list_of_too_many_values<list, sizeof...(Values)>) != 0);
  }
  list(const list& other) noexcept { copy(other); }
  list(list&& other) noexcept { move(other); }
  list& operator=(const list& other) noexcept {
    if (this != &other) {
      clear();
      copy(other);
    }
    return *this;
  }
  list& operator=(list&& other) noexcept {
    if (this != &other) {
      clear();
      move(other);
    }
    return *this;
  }
  ~list() { clear(); }

  [[nodiscard]] bool push_back(T value) noexcept {
    if (size_ == N) return false;
    new (static_cast<void*>(slot(size_))) T(std::move(value));
    ++size_;
    return true;
  }
  void pop_back() noexcept {
    --size_;
    slot(size_)->~T();
  }
  /// Removes the value at `index` and closes the gap; `index` must be below `size()`.
  void erase(std::size_t index) noexcept {
    for (std::size_t i = index; i + 1 < size_; ++i) (*this)[i] = std::move((*this)[i + 1]);
    pop_back();
  }
  /// Inserts `value` before `index`. Returns false when full.
  [[nodiscard]] bool insert(std::size_t index, T value) noexcept {
    if (!push_back(std::move(value))) return false;
    for (std::size_t i = size_ - 1U; i > index; --i) std::swap((*this)[i], (*this)[i - 1]);
    return true;
  }
  void clear() noexcept {
    if constexpr (std::is_trivially_destructible_v<T>) {
      size_ = 0;
    } else {
      while (size_ != 0) pop_back();
    }
  }

  [[nodiscard]] std::size_t size() const noexcept { return size_; }
  [[nodiscard]] bool empty() const noexcept { return size_ == 0; }
  [[nodiscard]] bool full() const noexcept { return size_ == N; }
  T& operator[](std::size_t index) noexcept { return *slot(index); }
  const T& operator[](std::size_t index) const noexcept { return *slot(index); }
  T& back() noexcept { return *slot(size_ - 1U); }
  [[nodiscard]] T* begin() noexcept { return slot(0); }
  [[nodiscard]] T* end() noexcept { return slot(size_); }
  [[nodiscard]] const T* begin() const noexcept { return slot(0); }
  [[nodiscard]] const T* end() const noexcept { return slot(size_); }

  friend bool operator==(const list& a, const list& b) noexcept requires requires(const T& x) {
    x == x;
  }
  {
    if (a.size_ != b.size_) return false;
    for (std::size_t i = 0; i < a.size_; ++i) {
      if (!(a[i] == b[i])) return false;
    }
    return true;
  }

 private:
  T* slot(std::size_t index) noexcept { return std::launder(reinterpret_cast<T*>(bytes_)) + index; }
  const T* slot(std::size_t index) const noexcept {
    return std::launder(reinterpret_cast<const T*>(bytes_)) + index;
  }
  // into an empty list
  void copy(const list& other) noexcept {
    if constexpr (std::is_trivially_copyable_v<T>) {
      std::memcpy(bytes_, other.bytes_, other.size_ * sizeof(T));
      size_ = other.size_;
    } else {
      for (const T& value : other) (void)push_back(value);
    }
  }
  void move(list& other) noexcept {
    if constexpr (std::is_trivially_copyable_v<T>) {
      copy(other);
    } else {
      for (T& value : other) (void)push_back(std::move(value));
    }
    other.clear();
  }

  alignas(T) std::byte bytes_[sizeof(T) * (N == 0 ? 1 : N)];
  count_type<N> size_ = 0;
};

}  // namespace musubi
