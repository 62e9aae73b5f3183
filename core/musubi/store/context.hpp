#pragma once
/// What a store can do with its page, the host and the browser while one of its functions runs.

#include <musubi/mistake/call.hpp>

#include <string_view>
#include <tuple>
#include <type_traits>

#include <musubi/async/clock.hpp>
#include <musubi/memory/status.hpp>
#include <musubi/schema/type_key.hpp>
#include <musubi/store/child/child.hpp>

namespace musubi {

class page;
class subscriber_list;
template <class T>
class task;
template <class Item, std::size_t N>
struct stream_items;

/// Options for a task of a store (contract section 8.1).
struct async_options {
  /// Cancels the task, and fails its value, when it takes longer. 0: no limit.
  duration timeout = duration::zero();
  /// Hides the old value while loading. It is shown again if the task fails.
  bool reset = false;
};

namespace detail {

struct delivery;

/// Complete where `context_functions.hpp` is included.
struct context_functions;
/// A template parameter of the functions that `context` only declares: an error message where their
/// definitions are not included.
template <class... Used>
using defined = typename mistake::context_without_definitions<context_functions, Used...>::type;
template <auto... Members>
struct members;

}  // namespace detail

/// Passed to every function of a store: the store's place in its page. It lives as long as the
/// store, so a coroutine may keep the reference. All functions are for the host's thread.
///
/// Include `<musubi/musubi.hpp>` to use it: that defines all functions declared here.
class context {
 public:
  context(const context&) = delete;
  context& operator=(const context&) = delete;

  /// Calls `store.handle_info(message, context)` for every message published on `topic` from now
  /// until the root is unmounted. Pass the calling store: `context.subscribe(*this, readings)`.
  /// `topic` must outlive the page. Fails when the pool of subscriptions is exhausted.
  template <class Store, class Topic, class = detail::defined<Store>>
  status subscribe(Store& store, Topic& topic) noexcept;

  /// Renders this store whenever `value`, a `musubi::watch`, is set, until the store is destroyed;
  /// `render` reads it with `value.get()`. `value` must outlive the page. Fails when the pool of
  /// subscriptions is exhausted.
  template <class Watch, class = detail::defined<Watch>>
  status follow(Watch& value) noexcept;
  /// As above, and calls `store.handle_info(value, context)` with the latest value before each
  /// render. A slow store misses values in between. Pass the calling store.
  template <class Store, class Watch, class = detail::defined<Store>>
  status follow(Store& store, Watch& value) noexcept;

  /// The socket as filled in by `handle_connect` and this root's `handle_join`; the same object for
  /// the root and its descendants.
  template <class Socket>
  [[nodiscard]] const Socket& socket() const noexcept {
    return *static_cast<const Socket*>(shared(&detail::type_key<Socket>));
  }
  /// The base class `Visitor` of the socket, which the socket names: `using visitor = Visitor;`. So
  /// a store need not know the socket that lists it. Null where the socket has none.
  template <class Visitor>
  [[nodiscard]] const Visitor* visitor() const noexcept {
    return static_cast<const Visitor*>(shared(&detail::type_key<Visitor>));
  }
  /// The mount params of the root, for its descendants; stored only if the root has children.
  template <class Params>
  [[nodiscard]] const Params& root_params() const noexcept {
    return *static_cast<const Params*>(shared(&detail::type_key<Params>));
  }

  /// The stream `Member` of this store's State, to insert into and delete from:
  /// `ctx.stream<&State::history>().insert(latest)`.
  template <auto Member, class = detail::defined<detail::members<Member>>>
  [[nodiscard]] auto stream() noexcept;
  /// Sends an event to the browser, once, in the envelope of this cycle (contract section 9).
  template <class Event, class = detail::defined<Event>>
  void push_event(const Event& event) noexcept;

  // --- tasks: contract section 8 ---

