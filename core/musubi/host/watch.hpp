#pragma once
/// The state of a device: one value, of which readers want the latest.

#include <musubi/mistake/all.hpp>

#include <coroutine>
#include <cstdint>
#include <optional>
#include <utility>

#include <musubi/async/internal/latest_value.hpp>
#include <musubi/async/internal/per_host.hpp>
#include <musubi/async/remote_signal.hpp>
#include <musubi/async/runtime.hpp>
#include <musubi/memory/intrusive_list.hpp>
#include <musubi/store/internal/subscription.hpp>

namespace musubi {

namespace detail {

/// A receiver: what of it does not depend on the value's type.
struct watch_view {
  [[nodiscard]] bool is_behind() const noexcept { return latest->version() != seen; }
  const latest_place* latest;
  std::uint32_t seen;
};

/// One that waits, linked in its host's list.
class watch_awaiter : public link {
 public:
  /// `waiting` is null when nobody would be told.
  watch_awaiter(watch_view& of, intrusive_list<watch_awaiter>* waiting) noexcept
      : view_(&of), waiting_(waiting) {}
  [[nodiscard]] bool await_ready() const noexcept {
    return waiting_ == nullptr || view_->is_behind();
  }
  void await_suspend(std::coroutine_handle<> self) noexcept {
    resume_.coroutine = self;
    waiting_->push_back(*this);
  }
  /// Resumes it if it has not seen the latest value.
  void look() noexcept {
    if (!view_->is_behind()) return;
    unlink();
    runtime::current()->push(resume_);
  }

 protected:
  [[nodiscard]] bool is_told() const noexcept { return waiting_ != nullptr; }
  [[nodiscard]] watch_view& view() const noexcept { return *view_; }

 private:
  watch_view* view_;
  intrusive_list<watch_awaiter>* waiting_;
  resume_job resume_;
};

/// One host's part of a watch: who follows it there, and who waits.
struct watch_share : remote_signal {
  constexpr watch_share() noexcept : remote_signal(&watch_share::hear) {}
  static void hear(remote_signal& self) noexcept { static_cast<watch_share&>(self).tell(); }
  void tell() noexcept {
    for (auto at = waiting.begin(); at != waiting.end();) {
      watch_awaiter& each = *at;
      ++at;  // it may be unlinked
      each.look();
    }
    followers.tell();
  }
  subscriber_list followers;
  intrusive_list<watch_awaiter> waiting;
};

}  // namespace detail

/// A value that any thread sets and reads, and that the stores which follow it show:
///
///     musubi::watch<std::int32_t> target{20};               // one for the whole device
///
///     status mount(const Params&, context& ctx) { return ctx.follow(target); }
///     State render() const { return {target.get()}; }       // called after each set
///
/// A store that has to act when the value is set calls `ctx.follow(*this, target)` and has a
/// `handle_info(const T&, context&)`.
///
/// It is never full: a slow reader sees the latest value and misses those in between. Use a `topic`
/// where each message must arrive. Threads, and interrupts of two priority levels, may set and read
/// it. It may be constructed before a host, outlive it, and serve the next one. Can be
/// constant-initialised. Takes four times the size of `T`, plus `max_cores` small blocks.
template <class T>
class watch {
 public:
  using value_type = T;
  constexpr explicit watch(const T& first = T()) noexcept : value_(first) {}
  watch(const watch&) = delete;
  watch& operator=(const watch&) = delete;

  /// A copy of the latest value.
  [[nodiscard]] T get() const noexcept { return value_.get(); }
  void set(const T& value) noexcept {
    value_.set(value);
    tell();
  }
  /// Applies `change(T&)` to the latest value. If another thread sets a value meanwhile, it is not
  /// lost: `change` is called again, on that value.
  template <class Change>
  void update(Change&& change) noexcept {
    value_.update(std::forward<Change>(change));
    tell();
  }

  /// One coroutine's view of a watch. It starts with the value at construction as seen.
  ///
  ///     musubi::watch<reading>::receiver readings(measured);
  ///     while (const auto now = co_await readings.changed()) control(*now);
  class receiver : detail::watch_view {
   public:
    explicit receiver(watch& of) noexcept
        : watch_view{&of.value_.places(), of.value_.version()}, watch_(&of) {}

    /// Awaitable: yields the latest value as soon as there is one that was not seen; `std::nullopt`
    /// if no host runs, or more than `max_cores` hosts wait.
    [[nodiscard]] auto changed() noexcept { return awaiter(*this); }

   private:
    friend watch;
    watch* watch_;
  };

  /// The followers on the current host; null when more than `max_cores` hosts have some.
  [[nodiscard]] subscriber_list* followers() noexcept {
    share* here = shares_.local();
    return here == nullptr ? nullptr : &here->followers;
  }

 private:
  class awaiter : public detail::watch_awaiter {
   public:
    explicit awaiter(receiver& of) noexcept : watch_awaiter(of, of.watch_->waiting_here()) {}
    std::optional<T> await_resume() const noexcept {
      if (!is_told()) return std::nullopt;
      const auto& mine = static_cast<receiver&>(view());
      return mine.watch_->value_.get(view().seen);
    }
  };
  using share = detail::watch_share;

  void tell() noexcept {
    for (share& each : shares_) {
      runtime* host = each.listener();
      if (host == nullptr) continue;
#if !defined(MUSUBI_SINGLE_THREADED)  // there, an interrupt looks like the host's thread
      if (host == runtime::current()) {
        each.tell();
        continue;
      }
#endif
      each.raise();
    }
  }
  intrusive_list<detail::watch_awaiter>* waiting_here() noexcept {
    share* here = shares_.local();
    return here == nullptr ? nullptr : &here->waiting;
  }

  detail::latest_value<T> value_;
  per_host<share> shares_;
};

}  // namespace musubi
