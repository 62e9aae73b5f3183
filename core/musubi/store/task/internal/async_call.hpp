#pragma once
/// Tasks of a store, and the delivery of their results: contract section 8.

#include <cstdint>
#include <optional>
#include <string_view>
#include <tuple>
#include <type_traits>

#include <musubi/async/clock.hpp>
#include <musubi/async/task.hpp>
#include <musubi/memory/list.hpp>
#include <musubi/store/command/commands.hpp>
#include <musubi/store/stream/stream_handle.hpp>
#include <musubi/store/task/async_value.hpp>

namespace musubi {

/// The result of a task for `ctx.stream_async`: the items, and where to insert them.
template <class Item, std::size_t N>
struct stream_items {
  list<Item, N> items;
  bool reset = false;  ///< empties the stream before
  insertion where = {};
};

namespace detail {

/// The reasons of tasks that were ended before they finished.
inline constexpr std::string_view exit_timeout = "timeout";
inline constexpr std::string_view exit_cancel = "{:shutdown, :cancel}";  // as the original says it
inline constexpr std::string_view exit_threw = "the task threw";

/// One task of a store, from its start until its result is delivered. In a block of the pool
/// `asyncs`; the coroutine of the typed half owns the task itself.
class async_run;

/// The name of a task within its store; compared by address.
struct task_key;

}  // namespace detail
}  // namespace musubi
