#pragma once
/// The latest value, set and read by any number of threads and interrupts.

#include <musubi/mistake/value.hpp>

#include <atomic>
#include <cstdint>
#include <type_traits>
#include <utility>

#include <musubi/memory/internal/short_ways.hpp>

namespace musubi::detail {

template <class T>
consteval bool right_value() {
  if constexpr (!std::is_nothrow_copy_constructible_v<T> || !std::is_nothrow_copy_assignable_v<T>) {
    return sizeof(mistake::value_that_cannot_be_copied<T>) != 0;
  } else {
    return true;
  }
}

/// Which of four copies is the latest, and which are in use: what `latest_value` does that does not
/// depend on its type.
class latest_place {
 public:
  static constexpr std::uint32_t count = 4;

  constexpr latest_place() noexcept = default;

  /// Changes whenever the latest does; its remainder by `count` is the latest copy's place.
  [[nodiscard]] std::uint32_t version() const noexcept {
    return latest_.load(std::memory_order_acquire);
  }
  /// Marks the latest copy as in use until `leave`; returns its version.
  MUSUBI_ONCE std::uint32_t enter() const noexcept {
    for (;;) {
      const std::uint32_t version = this->version();
      users_[version % count].fetch_add(1, std::memory_order_acquire);
      if (this->version() == version) return version;
      leave(version);  // no longer the latest, and perhaps written
    }
  }
  /// Takes the place of a copy or its version.
  MUSUBI_ONCE void leave(std::uint32_t place) const noexcept {
    users_[place % count].fetch_sub(1, std::memory_order_release);
  }
  /// Marks a copy that is not in use, for writing, and returns its place. The latest is always in
  /// use.
  MUSUBI_ONCE std::uint32_t claim() noexcept {
    for (std::uint32_t place = 0;; place = (place + 1) % count) {
      std::uint32_t nobody = 0;
      if (users_[place].compare_exchange_strong(nobody, 1, std::memory_order_acquire,
                                                std::memory_order_relaxed)) {
        return place;
      }
    }
  }
  /// Publishes the claimed copy as the latest if that is still `before`; otherwise sets `before` to
  /// the version that is.
  MUSUBI_ONCE bool publish(std::uint32_t place, std::uint32_t& before) noexcept {
    const std::uint32_t next = (before / count + 1) * count + place;
    if (!latest_.compare_exchange_strong(before, next, std::memory_order_acq_rel,
                                         std::memory_order_acquire)) {
      return false;
    }
    leave(before);
    return true;
  }

 private:
  std::atomic<std::uint32_t> latest_{0};  // how often it was set, times `count`, plus its place
  /// Number of readers, plus one for the latest copy and for one that is being written.
  mutable std::atomic<std::uint32_t> users_[count] = {1, 0, 0, 0};
};

/// Four copies of a `T`, one of which is the latest. A writer fills a copy that is not in use, then
/// publishes it as the latest; a reader marks the copy that it reads as in use. Nobody uses two at
/// once, so an interrupt never waits for the code it has interrupted: on one core, interrupts of
/// two priority levels may set and read it besides the thread.
template <class T>
class latest_value {
  static_assert(right_value<T>());

 public:
  constexpr explicit latest_value(const T& first) noexcept : copies_{first, first, first, first} {}
  latest_value(const latest_value&) = delete;
  latest_value& operator=(const latest_value&) = delete;

  /// Changes whenever the value is set.
  [[nodiscard]] std::uint32_t version() const noexcept { return places_.version(); }
  [[nodiscard]] const latest_place& places() const noexcept { return places_; }
  [[nodiscard]] T get() const noexcept {
    std::uint32_t version = 0;
    return get(version);
  }
  /// As above, and returns the value's version.
  [[nodiscard]] T get(std::uint32_t& version) const noexcept {
    version = places_.enter();
    T value(copies_[version % latest_place::count]);
    places_.leave(version);
    return value;
  }
  void set(const T& value) noexcept {
    std::uint32_t before = places_.version();
    const std::uint32_t place = places_.claim();
    copies_[place] = value;
    while (!places_.publish(place, before)) {
    }
  }
  /// Applies `change(T&)` to the latest value. Calls it again, on the newer value, if another
  /// writer set one meanwhile.
  template <class Change>
  void update(Change&& change) noexcept {
    for (;;) {
      std::uint32_t before = 0;
      T value = get(before);
      change(value);
      if (replace(before, value)) return;
    }
  }

 private:
  /// Sets the value unless another was set since the version `before`.
  MUSUBI_ONCE bool replace(std::uint32_t before, const T& value) noexcept {
    const std::uint32_t place = places_.claim();
    copies_[place] = value;
    if (places_.publish(place, before)) return true;
    places_.leave(place);
    return false;
  }

  T copies_[latest_place::count];
  latest_place places_;
};

}  // namespace musubi::detail
