#pragma once
/// Reports the start and the end of a command to a listener.

#include <string_view>
#include <utility>

#include <musubi/store/page/internal/page.hpp>

namespace musubi::detail {

#if defined(MUSUBI_TELEMETRY)
/// Reports the start when constructed, and the end when `end` is called; otherwise, its destructor
/// reports that the handler did not end. Moves with the command into the coroutine of its handler.
class command_watch {
 public:
  command_watch(page& on, const context& store, std::string_view command) noexcept
      : since_(on.resources().observed), command_(command) {
    if (on.resources().observed.follower() != nullptr) begin(on, store);
  }
  /// `command` is the same name, but outlives the message.
  command_watch(command_watch&& other, std::string_view command) noexcept
      : on_(std::exchange(other.on_, nullptr)),
        store_(other.store_),
        since_(other.since_),
        command_(command) {}
  command_watch(const command_watch&) = delete;
  command_watch& operator=(const command_watch&) = delete;
  ~command_watch() {
    if (on_ != nullptr) tell_exception("the handler did not end");
  }

  /// It is answered now; what was refused in the meantime was another one.
  void resumed() noexcept {
    if (on_ != nullptr) on_->resources().observed.refused = false;
  }
  /// It was answered, or its page has failed.
  void end() noexcept {
    if (on_ != nullptr) tell_end();
  }

 private:
  // not inlined: nearly always nobody follows
  [[gnu::noinline]] void begin(page& on, const context& store) noexcept {
    observer& seen = on.resources().observed;
    on_ = &on;
    store_ = &store;
    seen.refused = false;
    seen.follower()->on_command_start({event_source::of(store), command_});
  }
  [[gnu::noinline]] void tell_end() noexcept {
    const observer& seen = on_->resources().observed;
    if (on_->failed()) {
      tell_exception(seen.failure.reason());
    } else {
      seen.follower()->on_command_stop(
          {event_source::of(*store_), command_, since_.elapsed(seen), !seen.refused,
           seen.refused ? seen.refused_for.view() : std::string_view()});
    }
    on_ = nullptr;
  }
  [[gnu::noinline]] void tell_exception(std::string_view reason) noexcept {
    const observer& seen = on_->resources().observed;
    seen.follower()->on_command_exception(
        {event_source::of(*store_), command_, since_.elapsed(seen), reason});
  }

  page* on_ = nullptr;  // null: nobody follows, or the end was told
  const context* store_ = nullptr;
  stopwatch since_;
  std::string_view command_;
};

#else
class command_watch {
 public:
  constexpr command_watch(page&, const context&, std::string_view) noexcept {}
  constexpr command_watch(command_watch&&, std::string_view) noexcept {}
  static constexpr void resumed() noexcept {}
  static constexpr void end() noexcept {}
};
#endif

}  // namespace musubi::detail