  /// Loads the value of the member `Member`, a `musubi::async<T>`, in the background: it is loading
  /// until the task yields its value. Starting another task for the same member does not end the
  /// previous one, but its result is ignored. A store's tasks end with it.
  template <auto Member, class Store, class T, class = detail::defined<Store>>
  status assign_async(Store& store, task<result<T>>&& work,
                      const async_options& options = {}) noexcept;
  /// The same for several members at once: the task yields a tuple.
  template <auto First, auto Second, auto... More, class Store, class... T,
            class = detail::defined<Store>>
  status assign_async(Store& store, task<result<std::tuple<T...>>>&& work,
                      const async_options& options = {}) noexcept;
  /// Does not compile for anything that is not such a task, and says why.
  template <auto Member, auto... More, class Store, class Work, class = detail::defined<Store>>
  status assign_async(Store& store, Work&& work, const async_options& options = {}) noexcept;
  /// Passes the result of the task to `store.handle_async(const musubi::result<T>&, context&)`; an
  /// error says why there is none. The task is named by its type `T`.
  template <class Store, class T, class = detail::defined<Store>>
  status start_async(Store& store, task<result<T>>&& work,
                     duration timeout = duration::zero()) noexcept;
  template <class Store, class Work, class = detail::defined<Store>>
  status start_async(Store& store, Work&& work, duration timeout = duration::zero()) noexcept;
  /// Fills the stream `Stream` of the State in the background; `Member`, a
  /// `musubi::async<musubi::stream<...>>`, shows the progress.
  template <auto Member, auto Stream, class Store, class Item, std::size_t N,
            class = detail::defined<Store>>
  status stream_async(Store& store, task<result<stream_items<Item, N>>>&& work,
                      const async_options& options = {}) noexcept;
  template <auto Member, auto Stream, class Store, class Work, class = detail::defined<Store>>
  status stream_async(Store& store, Work&& work, const async_options& options = {}) noexcept;
  /// Cancels the task for these members: they fail, with the reason, in a later cycle. No-op when
  /// there is none.
  template <auto... Members, class = detail::defined<detail::members<Members...>>>
  void cancel_async(literal reason = {}) noexcept;
  /// The same for a task of `start_async` that yields a `T`.
  template <class T, class = detail::defined<T>>
  void cancel_async(literal reason = {}) noexcept;

  /// Passes `news` to `update(const News&, context&)` of the `Store` with the store_id `ids`, in
  /// order with the page's other messages. If there is no such store then, it is only counted
  /// (contract section 5.9).
  template <class Store, class News, class... Ids, class = detail::defined<Store>>
  status send_update(const News& news, const Ids&... ids) noexcept;

  /// Attaches `Function`, a member of `store`, as the hook `id` of a stage: contract section 11.1.
  /// Fails when there already is a hook with that id, or no room.
  template <class Stage, auto Function, class Store, class = detail::defined<Store>>
  status attach_hook(Store& store, literal id) noexcept;
  /// No-op when there is none.
  template <class Stage, class = detail::defined<Stage>>
  void detach_hook(literal id) noexcept;

  /// Passes every complete file of `Upload` to `bool take(const musubi::upload_entry&)`, in the
  /// order in which they were chosen. If it returns true, the file is consumed and its sink
  /// released; otherwise the file stays for a later call. When no file is left, the browser's
  /// upload is reset. `take` must not cancel files.
  template <class Upload, class Take, class = detail::defined<Upload>>
  void consume_uploads(Take&& take);
  /// Calls `use` with every file of `Upload`, in any status.
  template <class Upload, class Use, class = detail::defined<Upload>>
  void each_upload(Use&& use);
  /// Cancels the file `ref` of `Upload`, in any status, and notifies the browser. Returns false
  /// when there is none.
  template <class Upload, class = detail::defined<Upload>>
  bool cancel_upload(std::string_view ref);

  /// A callback to `Function`, a member of `store`, to pass to a child as a prop. The function
  /// takes the arguments and this store's `musubi::context&`.
  template <auto Function, class Store, class = detail::defined<Store>>
  [[nodiscard]] auto callback(const Store& store) const noexcept;

  /// Module and caller's id of the root; together they are its root_id.
  [[nodiscard]] std::string_view module() const noexcept;
  [[nodiscard]] std::string_view id() const noexcept;
  /// The host's time at the start of this turn of its loop.
  [[nodiscard]] time_point now() const noexcept;
  /// Requests a render, for a change outside of a command or a message.
  void changed() noexcept;
  /// This store's store_id as JSON text without the brackets: `"lines","l1"`; empty for the root.
  [[nodiscard]] std::string_view store_id() const noexcept {
    return place_ == nullptr ? std::string_view() : place_->path;
  }
  /// Ends the page as if a handler had failed: `phx_error`, and the browser mounts it again.
  void fail(const status& why) noexcept;

  /// Discards the events of this store that have not been sent yet.
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
  /// An object that all stores of the page share, by its type: the socket, the root's mount params.
  [[nodiscard]] const void* shared(const char* type) const noexcept;
};

}  // namespace musubi
