#pragma once
/// Events that a host and its pages report to a listener: those of contract section 11.3, and those
/// of connections, each as a typed call. docs/telemetry.md has the table.
///
/// Without MUSUBI_TELEMETRY, the default on bare metal, there are no listeners, and none of this is
/// compiled: no code, no time stamps, no memory. With it, but without a listener, an event costs
/// one pointer comparison.

#include <cstdint>
#include <string_view>
#include <utility>

#include <musubi/async/clock.hpp>
#include <musubi/memory/status.hpp>
#include <musubi/net/host_events.hpp>
#include <musubi/net/http/request_refusal.hpp>
#include <musubi/net/port.hpp>
#include <musubi/schema/decode_error.hpp>
#include <musubi/store/context.hpp>

namespace musubi {

/// The source of an event: the root, and the store within it. Views are valid during the call.
struct event_source {
  std::string_view module;    ///< of the root
  std::string_view id;        ///< of the root
  std::string_view store_id;  ///< as `context::store_id`; empty for the root

  [[nodiscard]] static event_source of(const context& store) noexcept {
    return {store.module(), store.id(), store.store_id()};
  }
};

/// A command has reached its store, which may not know its name.
struct command_start {
  event_source at;
  std::string_view command;
};
/// A command was answered.
struct command_stop {
  event_source at;
  std::string_view command;
  duration took;            ///< since `command_start`, including the time that a coroutine waited
  bool ok;                  ///< false: with an error reply
  std::string_view reason;  ///< of that
};
/// A command was not answered, because its page failed.
struct command_exception {
  event_source at;
  std::string_view command;
  duration took;
  std::string_view reason;
};
/// The payload of a command does not match its struct.
struct payload_refused {
  event_source at;
  std::string_view command;
  const decode_error& error;  ///< the field, and what was expected
};
/// A hook halted a command, or the visitor lacks what a command or an upload needs.
struct auth_deny {
  event_source at;
  std::string_view command;
};
/// `render` of one store has run.
struct render_stop {
  event_source at;
  std::string_view module;  ///< of the store
  duration took;
};
/// The children that one store places were looked up, mounted, updated and rendered.
struct resolve_stop {
  event_source at;
  std::string_view module;  ///< of the store
  duration took;
};
/// The rendered State was compared with the client's, and the difference written.
struct diff_stop {
  event_source at;
  duration took;
  std::uint32_t operations;
};
/// An envelope was sent.
struct patch_stop {
  event_source at;
  std::uint32_t version;
  std::uint32_t operations;
  std::uint32_t stream_operations;
  std::uint32_t upload_operations;
  std::uint32_t events;
};
/// Stream operations of one store were sent in an envelope.
struct stream_flush {
  event_source at;
  std::uint32_t count;
};
/// A task of a store (contract section 8.1).
struct async_event {
  enum class kind_of : std::uint8_t { assign, start, stream };
  event_source at;
  std::string_view name;  ///< of its member, the first of several; or of the type of its result
  kind_of kind;
};
struct async_stop {
  async_event task;
  duration took;
};
struct async_exception {
  async_event task;
  duration took;
  std::string_view reason;  ///< "timeout", "the task threw"
};
struct async_cancel {
  async_event task;
  duration took;
  std::string_view reason;
};
/// A message of a topic reaches `handle_info`.
struct pubsub_receive {
  event_source at;
};
/// A root was mounted. `topic` is that of the wire.
struct channel_join {
  std::string_view topic;
  event_source at;
};
/// A join was refused.
struct channel_refused {
  std::string_view peer;  ///< as `net::stream::peer`
  std::string_view topic;
  errc code;                ///< `refused`; `failed`: of what the browser is told `join crashed`;
                            ///< `exhausted`: `reason` is the pool
  std::string_view reason;  ///< the true one
  const decode_error* params = nullptr;          ///< the error in the params, if that is the reason
  std::string_view module = {};                  ///< the requested root, if it does not exist
  std::span<const std::string_view> roots = {};  ///< the existing ones in that case: the first 16
};
/// The payload of a message is unusable. It gets an error reply if it has a ref.
struct message_refused {
  std::string_view peer;
  std::string_view topic;
  std::string_view event;
  std::string_view expected;
};
/// An HTTP request was refused; see net/http/request_refusal.hpp.
using net::http::request_refusal;
/// A root is about to be unmounted.
struct channel_terminate {
  std::string_view topic;
  event_source at;
  std::string_view reason;  ///< the argument of `terminate`
};
/// A page ends with `phx_error`.
struct page_failed {
  event_source at;
  const status& why;
};

/// A listener: derive from it and override the calls that you need. All are called synchronously on
/// the host's thread: return quickly, and do not change the page. Hosts of several cores may share
/// a listener if it is thread-safe. Payloads are never passed to it.
class telemetry {
 public:
  /// Whether to report commands, messages, renders, patches and tasks, too: the events that are
  /// frequent on a busy page. Called once, when the host is constructed. If it returns false, these
  /// events cost no more than without a listener, no clock is read, and every `took` is zero.
  [[nodiscard]] virtual bool follows_pages() const noexcept { return true; }

