#pragma once
/// Runs blocking work on a thread of the port while the host goes on serving.

#include <musubi/mistake/offload.hpp>

#include <concepts>
#include <coroutine>
#include <cstddef>
#include <new>
#include <span>
#include <string_view>
#include <type_traits>
#include <utility>

#include <musubi/async/clock.hpp>
#include <musubi/async/internal/timer.hpp>
#include <musubi/async/runtime.hpp>
#include <musubi/async/task.hpp>
#include <musubi/async/worker_pool.hpp>
#include <musubi/memory/status.hpp>

namespace musubi {

/// How a piece of work is run, and how long to wait for it.
struct offload_terms {
  /// The longest that one `co_await` waits. The default is shorter than `limits::handler_timeout`,
  /// so a command's handler can still report it.
  duration within = std::chrono::seconds(4);
  /// Pieces of work with the same address here run one at a time, in the order of the calls. Null:
  /// as soon as a thread is free.
  const void* in_turn_with = nullptr;
  /// Runs the work even when its result is no longer wanted, and before the program ends. Otherwise
  /// work that has not started is dropped.
  bool kept = false;
};

namespace detail {

/// The untyped half of `offloaded`: a slot, or the error why there is none.
class offloading {
 public:
  offloading(const offloading&) = delete;
  offloading& operator=(const offloading&) = delete;

  /// True while the work waits for a thread or runs, as far as this host knows. After a time-out,
  /// another `co_await` goes on waiting.
  [[nodiscard]] bool is_under_way() const noexcept {
    return slot_ != nullptr && !slot_->has_arrived;
  }

 protected:
  explicit offloading(duration within) noexcept : within_(within) {}
  offloading(offloading&& other) noexcept
      : pool_(other.pool_),
        slot_(std::exchange(other.slot_, nullptr)),
        within_(other.within_),
        error_(std::exchange(other.error_, fail("the work was moved away"))) {}
  ~offloading() { release(); }

  /// Takes a slot for work of the current host. Returns null and sets the error when there is none.
  work_slot* take(const offload_terms& terms) noexcept;
  void submit() noexcept { pool_->submit(*slot_); }
  void release() noexcept {
    if (slot_ != nullptr) pool_->release(*std::exchange(slot_, nullptr));
  }

  class waiting {
   public:
    waiting(offloading& on, duration within) noexcept
        : on_(&on), within_(within), timer_(resume_) {}
    waiting(const waiting&) = delete;
    waiting& operator=(const waiting&) = delete;
    ~waiting() {
      if (on_->slot_ != nullptr) on_->slot_->awaiting = nullptr;
    }
    [[nodiscard]] bool await_ready() const noexcept { return !on_->is_under_way(); }
    void await_suspend(std::coroutine_handle<> self) noexcept {
      resume_.coroutine = self;
      on_->slot_->awaiting = &resume_;
      runtime::current()->arm_after(timer_, within_);
    }

   protected:
    /// The error why there is no result to fetch; success when there is one.
    [[nodiscard]] status problem() const noexcept {
      if (on_->slot_ == nullptr) return on_->error_;
      if (!on_->slot_->has_arrived) return refuse("the work did not finish in time");
      return {};
    }
    offloading* on_;

   private:
    duration within_;
    resume_job resume_;
    timer timer_;
  };

