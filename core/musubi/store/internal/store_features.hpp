#pragma once
/// Finds the features that a store and its descendants use, from their declarations, so that unused
/// ones cost nothing.

#include <musubi/memory/internal/largest.hpp>
#include <musubi/memory/internal/round_up.hpp>
#include <musubi/schema/named_member.hpp>
#include <musubi/store/child/internal/children.hpp>
#include <musubi/store/command/commands.hpp>
#include <musubi/store/event/push_event.hpp>
#include <musubi/store/hook/hooks.hpp>
#include <musubi/store/stream/stream_handle.hpp>
#include <musubi/store/task/async_value.hpp>
#include <musubi/store/upload/internal/upload.hpp>
#include <musubi/store/upload/uploads.hpp>

namespace musubi::detail {

/// The greatest `Measure<Store>::value` of the stores that a `T` may hold, at any depth.
template <template <class> class Measure, class T>
struct greatest_beneath {
  static constexpr std::size_t value = 0;
};
template <template <class> class Measure, class Store, std::size_t N>
struct greatest_beneath<Measure, child<Store, N>> {
  static constexpr std::size_t value =
      largest({Measure<Store>::value, greatest_beneath<Measure, typename Store::State>::value});
};
template <template <class> class Measure, class T>
struct greatest_beneath<Measure, std::optional<T>> : greatest_beneath<Measure, T> {};
template <template <class> class Measure, class T, std::size_t N>
struct greatest_beneath<Measure, list<T, N>> : greatest_beneath<Measure, T> {};
template <template <class> class Measure, class T, std::size_t N>
struct greatest_beneath<Measure, std::array<T, N>> : greatest_beneath<Measure, T> {};
template <template <class> class Measure, class K, class V, std::size_t N>
struct greatest_beneath<Measure, dict<K, V, N>> : greatest_beneath<Measure, V> {};
template <template <class> class Measure, class Refs>
struct greatest_in;
template <template <class> class Measure, class... Field>
struct greatest_in<Measure, field_refs<Field...>> {
  static constexpr std::size_t value =
      largest({greatest_beneath<Measure, std::remove_const_t<Field>>::value...});
};
template <template <class> class Measure, class T>
requires(codec<T>::is_record) struct greatest_beneath<Measure, T>
    : greatest_in<Measure, decltype(tie_fields(std::declval<const T&>()))> {
};

/// The refs of a State's streams, where it has any.
struct no_streams {};
template <class State>
using stream_table_of =
    std::conditional_t<stream_count<State>() != 0, stream_table<stream_count<State>()>, no_streams>;

/// Handles a command with a coroutine.
template <class Store, class Command>
concept suspends_for = is_task<handled<Store, Command>>;
template <class Store, class List>
inline constexpr bool suspends_for_any = false;
template <class Store, class... Commands>
inline constexpr bool suspends_for_any<Store, commands<Commands...>> =
    (suspends_for<Store, Commands> || ...);
template <class Store>
struct suspends {
  static constexpr std::size_t value = suspends_for_any<Store, typename commands_of<Store>::type>;
};
template <class Store>
inline constexpr bool uses_coroutines =
    suspends<Store>::value || greatest_beneath<suspends, typename Store::State>::value != 0;

/// Says something beside its State.
template <class Store>
struct speaks {
  static constexpr std::size_t value = stream_count<typename Store::State>() != 0 ||
                                       event_count<typename events_of<Store>::type> != 0 ||
                                       has_uploads<Store>;
};
template <class Store>
inline constexpr bool uses_outgoing =
    speaks<Store>::value || greatest_beneath<speaks, typename Store::State>::value != 0;

/// The members of a record, as a tuple, and whether one of them is an async value.
template <class T>
struct async_holder {
  static constexpr bool value = false;
};
template <class T>
struct async_holder<async<T>> {
  static constexpr bool value = true;
};
template <class Refs>
struct any_async;
template <class... Field>
struct any_async<field_refs<Field...>> {
  static constexpr bool value = (async_holder<std::remove_const_t<Field>>::value || ...);
};
template <class T>
requires(codec<T>::is_record) struct async_holder<T>
    : any_async<decltype(tie_fields(std::declval<const T&>()))> {
};

/// Has tasks: an async value in its State, or a `handle_async`.
template <class Store>
struct runs_tasks {
  static constexpr std::size_t value =
      async_holder<typename Store::State>::value || has_member<Store, handle_async_name>();
};
template <class Store>
inline constexpr bool uses_async =
    runs_tasks<Store>::value || greatest_beneath<runs_tasks, typename Store::State>::value != 0;

/// Has hooks.
template <class Store>
struct has_hooks {
  static constexpr std::size_t value = hook_room<Store>() != 0;
};
template <class Store>
inline constexpr bool uses_hooks =
    has_hooks<Store>::value || greatest_beneath<has_hooks, typename Store::State>::value != 0;

/// Takes files; `value` is the room that the answer of `upload_external` needs, and one.
template <class Store>
struct takes_files {
  static constexpr std::size_t value =
      has_uploads<Store> ? 1 + most_meta_bytes<Store, typename uploads_of<Store>::type> : 0;
};
template <class Store>
inline constexpr std::size_t upload_room = largest(
    {takes_files<Store>::value, greatest_beneath<takes_files, typename Store::State>::value});
template <class Store>
inline constexpr bool uses_uploads = upload_room<Store> != 0;
/// Of a file's block: its meta, and the whole with a line of `line` bytes, but for its names.
constexpr std::size_t upload_meta_bytes(std::size_t room) noexcept {
  return room == 0 ? 0 : round_up(room - 1);
}
constexpr std::size_t upload_bytes(std::size_t room, std::size_t line) noexcept {
  return room == 0 ? 0 : sizeof(upload) + upload_meta_bytes(room) + line;
}

}  // namespace musubi::detail
