#pragma once
/// The fields of a struct as on the wire: names, order, access.
///
/// An aggregate needs no declaration. A struct that is not an aggregate, or whose fields need other
/// names or documentation, lists them below its members:
///
///     static constexpr auto fields = musubi::fields(
///         musubi::field("celsius", &target::celsius_, "What the room should reach."));
///
/// What is to be said of some fields of an aggregate is listed without the others:
///
///     static constexpr auto about = musubi::about(
///         musubi::field(&State::temperature).unit("°C").device_class("temperature"),
///         musubi::field(&State::target, "What the room should reach.").unit("°C"));

#include <array>
#include <cstddef>
#include <string_view>
#include <tuple>
#include <type_traits>

#include <musubi/memory/status.hpp>
#include <musubi/schema/field_names.hpp>
#include <musubi/schema/field_refs.hpp>

namespace musubi {

/// What is said of a field besides its name and type. It goes into the generated types, into the
/// inspector, and to Home Assistant; a program that has none of them holds nothing of it.
struct field_notes {
  std::string_view documentation = {};
  std::string_view unit = {};          ///< "°C"
  std::string_view device_class = {};  ///< what it measures, in the words of Home Assistant
  std::string_view state_class = {};   ///< of which kind its statistics are, likewise
  bool has_range = false;
  double least = 0;
  double most = 0;
  double step = 0;  ///< 0: not said
};

/// One entry of a list of fields.
template <class Class, class Member>
struct field_entry {
  std::string_view name;
  Member Class::*member;
  field_notes notes;

  /// The unit of a number, as people read it: `.unit("kWh")`.
  [[nodiscard]] consteval field_entry unit(literal text) const {
    field_entry made = *this;
    made.notes.unit = text.view();
    return made;
  }
  /// What kind of value it is, for programs that show it: one of the device classes of Home
  /// Assistant, such as "temperature", "power", "window".
  [[nodiscard]] consteval field_entry device_class(literal text) const {
    field_entry made = *this;
    made.notes.device_class = text.view();
    return made;
  }
  /// Which statistics a program keeps of a number, in the words of Home Assistant: "measurement" of
  /// one that goes up and down, "total_increasing" of a meter that only counts up, until it starts
  /// anew from 0; "total" of a sum that may fall, "measurement_angle" of a direction.
  [[nodiscard]] consteval field_entry state_class(literal text) const {
    field_entry made = *this;
    made.notes.state_class = text.view();
    return made;
  }
  /// The least and the greatest number, both included. What a browser sends beyond them is refused
  /// like any other payload that does not fit: `"expected":"integer from 5 to 30"`.
  [[nodiscard]] consteval field_entry range(double least, double most) const {
    field_entry made = *this;
    made.notes.has_range = true;
    made.notes.least = least;
    made.notes.most = most;
    return made;
  }
  /// By how much a form changes a number that has a range. What lies between two steps is taken
  /// nevertheless.
  [[nodiscard]] consteval field_entry step(double by) const {
    field_entry made = *this;
    made.notes.step = by;
    return made;
  }
};

/// Declares `name` as the wire name of `member`, with a line of documentation for the generated
/// types.
template <class Class, class Member>
consteval field_entry<Class, Member> field(literal name, Member Class::*member,
                                           literal documentation = {}) {
  return {name.view(), member, {.documentation = documentation.view()}};
}
/// The same for `about`: the field keeps its name.
template <class Class, class Member>
consteval field_entry<Class, Member> field(Member Class::*member, literal documentation = {}) {
  return {{}, member, {.documentation = documentation.view()}};
}

/// What is said of some fields of an aggregate.
template <class Class, class... Member>
struct field_remarks {
  std::tuple<field_entry<Class, Member>...> entries;
};
/// Says something of these fields of an aggregate; all of them keep their names and their order.
template <class Class, class... Member>
consteval field_remarks<Class, Member...> about(field_entry<Class, Member>... entries) {
  return {{entries...}};
}

/// An explicit list of fields.
template <class... Entries>
consteval std::tuple<Entries...> fields(Entries... entries) {
  return {entries...};
}

namespace detail {

template <class T>
inline constexpr bool is_field_list = false;
template <class... Class, class... Member>
inline constexpr bool is_field_list<std::tuple<field_entry<Class, Member>...>> = true;

/// Has an explicit list of fields, not just a member named `fields`.
template <class T>
concept lists_fields = requires {
  requires is_field_list<std::remove_cvref_t<decltype(T::fields)>>;
};

/// A type whose wire form is a JSON object with fixed keys.
template <class T>
concept record = std::is_class_v<T> &&(lists_fields<T> || std::is_aggregate_v<T>);

template <class T>
consteval std::size_t field_count() {
  if constexpr (lists_fields<T>) {
    return std::tuple_size_v<std::remove_cvref_t<decltype(T::fields)>>;
  } else {
    return count_fields<T>();
  }
}

template <class T, std::size_t Index>
consteval std::string_view field_name() {
  if constexpr (lists_fields<T>) {
    return std::get<Index>(T::fields).name;
  } else {
    return reflected_field_name<T, Index>;
  }
}

template <class T>
inline constexpr std::array<std::string_view, field_count<T>()> field_names = [
]<std::size_t... I>(std::index_sequence<I...>) {
  return std::array<std::string_view, sizeof...(I)>{field_name<T, I>()...};
}
(std::make_index_sequence<field_count<T>()>{});

/// Calls `use` with references to all fields of `object`.
template <class T, class Use>
constexpr decltype(auto) with_all(T& object, Use&& use) {
  using type = std::remove_const_t<T>;
  if constexpr (lists_fields<type>) {
    return std::apply(
        [&](const auto&... entry) -> decltype(auto) { return use((object.*entry.member)...); },
        type::fields);
  } else {
    return with_fields<count_fields<type>()>(object, use);
  }
}

/// References to all fields of `object`.
template <class T>
constexpr auto tie_fields(T& object) noexcept {
  return with_all(object, []<class... Field>(Field&... field) noexcept {
    return field_refs<Field...>{{{field}...}};
  });
}

/// Indices of the fields in descending byte order of their names: the order of operations within an
/// object (contract section 6.3). Computed at compile time.
template <class T>
inline constexpr auto descending_fields = [] {
  constexpr std::size_t count = field_count<T>();
  std::array<std::size_t, count> order{};
  for (std::size_t i = 0; i < count; ++i) order[i] = i;
  for (std::size_t i = 1; i < count; ++i) {
    for (std::size_t j = i; j > 0 && field_names<T>[order[j - 1]] < field_names<T>[order[j]]; --j) {
      const std::size_t swap = order[j];
      order[j] = order[j - 1];
      order[j - 1] = swap;
    }
  }
  return order;
}();

/// A name as JSON, with quotes and colon. It is not escaped at run time, because names are
/// identifiers; explicit names are checked to need no escapes.
consteval bool plain_name(std::string_view name) {
  for (const char c : name) {
    if (static_cast<unsigned char>(c) < 0x20 || static_cast<unsigned char>(c) >= 0x7F || c == '"' ||
        c == '\\' || c == '/' || c == '~') {
      return false;
    }
  }
  return !name.empty();
}

/// The index of the first field with that name; the number of fields if there is none.
template <class T>
constexpr std::size_t index_of_name(std::string_view name) {
  std::size_t at = 0;
  while (at != field_names<T>.size() && field_names<T>[at] != name) ++at;
  return at;
}

}  // namespace detail
}  // namespace musubi