  worker_pool* pool_ = nullptr;
  work_slot* slot_ = nullptr;
  duration within_;
  status error_;
};

template <class T>
inline constexpr bool is_span = false;
template <class T, std::size_t N>
inline constexpr bool is_span<std::span<T, N>> = true;

/// What a thread returns: a `T`, or the content of a `result<T>`.
template <class T>
struct held_in {
  using type = T;
};
template <class T>
struct held_in<result<T>> {
  using type = T;
};
template <class T>
concept borrowed = std::is_reference_v<T> || std::is_pointer_v<T> ||
    std::is_same_v<std::remove_cv_t<T>, std::string_view> || is_span<std::remove_cv_t<T>>;

/// True for valid work. Invalid work does not compile, and the message says what to do.
template <class Work>
consteval bool right_work() {
  if constexpr (!std::is_invocable_v<Work&>) {
    return sizeof(mistake::work_without_a_call<Work>) == 0;
  } else {
    using answer = std::invoke_result_t<Work&>;
    using held = typename held_in<std::remove_cv_t<answer>>::type;
    if constexpr (is_task<std::remove_cvref_t<answer>>) {
      return sizeof(mistake::work_that_is_a_coroutine<Work>) == 0;
    } else if constexpr (borrowed<answer> || borrowed<held>) {
      return sizeof(mistake::work_that_answers_with_a_view<Work, answer>) == 0;
    } else if constexpr (!std::is_nothrow_move_constructible_v<Work> ||
                         (!std::is_void_v<held> && !std::is_nothrow_move_constructible_v<held>)) {
      return sizeof(mistake::work_that_cannot_be_moved<Work, answer>) == 0;
    } else if constexpr (sizeof(Work) > offload_bytes ||
                         alignof(Work) > alignof(std::max_align_t)) {
      return sizeof(mistake::work_that_does_not_fit<Work, sizeof(Work)>) == 0;
    } else if constexpr (sizeof(typename awaited<answer>::type) > offload_bytes ||
                         alignof(typename awaited<answer>::type) > alignof(std::max_align_t)) {
      return sizeof(mistake::answer_that_does_not_fit<answer,
                                                      sizeof(typename awaited<answer>::type)>) == 0;
    } else {
      return true;
    }
  }
}

// As `guarded`: code compiled with exceptions needs another function than code compiled without.
#if defined(__cpp_exceptions)
inline namespace throwing {
#else
inline namespace non_throwing {
#endif

template <class Answer, class Work>
Answer answer_of(Work& work) noexcept {
#if defined(__cpp_exceptions)
  try {
#endif
    if constexpr (std::is_void_v<std::invoke_result_t<Work&>>) {
      work();
      return {};
    } else {
      return work();
    }
#if defined(__cpp_exceptions)
  } catch (...) {
    return fail("the work threw an exception");
  }
#endif
}

/// Runs on a thread of the port.
template <class Work, class Answer>
void run_in_place(work_slot& slot) noexcept {
  Work work(std::move(*slot.as<Work>()));
  slot.as<Work>()->~Work();
  new (static_cast<void*>(slot.bytes)) Answer(answer_of<Answer>(work));
  slot.answered = true;
}
}  // namespace throwing or non_throwing

template <class Work, class Answer>
void drop_in_place(work_slot& slot) noexcept {
  if (slot.answered) {
    slot.as<Answer>()->~Answer();
  } else {
    slot.as<Work>()->~Work();
  }
}

}  // namespace detail

/// A piece of work in progress. `co_await` it for its result, repeatedly if needed: a time-out does
/// not end the work. Destroying it abandons the result: work that has not started is dropped
/// (unless it is `kept`); running work continues and holds its thread and its slot until it
/// returns. It belongs to the host that created it and must be destroyed before that host. Movable,
/// not copyable.
template <class Answer>
class [[nodiscard]] offloaded : public detail::offloading {
 public:
  offloaded(offloaded&&) noexcept = default;

  /// The result of the work, or an error.
  auto operator co_await() noexcept { return awaiter(*this, within_); }
  /// As above, waiting for `span` this time.
  [[nodiscard]] auto answer_within(duration span) noexcept { return awaiter(*this, span); }

 private:
  template <class Work>
  friend auto offload(const offload_terms& terms, Work&& work) noexcept;

  class awaiter : public offloading::waiting {
   public:
    using offloading::waiting::waiting;
    Answer await_resume() noexcept {
      if (const status problem = this->problem(); !problem.ok()) return problem;
      struct taken {
        offloaded& on;
        ~taken() {
          on.release();
          on.error_ = fail("the result of this work was already taken");
        }
      } const from{static_cast<offloaded&>(*this->on_)};
      return std::move(*from.on.slot_->template as<Answer>());
    }
  };

  template <class Work>
  offloaded(const offload_terms& terms, Work&& work) noexcept : offloading(terms.within) {
    using own = std::remove_cvref_t<Work>;
    work_slot* const slot = take(terms);
    if (slot == nullptr) return;
    new (static_cast<void*>(slot->bytes)) own(std::forward<Work>(work));
    slot->run = &detail::run_in_place<own, Answer>;
    slot->drop = &detail::drop_in_place<own, Answer>;
    submit();
  }
};

/// Runs `work()` on a thread of the port and yields its result on this host's thread: a `result<T>`
/// for work that returns `T`, a `status` for work that returns `void` or a `status`.
///
///     const auto space = co_await musubi::offload({.within = 1s}, [path = path_of(disk)] {
///       return room_on(path);  // statfs, which blocks while a network mount does not answer
///     });
///     if (!space.ok()) co_return space.error();
///
/// The work starts whether or not it is awaited. It is moved into a slot of the pool. It must own
/// everything it uses, or use only objects with static lifetime, because the caller may be
/// destroyed while it runs. The work and its result take at most `offload_bytes` each. Nothing is
/// allocated.
///
/// Call it on a host's thread. Fails when the port has no threads, all `offload_slots` are in
/// use, the work did not finish in time, or the work threw.
template <class Work>
[[nodiscard]] auto offload(const offload_terms& terms, Work&& work) noexcept {
  using own = std::remove_cvref_t<Work>;
  if constexpr (detail::right_work<own>()) {
    using answer = typename detail::awaited<std::invoke_result_t<own&>>::type;
    return offloaded<answer>(terms, std::forward<Work>(work));
  }
}

}  // namespace musubi
