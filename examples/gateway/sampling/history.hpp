#pragma once
/// The recent samples of the charts, with their times. The device stores them, so every page shows
/// the same, and a reloaded page shows them at once.

#include "sampling/cadence.hpp"

#include <array>
#include <cmath>
#include <cstddef>
#include <cstdint>
#include <limits>
#include <mutex>
#include <optional>
#include <string_view>

#include <musubi/memory/list.hpp>
#include <musubi/memory/safe_integer.hpp>
#include <musubi/memory/text.hpp>

namespace gateway {

/// Samples kept of each value: a minute at the shortest period, ten minutes at the usual one.
inline constexpr std::size_t samples_kept = 600;

/// Consecutive samples, as sent to a page: in columns, because repeating the names of the values
/// 600 times would make up most of the message.
template <std::size_t Values>
struct stretch {
  static constexpr std::size_t most = 20;
  using column = musubi::list<std::optional<float>, most>;

  std::uint32_t id = 0;                     ///< the number of its first look
  bool follows = false;                     ///< no look is missing before its first
  musubi::safe_integer from = 0;            ///< the time of its first, as `look::at`
  musubi::list<std::uint32_t, most> after;  ///< of each, in milliseconds since `from`
  std::array<column, Values> values;        ///< null where a value was not known
};

/// The last samples of values that are sampled together.
template <std::size_t Values>
class history {
 public:
  using sample = std::array<float, Values>;  ///< NaN where a value is not known

  void add(const look& when, const sample& seen) noexcept {
    if (size_ < samples_kept) {
      ++size_;
    } else {
      start_ = (start_ + 1) % samples_kept;
    }
    ring_[(start_ + size_ - 1) % samples_kept] = {when, seen};
  }
  /// Fills `into` with consecutive samples from number `next` on, as many as fit, and advances
  /// `next`. Returns false when there are none.
  [[nodiscard]] bool read(std::uint32_t& next, stretch<Values>& into) const noexcept {
    std::size_t i = 0;
    while (i < size_ && at(i).when.number < next) ++i;
    if (i == size_) return false;
    begin(into, at(i).when, next);
    do {
      append(into, at(i));
      next = at(i).when.number + 1;
      ++i;
    } while (i < size_ && follows(at(i).when, next) && !into.after.full());
    return true;
  }
  void clear() noexcept { size_ = 0; }

 private:
  struct taken {
    look when;
    sample seen;
  };

  [[nodiscard]] static bool follows(const look& each, std::uint32_t expected) noexcept {
    return each.follows && each.number == expected;
  }
  static void begin(stretch<Values>& into, const look& first, std::uint32_t expected) noexcept {
    into.id = first.number;
    into.follows = follows(first, expected);
    into.from = first.at;
    into.after.clear();
    for (auto& column : into.values) column.clear();
  }
  static void append(stretch<Values>& into, const taken& each) noexcept {
    (void)into.after.push_back(
        static_cast<std::uint32_t>(musubi::safe_integer(each.when.at) - into.from));
    for (std::size_t i = 0; i < Values; ++i) {
      const float value = each.seen[i];
      (void)into.values[i].push_back(std::isnan(value) ? std::nullopt : std::optional(value));
    }
  }
  [[nodiscard]] const taken& at(std::size_t index) const noexcept {
    return ring_[(start_ + index) % samples_kept];
  }

  std::array<taken, samples_kept> ring_{};
  std::size_t start_ = 0;
  std::size_t size_ = 0;
};

/// Histories by name, for devices that come and go. One thread adds, any thread reads. When all
/// places are taken, the history not updated for longest is replaced.
template <std::size_t Values, std::size_t Most>
class histories {
 public:
  using sample = typename history<Values>::sample;

  /// A sample without any known values.
  [[nodiscard]] static sample nothing() noexcept {
    sample empty;
    empty.fill(std::numeric_limits<float>::quiet_NaN());
    return empty;
  }
  void add(std::string_view name, const look& when, const sample& seen) noexcept {
    const std::scoped_lock hold(lock_);
    kept* place = find(kept_, name);
    if (place == nullptr) {
      place = &kept_[0];
      for (kept& each : kept_) {
        if (each.last < place->last) place = &each;
      }
      place->name = musubi::text<64>::clipped(name);
      place->past.clear();
    }
    place->last = when.number;
    place->past.add(when, seen);
  }
  /// As `history::read`.
  [[nodiscard]] bool read(std::string_view name, std::uint32_t& next,
                          stretch<Values>& into) const noexcept {
    const std::scoped_lock hold(lock_);
    const kept* place = find(kept_, name);
    return place != nullptr && place->past.read(next, into);
  }
  /// Forgets everything.
  void clear() noexcept {
    const std::scoped_lock hold(lock_);
    for (kept& each : kept_) each.last = 0;
  }

 private:
  struct kept {
    musubi::text<64> name;
    std::uint32_t last = 0;  // look; 0: this place is free
    history<Values> past;
  };
  template <class Places>
  static auto find(Places& places, std::string_view name) noexcept -> decltype(&places[0]) {
    for (auto& each : places) {
      if (each.last != 0 && each.name == name) return &each;
    }
    return nullptr;
  }

  mutable std::mutex lock_;
  std::array<kept, Most> kept_;
};

}  // namespace gateway