  // --- of the host ---
  virtual void on_listening(const listening&) noexcept {}
  virtual void on_request_refused(const request_refusal&) noexcept {}
  virtual void on_connection_opened(const connection_opened&) noexcept {}
  virtual void on_connection_dropped(const connection_dropped&) noexcept {}
  virtual void on_connection_closing(const connection_closing&) noexcept {}
  virtual void on_connection_closed(const connection_closed&) noexcept {}
  virtual void on_pool_exhausted(const pool_exhausted&) noexcept {}
  virtual void on_share_exceeded(const share_exceeded&) noexcept {}
  /// Called once a second, for listeners that sum up.
  virtual void on_second(time_point) noexcept {}

  // --- of pages: seldom ---
  virtual void on_channel_join(const channel_join&) noexcept {}
  virtual void on_channel_refused(const channel_refused&) noexcept {}
  virtual void on_channel_terminate(const channel_terminate&) noexcept {}
  virtual void on_message_refused(const message_refused&) noexcept {}
  virtual void on_payload_refused(const payload_refused&) noexcept {}
  virtual void on_auth_deny(const auth_deny&) noexcept {}
  virtual void on_page_failed(const page_failed&) noexcept {}
  virtual void on_async_exception(const async_exception&) noexcept {}
  /// An update for a store that does not exist.
  virtual void on_send_update_no_target(const event_source&) noexcept {}

  // --- of pages: often ---
  virtual void on_command_start(const command_start&) noexcept {}
  virtual void on_command_stop(const command_stop&) noexcept {}
  virtual void on_command_exception(const command_exception&) noexcept {}
  virtual void on_render_stop(const render_stop&) noexcept {}
  virtual void on_resolve_stop(const resolve_stop&) noexcept {}
  virtual void on_diff_stop(const diff_stop&) noexcept {}
  virtual void on_patch_stop(const patch_stop&) noexcept {}
  virtual void on_stream_flush(const stream_flush&) noexcept {}
  virtual void on_async_start(const async_event&) noexcept {}
  virtual void on_async_stop(const async_stop&) noexcept {}
  virtual void on_async_cancel(const async_cancel&) noexcept {}
  /// The result of a task that is no longer wanted.
  virtual void on_async_lazy_discard(const async_event&) noexcept {}
  virtual void on_pubsub_receive(const pubsub_receive&) noexcept {}

 protected:
  telemetry() noexcept = default;
  telemetry(const telemetry&) = default;
  telemetry& operator=(const telemetry&) = default;
  ~telemetry() = default;
};

#if defined(MUSUBI_TELEMETRY)
inline constexpr bool telemetry_built = true;

/// The listener option of a host.
using telemetry_option = telemetry*;

/// The listener as the pages of one host see it.
class observer {
 public:
  observer() noexcept = default;
  observer(telemetry* to, net::port& clock) noexcept
      : to_(to), follower_(to != nullptr && to->follows_pages() ? to : nullptr), clock_(&clock) {}

