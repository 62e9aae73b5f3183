#pragma once
/// The calls of `context` that start tasks (contract sections 8.3 to 8.6).

#include <musubi/mistake/all.hpp>

#include <concepts>
#include <tuple>
#include <type_traits>
#include <utility>

#include <musubi/schema/field_names.hpp>
#include <musubi/schema/guard.hpp>
#include <musubi/store/task/internal/async_runs.hpp>

namespace musubi {

namespace detail {

template <class Value>
inline constexpr bool fills_stream = false;
template <class Value>
inline constexpr bool fills_stream<async<Value>> = is_stream<Value>;

/// One address for each member, or type of result: the name of a task within its store.
template <auto First, auto... More>
inline constexpr task_key member_key = [] {
  if constexpr (telemetry_built) {
    return []<class Store, class Value>(Value Store::*) {
      return task_key(name_of<Store, First>::storage.view(), fills_stream<Value>
                                                                 ? async_event::kind_of::stream
                                                                 : async_event::kind_of::assign);
    }(First);
  } else {
    return task_key();
  }
}();
template <class T>
inline constexpr task_key result_key = [] {
  if constexpr (telemetry_built) {
    return task_key(snake_case_name<T>.view(), async_event::kind_of::start);
  } else {
    return task_key();
  }
}();

[[nodiscard]] inline async_reason reason_of(async_reason::kind_of kind,
                                            std::string_view why) noexcept {
  return {kind, decltype(async_reason::value)::clipped(why)};
}

/// What a task yielded; `exited` if it did not come to its own end.
template <class T>
struct async_end {
  result<T> yielded;
  bool exited;
};

/// Starts `work`; when it has ended, the run is woken. One that has no frame has ended already.
template <class T>
void begin(async_run& run, task<T>& work) noexcept {
  if (work.valid()) return work.start(run.ended());
  runtime::current()->push(run.ended());
}

template <class T>
async_end<T> end_of(async_run& run, task<result<T>>& work) noexcept {
  async_end<T> end{fail("the task did not end"), true};
  if (!run.exit().empty()) return end;
  end.exited = !guarded([&] { end.yielded = work.take(); });
  if (end.exited) run.threw();
  return end;
}

template <class T>
void show_failure(async<T>& value, const async_run& run, bool exited, const status& why) noexcept {
  value.status = async_status::failed;
  const std::string_view reason =
      exited ? (run.exit().empty() ? exit_threw : run.exit()) : why.reason();
  value.reason =
      reason_of(exited ? async_reason::kind_of::exit : async_reason::kind_of::error, reason);
}

template <class T>
void show_loading(async<T>& value, bool reset) noexcept {
  value.status = async_status::loading;
  value.reason.reset();
  if constexpr (!is_stream<T>) {
    if (reset) value.result.reset();
  }
}

template <class T>
void show_exhausted(async<T>& value, const status& why) noexcept {
  value.status = async_status::failed;
  value.reason = reason_of(async_reason::kind_of::error, why.reason());
}
/// As above, with what was there before the task was to be started.
template <class T>
void show_exhausted(async<T>& value, std::optional<T>& prior, const status& why) noexcept {
  value.result = std::move(prior);
  show_exhausted(value, why);
}

template <class Store, class T>
task<> assign_one(async_run& run, Store& store, async<T> Store::*member, std::optional<T> prior,
                  task<result<T>> work) {
  begin(run, work);
  co_await run.my_turn();
  async_end<T> end = end_of(run, work);
  async<T>& value = store.*member;
  if (end.yielded.ok()) {
    value = async<T>::ok(std::move(*end.yielded));
  } else {
    value.result = std::move(prior);
    show_failure(value, run, end.exited, end.yielded.error());
  }
}

template <class Store, class... T, std::size_t... I>
void assign_all(Store& store, std::tuple<async<T> Store::*...> members, std::tuple<T...>& values,
                std::index_sequence<I...>) noexcept {
  ((store.*std::get<I>(members) = async<T>::ok(std::move(std::get<I>(values)))), ...);
}
template <class Store, class T>
void fail_one(Store& store, async<T> Store::*member, std::optional<T>& prior, const async_run& run,
              bool exited, const status& why) noexcept {
  (store.*member).result = std::move(prior);
  show_failure(store.*member, run, exited, why);
}

template <class Store, class... T, std::size_t... I>
void fail_all(Store& store, std::tuple<async<T> Store::*...> members,
              std::tuple<std::optional<T>...>& priors, const async_run& run, bool exited,
              const status& why, std::index_sequence<I...>) noexcept {
  (fail_one(store, std::get<I>(members), std::get<I>(priors), run, exited, why), ...);
}

template <class Store, class... T, std::size_t... I>
void show_all_exhausted(Store& store, const std::tuple<async<T> Store::*...>& members,
                        std::tuple<std::optional<T>...>& priors, const status& why,
                        std::index_sequence<I...>) noexcept {
  (show_exhausted(store.*std::get<I>(members), std::get<I>(priors), why), ...);
}

template <class Store, class... T>
task<> assign_several(async_run& run, Store& store, std::tuple<async<T> Store::*...> members,
                      std::tuple<std::optional<T>...> priors, task<result<std::tuple<T...>>> work) {
  begin(run, work);
  co_await run.my_turn();
  async_end<std::tuple<T...>> end = end_of(run, work);
  if (end.yielded.ok()) {
    assign_all(store, members, *end.yielded, std::index_sequence_for<T...>{});
  } else {
    fail_all(store, members, priors, run, end.exited, end.yielded.error(),
             std::index_sequence_for<T...>{});
  }
}

template <class Store, class T>
task<> hand_over(async_run& run, Store& store, task<result<T>> work) {
  begin(run, work);
  co_await run.my_turn();
  async_end<T> end = end_of(run, work);
  if (end.exited) {
    end.yielded = run.exit() == exit_timeout ? fail("timeout")
                  : run.exit().empty()       ? fail("the task threw")
                                             : fail("cancelled");
  }
  // contract section 4.6: what this throws ends nothing
  (void)guarded([&] {
    const async_info info{snake_case_name<T>.view(), &end.yielded.error()};
    if (run.of().on_page().before_async(run.of(), info) != verdict::proceed) return;
    store.handle_async(std::as_const(end.yielded), run.of());
  });
}

template <auto Stream, class Store, class Value, class Item, std::size_t N>
task<> fill_stream(async_run& run, Store& store, async<Value> Store::*member,
                   task<result<stream_items<Item, N>>> work) {
  begin(run, work);
  co_await run.my_turn();
  async_end<stream_items<Item, N>> end = end_of(run, work);
  async<Value>& value = store.*member;
  if (!end.yielded.ok()) {
    show_failure(value, run, end.exited, end.yielded.error());
    co_return;
  }
  value.status = async_status::ok;
  value.reason.reset();
  const auto into = run.of().template stream<Stream>();
  if (end.yielded->reset) into.reset();
  into.insert_all(end.yielded->items, end.yielded->where);
}

/// The runner of a page whose stores declare that they have tasks.
inline async_runs* runner_of(context& ctx) noexcept {
  auto* runner = ctx.on_page().tasks();
  if (runner == nullptr) {
    ctx.fail(fail("a task of a store that has no musubi::async field and no handle_async"));
  }
  return runner;
}

template <class Body>
status start_run(context& ctx, const task_key* key, duration timeout, Body&& body) noexcept {
  async_runs* runner = runner_of(ctx);
  if (runner == nullptr) return fail("no tasks");
  async_run* run = runner->make(ctx, key);
  if (run == nullptr) return exhausted("asyncs");
  return runner->start(*run, body(*run), timeout);
}

/// Whether `Member` is the async value of a `Store` that a task of `T` assigns.
template <class Store, auto Member, class T>
concept assigned_by = requires(Store& store) {
  { store.*Member } -> std::same_as<async<T>&>;
};
template <class Store, class Values, auto... Members>
inline constexpr bool all_assigned_by = false;
template <class Store, class... T, auto... Members>
inline constexpr bool all_assigned_by<Store, std::tuple<T...>, Members...> =
    (assigned_by<Store, Members, T> && ...);
/// Whether `Member` shows how the field `Stream` of the State of a `Store` is filled with `Item`s.
template <class Store, auto Member, auto Stream, class Item>
concept filled_by = requires(Store& store, typename Store::State& state) {
  requires is_async<std::remove_cvref_t<decltype(store.*Member)>>;
  requires std::same_as<decltype(store.*Member), decltype(state.*Stream)>;
  requires std::same_as<
      typename std::remove_cvref_t<decltype(store.*Member)>::value_type::item_type, Item>;
};
template <class Pointer>
inline constexpr bool points_to_async = false;
template <class Store, class T>
inline constexpr bool points_to_async<async<T> Store::*> = true;
template <auto Member>
consteval bool right_cancelled() {
  if constexpr (points_to_async<std::remove_const_t<decltype(Member)>>) {
    return true;
  } else {
    return sizeof(mistake::cancelled_member_that_is_no_async<Member>) != 0;
  }
}

}  // namespace detail

template <auto Member, auto... More, class Store, class Work, class>
status context::assign_async(Store&, Work&&, const async_options&) noexcept {
  static_assert(sizeof(mistake::work_that_is_no_task<Store, Work>) != 0);
  return {};
}
template <class Store, class Work, class>
status context::start_async(Store&, Work&&, duration) noexcept {
  static_assert(sizeof(mistake::work_that_is_no_task<Store, Work>) != 0);
  return {};
}
template <auto Member, auto Stream, class Store, class Work, class>
status context::stream_async(Store&, Work&&, const async_options&) noexcept {
  static_assert(sizeof(mistake::async_stream_of_another_kind<Store, Member, Work>) != 0);
  return {};
}

template <auto Member, class Store, class T, class>
status context::assign_async(Store& store, task<result<T>>&& work,
                             const async_options& options) noexcept {
  if constexpr (!detail::assigned_by<Store, Member, T>) {
    static_assert(sizeof(mistake::async_of_another_value<Store, Member, T>) != 0);
    return {};
  } else {
    async<T>& value = store.*Member;
    std::optional<T> prior = value.result;
    detail::show_loading(value, options.reset);
    const status started = detail::start_run(
        *this, &detail::member_key<Member>, options.timeout, [&](detail::async_run& run) noexcept {
          return detail::assign_one<Store, T>(run, store, Member, prior, std::move(work));
        });
    if (!started.ok()) detail::show_exhausted(value, prior, started);
    changed();
    return started;
  }
}

template <auto First, auto Second, auto... More, class Store, class... T, class>
status context::assign_async(Store& store, task<result<std::tuple<T...>>>&& work,
                             const async_options& options) noexcept {
  if constexpr (sizeof...(T) != 2 + sizeof...(More)) {
    static_assert(sizeof(mistake::async_values_missing<Store, std::tuple<T...>>) != 0);
    return {};
  } else if constexpr (!detail::all_assigned_by<Store, std::tuple<T...>, First, Second, More...>) {
    static_assert(sizeof(mistake::async_of_another_value<Store, First, std::tuple<T...>>) != 0);
    return {};
  } else {
    const std::tuple<async<T> Store::*...> members{First, Second, More...};
    std::tuple<std::optional<T>...> priors{(store.*First).result, (store.*Second).result,
                                           (store.*More).result...};
    (detail::show_loading(store.*First, options.reset),
     detail::show_loading(store.*Second, options.reset),
     (detail::show_loading(store.*More, options.reset), ...));
    const status started = detail::start_run(*this, &detail::member_key<First, Second, More...>,
                                             options.timeout, [&](detail::async_run& run) noexcept {
                                               return detail::assign_several<Store, T...>(
                                                   run, store, members, priors, std::move(work));
                                             });
    if (!started.ok()) {
      detail::show_all_exhausted(store, members, priors, started, std::index_sequence_for<T...>{});
    }
    changed();
    return started;
  }
}

template <class Store, class T, class>
status context::start_async(Store& store, task<result<T>>&& work, duration timeout) noexcept {
  if constexpr (!requires(const result<T>& outcome, context& ctx) {
                  store.handle_async(outcome, ctx);
                }) {
    static_assert(sizeof(mistake::result_without_handler<Store, T>) != 0);
    return {};
  } else {
    return detail::start_run(*this, &detail::result_key<T>, timeout,
                             [&](detail::async_run& run) noexcept {
                               return detail::hand_over<Store, T>(run, store, std::move(work));
                             });
  }
}

template <auto Member, auto Stream, class Store, class Item, std::size_t N, class>
status context::stream_async(Store& store, task<result<stream_items<Item, N>>>&& work,
                             const async_options& options) noexcept {
  if constexpr (!detail::filled_by<Store, Member, Stream, Item>) {
    static_assert(
        sizeof(mistake::async_stream_of_another_kind<Store, Member, stream_items<Item, N>>) != 0);
    return {};
  } else {
    auto& value = store.*Member;
    detail::show_loading(value, options.reset);
    const status started = detail::start_run(
        *this, &detail::member_key<Member>, options.timeout, [&](detail::async_run& run) noexcept {
          return detail::fill_stream<Stream>(run, store, Member, std::move(work));
        });
    if (!started.ok()) detail::show_exhausted(value, started);
    changed();
    return started;
  }
}

template <auto... Members, class>
void context::cancel_async(literal reason) noexcept {
  static_assert((detail::right_cancelled<Members>() && ...));
  const std::string_view why = reason.empty() ? detail::exit_cancel : reason.view();
  if (auto* runner = detail::runner_of(*this)) {
    runner->cancel(*this, &detail::member_key<Members...>, why);
  }
}

template <class T, class>
void context::cancel_async(literal reason) noexcept {
  const std::string_view why = reason.empty() ? detail::exit_cancel : reason.view();
  if (auto* runner = detail::runner_of(*this)) runner->cancel(*this, &detail::result_key<T>, why);
}

}  // namespace musubi
