#pragma once
/// Sources that may hang, each queried on a thread of its own.

#include <algorithm>
#include <array>
#include <chrono>
#include <cstddef>
#include <optional>
#include <type_traits>

#include <musubi/async/offload.hpp>
#include <musubi/async/runtime.hpp>
#include <musubi/async/task.hpp>

namespace gateway {

/// The latest answers of up to `Most` sources, for a sensor that must not wait for any of them. A
/// `Question` is a function object that may block; it owns everything it uses, because it may hang
/// for longer than this object exists. Equal questions ask the same source.
///
/// `ask` runs on the host, `of` and `begin` on the thread of the sensor's look; a look and `ask`
/// take turns. A source that has not answered is not asked again until it does.
template <class Question, std::size_t Most>
class sources {
 public:
  using answer = std::invoke_result_t<const Question&>;

  /// Most sources to wait for at once. Each occupies a thread; further ones are asked by later
  /// calls of `ask`.
  static constexpr int most_hanging = 3;
  /// How long `ask` waits for a source. One that takes longer is slow: it is asked after the quick
  /// ones, and a later call fetches its answer.
  static constexpr musubi::duration quick = std::chrono::milliseconds(200);
  /// How long an answer stays valid while the next one is due.
  static constexpr musubi::duration patience = std::chrono::seconds(2);

  /// Construct on the thread of a host. May outlive that host: pending questions then stay
  /// unanswered.
  sources() noexcept { musubi::runtime::current()->at_end(end_); }

  /// Begins a look. Sources that the look does not ask for are forgotten.
  void begin() noexcept {
    for (place& each : places_) each.wanted = false;
  }
  /// The answer to `what`; null if it is unknown or too old. The next `ask` asks it again.
  [[nodiscard]] const answer* of(const Question& what) noexcept {
    place* known = find(what);
    if (known == nullptr) return nullptr;
    known->wanted = true;
    return known->valid ? &known->last : nullptr;
  }

  /// Asks all sources that the last look wanted, and fetches answers.
  [[nodiscard]] musubi::task<> ask() {
    for (const bool slow : {false, true}) {
      for (place& each : places_) {
        if (each.slow != slow) continue;
        musubi::duration wait{};  // none for a source that an earlier call has already waited for
        if (!each.asking) {
          if (!each.wanted) each.what.reset();
          if (!each.what || hanging() == most_hanging) continue;
          each.asking.emplace(musubi::offload({}, *each.what));
          each.asked = now();
          wait = quick;
        }
        const musubi::result<answer> told = co_await each.asking->answer_within(wait);
        const bool is_slow = each.asking->is_under_way();
        each.slow = is_slow || (each.slow && wait == musubi::duration{});
        if (is_slow) continue;
        each.answered = told.ok();
        if (told.ok()) each.last = *told;
        each.told = now();
        each.asking.reset();
      }
    }
    for (place& each : places_) {
      const musubi::time_point since = each.asking ? each.asked : each.told;
      each.valid = each.answered && now() - since < patience;
    }
  }

 private:
  struct place {
    std::optional<Question> what;  // empty: this place is free
    bool wanted = false;
    bool slow = false;
    bool answered = false;
    bool valid = false;
    answer last{};
    musubi::time_point asked{};
    musubi::time_point told{};
    std::optional<musubi::offloaded<musubi::result<answer>>> asking;
  };

  struct end : musubi::job {
    explicit end(sources& owner) noexcept : job(&end::came), owner_(&owner) {}
    static void came(job& self) noexcept {
      for (place& each : static_cast<end&>(self).owner_->places_) each.asking.reset();
    }
    sources* owner_;
  };

  [[nodiscard]] static musubi::time_point now() noexcept {
    return musubi::runtime::current()->now();
  }
  [[nodiscard]] int hanging() const noexcept {
    return static_cast<int>(std::count_if(
        places_.begin(), places_.end(), [](const place& each) { return each.asking.has_value(); }));
  }
  /// The place of `what`, or a free one if it is new; null if all are taken.
  [[nodiscard]] place* find(const Question& what) noexcept {
    place* free = nullptr;
    for (place& each : places_) {
      if (each.what && *each.what == what) return &each;
      if (!each.what && free == nullptr) free = &each;
    }
    if (free == nullptr) return nullptr;
    free->what.emplace(what);
    free->slow = free->answered = free->valid = false;
    return free;
  }

  std::array<place, Most> places_;
  end end_{*this};
};

}  // namespace gateway
