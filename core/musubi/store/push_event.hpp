#pragma once
/// Events that a store pushes to its browser (contract section 9).
///
///     struct Toast { musubi::text<64> msg; };                // event "toast"
///     using events = musubi::events<Toast>;
///     ...
///     ctx.push_event(Toast{.msg = "saved"});
///
/// An event is said once: it rides in the envelope of its cycle, and is not repeated to a browser
/// that was away.

#include <musubi/store/commands.hpp>

namespace musubi {

/// The events of a store, for the generated types.
template <class... Events>
struct events {};

namespace detail {

/// The `events` of a store, or none.
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
struct event_check;
template <class... Events>
struct event_check<events<Events...>> {
  static_assert((!command_name<Events>.starts_with("musubi:") && ...),
                "musubi: event names that begin with musubi: are reserved; rename the event");
  static_assert((plain_name(command_name<Events>) && ...),
                "musubi: an event's name must be printable ASCII without quotes and slashes");
  static_assert((record<Events> && ...),
                "musubi: an event is a plain struct; its fields are the payload");
  static_assert(command_names_are_distinct<Events...>(),
                "musubi: two events of one store have the same name");
  static constexpr std::size_t count = sizeof...(Events);
};

}  // namespace detail
}  // namespace musubi
