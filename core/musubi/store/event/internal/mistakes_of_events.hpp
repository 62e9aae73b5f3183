#pragma once
/// Finds the mistakes in the events of a store.

#include <musubi/mistake/command.hpp>

#include <type_traits>

#include <musubi/schema/mistakes_of_fields.hpp>
#include <musubi/schema/named_list.hpp>
#include <musubi/store/event/push_event.hpp>

namespace musubi::detail {

template <class Store, class Event>
consteval auto mistakes_of_event() {
  if constexpr (!std::is_class_v<Event> || chooses<Event>) {
    return mistakes<mistake::event_that_is_no_struct<Store, Event>>();
  } else if constexpr (command_name<Event>.starts_with("musubi:")) {
    return mistakes<mistake::reserved_event_name<Store, Event>>();
  } else if constexpr (!plain_name(command_name<Event>)) {
    return mistakes<mistake::awkward_event_name<Store, Event>>();
  } else {
    return detail::name<Store, Event>(mistakes_of_value<Event, place::sent>());
  }
}

template <class Store, class List>
struct mistakes_in_events {
  static consteval auto find() { return mistakes<mistake::events_of_another_kind<Store, List>>(); }
};
template <class Store, class... Events>
struct mistakes_in_events<Store, events<Events...>> {
  static consteval auto find() {
    return detail::join(
        mistakes_of_event<Store, Events>()...,
        duplicates_in<by_command_name, mistake::duplicate_event_name, Store, Events...>::find());
  }
};

template <class Store>
consteval auto mistakes_of_events() {
  return mistakes_in_events<Store, typename events_of<Store>::type>::find();
}

/// For a call that pushes an event, where the store is not known.
template <class Event>
inline constexpr bool right_event = detail::tell(mistakes_of_event<Event, Event>());

}  // namespace musubi::detail
