#pragma once
/// What a store can ask of its surroundings while one of its functions runs.

#include <string_view>

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

  /// The socket as `handle_connect` and `handle_join` of this root left it.
  template <class Socket>
  [[nodiscard]] const Socket& socket() const noexcept {
    return *static_cast<const Socket*>(socket_data(&detail::type_key<Socket>));
  }
  /// Module and caller's id of the root; together they are its root_id.
  [[nodiscard]] virtual std::string_view module() const noexcept = 0;
  [[nodiscard]] virtual std::string_view id() const noexcept = 0;
  /// The host's time, as of this turn of its loop.
  [[nodiscard]] virtual time_point now() const noexcept = 0;
  /// Renders again soon, for what changed outside of a command or a message.
  virtual void changed() noexcept = 0;

 protected:
  context() noexcept = default;
  ~context() = default;
  virtual status add_subscription(subscriber_list& to, void* store,
                                  const detail::delivery& how) noexcept = 0;
  [[nodiscard]] virtual const void* socket_data(const char* type) const noexcept = 0;
};

}  // namespace musubi
