#pragma once
/// What a store asks for to be done meanwhile, and how it comes back: contract section 8.

#include <cstdint>
#include <optional>
#include <string_view>
#include <tuple>
#include <type_traits>

#include <musubi/async/clock.hpp>
#include <musubi/async/task.hpp>
#include <musubi/memory/list.hpp>
#include <musubi/page/stream_handle.hpp>
#include <musubi/store/async_value.hpp>
#include <musubi/store/commands.hpp>

namespace musubi {

/// What a task for `ctx.stream_async` yields: the items, and where they go.
template <class Item, std::size_t N>
struct stream_items {
  list<Item, N> items;
  bool reset = false;  ///< empties the stream before
  insertion where = {};
};

namespace detail {

/// The reasons with which a task ends that did not come to its own end.
inline constexpr std::string_view exit_timeout = "timeout";
inline constexpr std::string_view exit_cancel = "{:shutdown, :cancel}";  // as the original says it
inline constexpr std::string_view exit_threw = "the task threw";

/// One task of a store, from its start until its result was handed over. In a block of the pool
/// `asyncs`; the coroutine that does the typed part holds the task itself.
class async_run;

/// What a task is called within its store; told apart by its address.
struct task_key;

}  // namespace detail
}  // namespace musubi
