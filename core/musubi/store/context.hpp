#pragma once
/// What a store can ask of its surroundings while one of its functions runs.

#include <string_view>
#include <type_traits>

#include <musubi/async/clock.hpp>
#include <musubi/memory/status.hpp>

namespace musubi {

class context;
class subscriber_list;

namespace detail {
/// One address for each type: what identifies a type without RTTI.
template <class T>
inline constexpr char type_key = 0;

/// How a message of a topic reaches a store.
struct delivery {
  /// Calls `handle_info` of the store at `store`; false when it threw.
  bool (*call)(void* store, const void* message, context& page) noexcept;
  /// Copies a message into memory of its own, for a page that is busy.
  void (*copy)(void* into, const void* message) noexcept;
  void (*destroy)(void* message) noexcept;
  std::size_t bytes;
};
}  // namespace detail

/// Handed to every function of a store. It is the page's own and lives as long as the store, so a
/// coroutine may keep the reference. Everything is called on the host's thread.
class context {
 public:
  context(const context&) = delete;
  context& operator=(const context&) = delete;

  /// Calls `store.handle_info(message, context)` for every message published on `topic` from now
  /// until the root is unmounted. `store` is the caller itself: `context.subscribe(*this,
  /// readings)`. Fails when the pool of subscriptions is empty. Defined in <musubi/host/topic.hpp>.
  template <class Store, class Topic>
  status subscribe(Store& store, Topic& topic) noexcept;

  /// The socket as `handle_connect` and `handle_join` of this root left it; the same for the root
  /// and the children beneath it.
  template <class Socket>
  [[nodiscard]] const Socket& socket() const noexcept {
    return *find<const Socket>();
  }
  /// The mount params of the root, for the children beneath it: kept if the root's State has any.
  template <class Params>
  [[nodiscard]] const Params& root_params() const noexcept {
    return *find<const Params>();
  }

  /// The stream `Member` of this store's State, to insert into and delete from:
  /// `ctx.stream<&State::history>().insert(latest)`. Defined in <musubi/store/stream_handle.hpp>.
  template <auto Member>
  [[nodiscard]] auto stream() noexcept;
  /// Tells the browser something once, in the envelope of this cycle (contract section 9).
  template <class Event>
  void push_event(const Event& event) noexcept;
  /// A call of `Function`, a member of `store`, to be passed to a child as a prop. The function
  /// takes the arguments and this store's `musubi::context&`. Defined in
  /// <musubi/store/callback.hpp>.
  template <auto Function, class Store>
  [[nodiscard]] auto callback(const Store& store) const noexcept;

  /// Module and caller's id of the root; together they are its root_id.
  [[nodiscard]] virtual std::string_view module() const noexcept = 0;
  [[nodiscard]] virtual std::string_view id() const noexcept = 0;
  /// The host's time, as of this turn of its loop.
  [[nodiscard]] virtual time_point now() const noexcept = 0;
  /// Renders again soon, for what changed outside of a command or a message.
  virtual void changed() noexcept = 0;
  /// This store's store_id as JSON text without the brackets: `"lines","l1"`; empty for the root.
  [[nodiscard]] virtual std::string_view store_id() const noexcept = 0;
  /// Ends the page as if a handler had failed: `phx_error`, and the browser mounts it afresh.
  virtual void fail(const status& why) noexcept = 0;

  /// What this store or its page has of the type, or null. For the library.
  template <class T>
  [[nodiscard]] T* find() const noexcept {
    return static_cast<T*>(find(&detail::type_key<std::remove_const_t<T>>));
  }

 protected:
  context() noexcept = default;
  ~context() = default;
  virtual status add_subscription(subscriber_list& to, void* store,
                                  const detail::delivery& how) noexcept = 0;
  [[nodiscard]] virtual void* find(const char* type) const noexcept = 0;
};

}  // namespace musubi
