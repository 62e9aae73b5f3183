#pragma once
/// What a store can ask of its surroundings while one of its functions runs.

#include <string_view>
#include <tuple>
#include <type_traits>

#include <musubi/async/clock.hpp>
#include <musubi/memory/status.hpp>

namespace musubi {

class context;
class subscriber_list;
template <class T>
class task;
template <class Item, std::size_t N>
struct stream_items;

/// How a task of a store is run (contract section 8.1).
struct async_options {
  /// Ended, and failed, when it takes longer; 0: as long as it takes.
  duration timeout = duration::zero();
  /// Shows no old value while loading. It comes back if the task fails.
  bool reset = false;
};

namespace detail {
/// One address for each type: what identifies a type without RTTI.
template <class T>
inline constexpr char type_key = 0;

/// How a message of a topic, or a watched value, reaches a store.
struct delivery {
  /// Calls `handle_info` of the store at `store`; false when it threw. `message` is the message, or
  /// the watch. Null where a store is only to be rendered.
  bool (*call)(void* store, const void* message, context& page) noexcept;
  /// Copies a message into memory of its own, for a page that is busy.
  void (*copy)(void* into, const void* message) noexcept;
  void (*destroy)(void* message) noexcept;
  std::size_t bytes;
  const char* type;  ///< `type_key` of the message
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

  /// Renders this store whenever `value`, a `musubi::watch`, is set from now on until the store
  /// goes; `render` reads it with `value.get()`. Fails when the pool of subscriptions is empty.
  /// Defined in <musubi/host/watch.hpp>.
  template <class Watch>
  status follow(Watch& value) noexcept;
  /// As above, and `store.handle_info(value, context)` is called before with what it is then. A
  /// store that is slower than it is set is told the latest. `store` is the caller itself.
  template <class Store, class Watch>
  status follow(Store& store, Watch& value) noexcept;

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

  // --- tasks: defined in <musubi/page/async_calls.hpp>, contract section 8 ---

  /// Fetches the value of the member `Member`, a `musubi::async<T>`, while the page lives on. It
  /// shows loading from now on, then what the task yields. A task that is started for a member
  /// again does not end the one before, but nobody waits for that any more. Tasks of a store that
  /// goes, go with it.
  template <auto Member, class Store, class T>
  status assign_async(Store& store, task<result<T>>&& work,
                      const async_options& options = {}) noexcept;
  /// The same for several members at once: the task yields a tuple.
  template <auto First, auto Second, auto... More, class Store, class... T>
  status assign_async(Store& store, task<result<std::tuple<T...>>>&& work,
                      const async_options& options = {}) noexcept;
  /// For what is no task of that form: does not compile, and says why.
  template <auto Member, auto... More, class Store, class Work>
  status assign_async(Store& store, Work&& work, const async_options& options = {}) noexcept;
  /// What the task yields is handed to `store.handle_async(const musubi::result<T>&, context&)`;
  /// an error says why there is nothing. The name of the task is its type `T`.
  template <class Store, class T>
  status start_async(Store& store, task<result<T>>&& work,
                     duration timeout = duration::zero()) noexcept;
  template <class Store, class Work>
  status start_async(Store& store, Work&& work, duration timeout = duration::zero()) noexcept;
  /// Fills the stream `Stream` of the State; `Member`, a `musubi::async<musubi::stream<...>>`,
  /// shows how that goes.
  template <auto Member, auto Stream, class Store, class Item, std::size_t N>
  status stream_async(Store& store, task<result<stream_items<Item, N>>>&& work,
                      const async_options& options = {}) noexcept;
  template <auto Member, auto Stream, class Store, class Work>
  status stream_async(Store& store, Work&& work, const async_options& options = {}) noexcept;
  /// Ends the task for these members: they show failed, with the reason, in a later cycle. No-op
  /// when there is none.
  template <auto... Members>
  void cancel_async(literal reason = {}) noexcept;
  /// The same for a task of `start_async` that yields a `T`.
  template <class T>
  void cancel_async(literal reason = {}) noexcept;

  /// Hands `news` to `update(const News&, context&)` of the `Store` with the store_id `ids`, when
  /// the page comes to it; no-op, and counted, when there is none then (contract section 5.9).
  /// Defined in <musubi/page/send_update.hpp>.
  template <class Store, class News, class... Ids>
  status send_update(const News& news, const Ids&... ids) noexcept;

  /// Attaches `Function`, a member of `store`, as the hook `id` of a stage: contract section 11.1.
  /// Fails when there is a hook of that id already, or no room. Defined in
  /// <musubi/store/hooks.hpp>.
  template <class Stage, auto Function, class Store>
  status attach_hook(Store& store, literal id) noexcept;
  /// No-op when there is none.
  template <class Stage>
  void detach_hook(literal id) noexcept;

  /// Hands every file of `Upload` that has arrived to `take`, in the order in which they were
  /// chosen: `bool take(const musubi::upload_entry&)`. True: it has what it wants of the file,
  /// whose sink is released; false: the file stays, for another time. When no file is left the
  /// browser's upload starts afresh. Nothing is cancelled meanwhile. Defined in
  /// <musubi/store/upload_handle.hpp>, as are the two below.
  template <class Upload, class Take>
  void consume_uploads(Take&& take);
  /// Shows every file of `Upload` to `use`, whatever its status.
  template <class Upload, class Use>
  void each_upload(Use&& use);
  /// Gives up the file `ref` of `Upload`, whatever its status; the browser is told. False when
  /// there is none.
  template <class Upload>
  bool cancel_upload(std::string_view ref);

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

  /// Takes back the events that this store has pushed and that were not sent yet.
  void drop_events() noexcept;

  /// What this store or its page has of the type, or null. For the library.
  template <class T>
  [[nodiscard]] T* find() const noexcept {
    return static_cast<T*>(find(&detail::type_key<std::remove_const_t<T>>));
  }

 protected:
  context() noexcept = default;
  ~context() = default;
  virtual status add_subscription(subscriber_list& to, void* store, const detail::delivery& how,
                                  const void* source) noexcept = 0;
  [[nodiscard]] virtual void* find(const char* type) const noexcept = 0;
};

}  // namespace musubi
