#pragma once
/// What a store can ask of its surroundings while one of its functions runs.

#include <string_view>
#include <tuple>
#include <type_traits>

#include <musubi/async/clock.hpp>
#include <musubi/memory/status.hpp>
#include <musubi/store/child.hpp>
#include <musubi/store/type_key.hpp>

namespace musubi {

class page;
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
struct delivery;
}  // namespace detail

/// Handed to every function of a store: the store's place in its page. It lives as long as the
/// store, so a coroutine may keep the reference. Call everything on the host's thread.
///
/// What it declares is defined in the headers of this folder; `store_node.hpp` includes them all,
/// so that whatever mounts a store has them.
class context {
 public:
  context(const context&) = delete;
  context& operator=(const context&) = delete;

  /// Calls `store.handle_info(message, context)` for every message published on `topic` from now
  /// until the root is unmounted. `store` is the caller itself: `context.subscribe(*this,
  /// readings)`. Fails when the pool of subscriptions is empty.
  template <class Store, class Topic>
  status subscribe(Store& store, Topic& topic) noexcept;

  /// Renders this store whenever `value`, a `musubi::watch`, is set from now on until the store
  /// goes; `render` reads it with `value.get()`. Fails when the pool of subscriptions is empty.
  ///
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
    return *static_cast<const Socket*>(shared(&detail::type_key<Socket>));
  }
  /// The mount params of the root, for the children beneath it: kept if the root's State has any.
  template <class Params>
  [[nodiscard]] const Params& root_params() const noexcept {
    return *static_cast<const Params*>(shared(&detail::type_key<Params>));
  }

  /// The stream `Member` of this store's State, to insert into and delete from:
  /// `ctx.stream<&State::history>().insert(latest)`.
  template <auto Member>
  [[nodiscard]] auto stream() noexcept;
  /// Tells the browser something once, in the envelope of this cycle (contract section 9).
  template <class Event>
  void push_event(const Event& event) noexcept;

  // --- tasks: contract section 8 ---

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
  ///
  template <class Store, class News, class... Ids>
  status send_update(const News& news, const Ids&... ids) noexcept;

  /// Attaches `Function`, a member of `store`, as the hook `id` of a stage: contract section 11.1.
  /// Fails when there is a hook of that id already, or no room.
  template <class Stage, auto Function, class Store>
  status attach_hook(Store& store, literal id) noexcept;
  /// No-op when there is none.
  template <class Stage>
  void detach_hook(literal id) noexcept;

  /// Hands every file of `Upload` that has arrived to `take`, in the order in which they were
  /// chosen: `bool take(const musubi::upload_entry&)`. True: it has what it wants of the file,
  /// whose sink is released; false: the file stays, for another time. When no file is left the
  /// browser's upload starts afresh. Nothing is cancelled meanwhile.
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
  /// takes the arguments and this store's `musubi::context&`.
  template <auto Function, class Store>
  [[nodiscard]] auto callback(const Store& store) const noexcept;

  /// Module and caller's id of the root; together they are its root_id.
  [[nodiscard]] std::string_view module() const noexcept;
  [[nodiscard]] std::string_view id() const noexcept;
  /// The host's time, as of this turn of its loop.
  [[nodiscard]] time_point now() const noexcept;
  /// Renders again soon, for what changed outside of a command or a message.
  void changed() noexcept;
  /// This store's store_id as JSON text without the brackets: `"lines","l1"`; empty for the root.
  [[nodiscard]] std::string_view store_id() const noexcept {
    return place_ == nullptr ? std::string_view() : place_->path;
  }
  /// Ends the page as if a handler had failed: `phx_error`, and the browser mounts it again.
  void fail(const status& why) noexcept;

  /// Takes back the events that this store has pushed and that were not sent yet.
  void drop_events() noexcept;

  /// The page of this store. For the library.
  [[nodiscard]] page& on_page() const noexcept { return *page_; }

 protected:
  /// `place` is null for the root.
  context(page& mounted_on, detail::child_place* place) noexcept
      : page_(&mounted_on), place_(place) {}
  ~context() = default;

  page* page_;
  detail::child_place* place_;

 private:
  status add_subscription(subscriber_list& to, void* store, const detail::delivery& how,
                          const void* source) noexcept;
  /// What all stores of the page share, by its type: the socket, the root's mount params.
  [[nodiscard]] const void* shared(const char* type) const noexcept;
};

}  // namespace musubi
