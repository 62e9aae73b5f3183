#pragma once
/// Events that a store pushes to its browser (contract section 9).
///
///     struct Toast { musubi::text<64> msg; };                // event "toast"
///     using events = musubi::events<Toast>;
///     ...
///     ctx.push_event(Toast{.msg = "saved"});
///
/// An event is sent once, in the envelope of its cycle. It is not repeated for a browser that was
/// disconnected.

#include <musubi/store/command/commands.hpp>

namespace musubi {

/// The events of a store, for the generated types.
template <class... Events>
struct events {};

namespace detail {

/// The `events` of a store; empty if it has none.
template <class Store>
struct events_of {
  using type = events<>;
};
template <class Store>
requires requires {
  typename Store::events;
}
struct events_of<Store> {
  using type = typename Store::events;
};
template <class List>
inline constexpr std::size_t event_count = 0;
template <class... Events>
inline constexpr std::size_t event_count<events<Events...>> = sizeof...(Events);

}  // namespace detail
}  // namespace musubi
