#pragma once
/// Passes the events of a remote store, and of those below it, to functions that take their
/// structs.

#include <cstddef>
#include <string_view>
#include <utility>

#include <musubi/json/internal/reader.hpp>
#include <musubi/memory/intrusive_list.hpp>
#include <musubi/remote/internal/child_places.hpp>
#include <musubi/remote/internal/store_ids.hpp>
#include <musubi/remote/remote_place.hpp>
#include <musubi/schema/codec_record.hpp>
#include <musubi/store/event/push_event.hpp>
#include <musubi/store/internal/store_features.hpp>

namespace musubi::detail {

/// An event as it arrived.
struct told_event {
  std::string_view store_id;  ///< JSON
  std::string_view name;      ///< JSON
  std::string_view payload;   ///< JSON
  std::string_view tree;      ///< the state of the root that it came with
};

/// Who hears the events of a remote root. Unlinks itself when it is destroyed.
class event_ear : public link {
 public:
  /// False if it is one of the store's events whose payload does not fit the struct.
  virtual bool hear(const told_event& told) noexcept = 0;

 protected:
  ~event_ear() = default;
};

/// Calls `owner.handle_info(event, place...)` if this is an `Event` and it has such a function.
template <class Event, class Owner, class... Place>
bool hear_event(Owner& owner, const told_event& told, const Place&... place) noexcept {
  if constexpr (requires(const Event& event) { owner.handle_info(event, place...); }) {
    const auto found = json::reader(told.name).string();
    if (!found || !(*found == command_name<Event>)) return true;
    json::reader from(told.payload);
    decode_error error;
    Event event{};
    if (!codec<Event>::read(from, event, error)) return false;
    owner.handle_info(std::as_const(event), place...);
  }
  return true;
}
template <class Owner, class... Events, class... Place>
bool hear_events(events<Events...>, Owner& owner, const told_event& told,
                 const Place&... place) noexcept {
  return (hear_event<Events>(owner, told, place...) && ...);
}

/// Has a function for this event of a store below a root.
template <class Owner, class Event>
concept hears_below = requires(Owner& owner, const Event& event, const remote_place& place) {
  owner.handle_info(event, place);
};
template <class Owner, class List>
inline constexpr bool hears_any_of = false;
template <class Owner, class... Events>
inline constexpr bool hears_any_of<Owner, events<Events...>> = (hears_below<Owner, Events> || ...);
template <class Owner>
struct heard_by {
  template <class Store>
  struct of {
    static constexpr std::size_t value = hears_any_of<Owner, typename events_of<Store>::type>;
  };
};

/// As `hear_events`, for a store below one with this State.
template <class State, class Owner>
bool hear_below(Owner& owner, const told_event& told) noexcept {
  bool fits = true;
  if constexpr (greatest_beneath<heard_by<Owner>::template of, State>::value != 0) {
    const auto hear = [&]<class Store>() noexcept {
      const auto id = last_id(told.store_id);
      const remote_place place{told.store_id, id.view()};
      fits = hear_events(typename events_of<Store>::type(), owner, told, place);
    };
    (void)child_places<heard_by<Owner>::template of, decltype(hear)>(told.store_id, hear)
        .template in<State>(told.tree);
  }
  return fits;
}

}  // namespace musubi::detail
