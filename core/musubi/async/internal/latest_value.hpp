#pragma once
/// The latest value, set and read by any number of threads and interrupts.

#include <musubi/mistake/value.hpp>

#include <atomic>
#include <cstdint>
#include <type_traits>
#include <utility>

namespace musubi::detail {

template <class T>
consteval bool right_value() {
  if constexpr (!std::is_nothrow_copy_constructible_v<T> || !std::is_nothrow_copy_assignable_v<T>) {
    return sizeof(mistake::value_that_cannot_be_copied<T>) != 0;
  } else {
    return true;
  }
}

/// Four copies of a `T`, one of which is the latest. A writer fills a copy that is not in use, then
/// publishes it as the latest; a reader marks the copy that it reads as in use. So an interrupt
/// never waits for the code it has interrupted. On one core, interrupts of two priority levels may
/// set and read it besides the thread.
template <class T>
class latest_value {
  static_assert(right_value<T>());

 public:
  constexpr explicit latest_value(const T& first) noexcept
      : copies_{{first, 1}, {first, 0}, {first, 0}, {first, 0}} {}
  latest_value(const latest_value&) = delete;
  latest_value& operator=(const latest_value&) = delete;

  /// Changes whenever the value is set.
  [[nodiscard]] std::uint32_t version() const noexcept {
    return latest_.load(std::memory_order_acquire);
  }
  [[nodiscard]] T get() const noexcept {
    std::uint32_t version = 0;
    return get(version);
  }
  /// As above, and returns the value's version.
  [[nodiscard]] T get(std::uint32_t& version) const noexcept {
    const copy& used = enter(version);
    T value(used.value);
    used.users.fetch_sub(1, std::memory_order_release);
    return value;
  }
  void set(const T& value) noexcept {
    const std::uint32_t place = claim();
    copies_[place].value = value;
    hold(place);
    std::uint32_t before = latest_.load(std::memory_order_relaxed);
    while (!replace(before, place)) {
    }
  }
  /// Applies `change(T&)` to the latest value. Calls it again, on the newer value, if another
  /// writer set one meanwhile.
  template <class Change>
  void update(Change&& change) noexcept {
    const std::uint32_t place = claim();
    hold(place);  // not read before it is the latest
    std::uint32_t before = 0;
    do {
      T value = get(before);
      change(value);
      copies_[place].value = value;
    } while (!replace(before, place));
  }

 private:
  static constexpr std::uint32_t count = 4;
  static constexpr std::uint32_t writing = 0x8000'0000;
  struct copy {
    // NOLINTNEXTLINE(modernize-pass-by-value): it is made once
    constexpr copy(const T& first, std::uint32_t held) noexcept : value(first), users(held) {}
    T value;
    /// Number of readers, plus one for the latest copy; or `writing`.
    mutable std::atomic<std::uint32_t> users;
  };

  /// Marks the latest copy as read, and returns its version in `version`.
  const copy& enter(std::uint32_t& version) const noexcept {
    for (;;) {
      version = latest_.load(std::memory_order_acquire);
      const copy& used = copies_[version % count];
      std::uint32_t users = used.users.load(std::memory_order_relaxed);
      while ((users & writing) == 0 &&
             !used.users.compare_exchange_weak(users, users + 1, std::memory_order_acquire,
                                               std::memory_order_relaxed)) {
      }
      if ((users & writing) != 0) continue;  // no longer the latest
      if (latest_.load(std::memory_order_acquire) == version) return used;
      used.users.fetch_sub(1, std::memory_order_release);
    }
  }
  /// Claims a copy that is not in use, for writing. The latest copy is always in use.
  std::uint32_t claim() noexcept {
    for (std::uint32_t place = 0;; place = (place + 1) % count) {
      std::uint32_t nobody = 0;
      if (copies_[place].users.compare_exchange_strong(nobody, writing, std::memory_order_acquire,
                                                       std::memory_order_relaxed)) {
        return place;
      }
    }
  }
  /// Marks a claimed copy as in use, as the latest must be before it is published.
  void hold(std::uint32_t place) noexcept {
    copies_[place].users.store(1, std::memory_order_release);
  }
  /// Publishes the copy at `place` as the latest if that is still `before`; otherwise sets `before`
  /// to the current latest.
  bool replace(std::uint32_t& before, std::uint32_t place) noexcept {
    const std::uint32_t next = (before / count + 1) * count + place;
    if (!latest_.compare_exchange_strong(before, next, std::memory_order_acq_rel,
                                         std::memory_order_acquire)) {
      return false;
    }
    copies_[before % count].users.fetch_sub(1, std::memory_order_release);
    return true;
  }

  copy copies_[count];
  std::atomic<std::uint32_t> latest_{0};  // how often it was set, times `count`, plus its place
};

}  // namespace musubi::detail