  /// Receives infrequent events; null: none.
  [[nodiscard]] telemetry* listener() const noexcept { return to_; }
  /// Also receives frequent events.
  [[nodiscard]] telemetry* follower() const noexcept { return follower_; }
  /// Read only if there is a listener, because a port's clock may be a system call.
  [[nodiscard]] time_point now() const noexcept { return clock_->now(); }

  // between what happens deep within and what tells of it; one thing happens at a time
  using reason = text<120>;
  bool refused = false;        ///< the command that is being answered
  reason refused_for;          ///< the reason, truncated if necessary
  status failure;              ///< of the page that has failed last
  std::uint32_t said[4] = {};  ///< items of an envelope, by `envelope::part`

 private:
  telemetry* to_ = nullptr;
  telemetry* follower_ = nullptr;
  net::port* clock_ = nullptr;
};

/// The time since construction, if a listener follows pages; otherwise zero.
class stopwatch {
 public:
  explicit stopwatch(const observer& by) noexcept
      : begun_(by.follower() != nullptr ? by.now() : time_point()) {}
  [[nodiscard]] duration elapsed(const observer& by) const noexcept {
    return by.follower() != nullptr ? by.now() - begun_ : duration::zero();
  }

 private:
  time_point begun_;
};

#else
inline constexpr bool telemetry_built = false;

/// The listener option of a host in a build without telemetry.
struct telemetry_option {
  constexpr telemetry_option() noexcept = default;
  template <class Listener>
  telemetry_option(Listener*) noexcept {
    static_assert(sizeof(Listener) == 0,
                  "musubi: this build has no telemetry; configure it with -DMUSUBI_TELEMETRY=ON");
  }
};

class observer {
 public:
  [[nodiscard]] static constexpr telemetry* listener() noexcept { return nullptr; }
  [[nodiscard]] static constexpr telemetry* follower() noexcept { return nullptr; }
  [[nodiscard]] static constexpr time_point now() noexcept { return {}; }
};

class stopwatch {
 public:
  constexpr explicit stopwatch(const observer&) noexcept {}
  [[nodiscard]] static constexpr duration elapsed(const observer&) noexcept { return {}; }
};
#endif

namespace detail {

/// Tells a follower out of line, so that the usual case, in which there is none, saves no registers
/// for it.
template <class Tell>
[[gnu::noinline]] void tell_apart(const Tell& tell) noexcept {
  tell();
}

inline void tell_render(const observer& seen, const context& store, std::string_view module,
                        stopwatch since) noexcept {
  if (telemetry* to = seen.follower()) {
    tell_apart([to, since, module, &seen, &store]() noexcept {
      to->on_render_stop({event_source::of(store), module, since.elapsed(seen)});
    });
  }
}
inline void tell_resolve(const observer& seen, const context& store, std::string_view module,
                         stopwatch since) noexcept {
  if (telemetry* to = seen.follower()) {
    tell_apart([to, since, module, &seen, &store]() noexcept {
      to->on_resolve_stop({event_source::of(store), module, since.elapsed(seen)});
    });
  }
}
inline void tell_diff(const observer& seen, const context& root, stopwatch since,
                      std::size_t operations) noexcept {
  if (telemetry* to = seen.follower()) {
    tell_apart([to, since, operations, &seen, &root]() noexcept {
      to->on_diff_stop(
          {event_source::of(root), since.elapsed(seen), static_cast<std::uint32_t>(operations)});
    });
  }
}
inline void tell_received(const observer& seen, const context& store) noexcept {
  if (telemetry* to = seen.follower()) {
    tell_apart([to, &store]() noexcept { to->on_pubsub_receive({event_source::of(store)}); });
  }
}

}  // namespace detail
}  // namespace musubi
