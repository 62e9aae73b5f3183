#pragma once
/// The calls of `context` that start tasks (contract sections 8.3 to 8.6).

#include <utility>

#include <musubi/page/async_runs.hpp>
#include <musubi/store/field_names.hpp>
#include <musubi/store/guard.hpp>

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
    if (run.of().template find<page>()->before_async(run.of(), info) != verdict::proceed) return;
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
inline async_runner* runner_of(context& ctx) noexcept {
  auto* runner = ctx.find<async_runner>();
  if (runner == nullptr) {
    ctx.fail(fail("a task of a store that has no musubi::async field and no handle_async"));
  }
  return runner;
}

template <class Body>
status start_run(context& ctx, const task_key* key, duration timeout, Body&& body) noexcept {
  async_runner* runner = runner_of(ctx);
  if (runner == nullptr) return fail("no tasks");
  async_run* run = runner->make(ctx, key);
  if (run == nullptr) return exhausted("asyncs");
  return runner->start(*run, body(*run), timeout);
}

}  // namespace detail

template <auto Member, class Store, class T>
status context::assign_async(Store& store, task<result<T>>&& work,
                             const async_options& options) noexcept {
  async<T>& value = store.*Member;
  std::optional<T> prior = value.result;
  detail::show_loading(value, options.reset);
  const status started = detail::start_run(
      *this, &detail::member_key<Member>, options.timeout, [&](detail::async_run& run) noexcept {
        return detail::assign_one<Store, T>(run, store, Member, prior, std::move(work));
      });
  if (!started.ok()) {
    value.result = std::move(prior);
    detail::show_exhausted(value, started);
  }
  changed();
  return started;
}

template <auto First, auto Second, auto... More, class Store, class... T>
status context::assign_async(Store& store, task<result<std::tuple<T...>>>&& work,
                             const async_options& options) noexcept {
  static_assert(sizeof...(T) == 2 + sizeof...(More),
                "musubi: a task for several async members yields a std::tuple with one value each");
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
    detail::show_exhausted(store.*First, started);
    detail::show_exhausted(store.*Second, started);
    (detail::show_exhausted(store.*More, started), ...);
  }
  changed();
  return started;
}

template <class Store, class T>
status context::start_async(Store& store, task<result<T>>&& work, duration timeout) noexcept {
  static_assert(
      requires(Store s, const result<T>& outcome, context& ctx) { s.handle_async(outcome, ctx); },
      "musubi: a store that starts a task has "
      "`void handle_async(const musubi::result<T>&, musubi::context&)` for what it yields");
  return detail::start_run(*this, &detail::result_key<T>, timeout,
                           [&](detail::async_run& run) noexcept {
                             return detail::hand_over<Store, T>(run, store, std::move(work));
                           });
}

template <auto Member, auto Stream, class Store, class Item, std::size_t N>
status context::stream_async(Store& store, task<result<stream_items<Item, N>>>&& work,
                             const async_options& options) noexcept {
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

template <auto... Members>
void context::cancel_async(literal reason) noexcept {
  const std::string_view why = reason.empty() ? detail::exit_cancel : reason.view();
  if (auto* runner = detail::runner_of(*this)) {
    runner->cancel(*this, &detail::member_key<Members...>, why);
  }
}

template <class T>
void context::cancel_async(literal reason) noexcept {
  const std::string_view why = reason.empty() ? detail::exit_cancel : reason.view();
  if (auto* runner = detail::runner_of(*this)) runner->cancel(*this, &detail::result_key<T>, why);
}

}  // namespace musubi
