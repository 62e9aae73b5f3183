#pragma once
/// The entities of a store, found at compile time.

#include <array>
#include <cstddef>
#include <span>
#include <string_view>
#include <type_traits>
#include <utility>

#include <musubi/mqtt/internal/entity.hpp>
#include <musubi/schema/enum_names.hpp>
#include <musubi/schema/notes_of_fields.hpp>
#include <musubi/store/command/commands.hpp>

namespace musubi::mqtt::detail {

/// A State of Home Assistant has at most 255 characters.
template <class T>
inline constexpr bool is_short_text = false;
template <std::size_t N>
inline constexpr bool is_short_text<text<N>> = N <= 255;

template <class T>
inline constexpr bool is_shown = std::is_same_v<T, bool> || musubi::detail::wire_number<T> ||
                                 std::is_enum_v<T> || is_short_text<T>;

/// Whether `name` can be a level of a topic and a part of an id.
constexpr bool is_usable_name(std::string_view name) {
  for (const char c : name) {
    const bool usable = (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') ||
                        (c >= '0' && c <= '9') || c == '_' || c == '-';
    if (!usable) return false;
  }
  return !name.empty();
}

/// The type of a field.
template <class T, std::size_t Index>
using field_of =
    musubi::detail::field_type<decltype(musubi::detail::tie_fields(std::declval<const T&>())),
                               Index>;
/// The same, of a value that may be null.
template <class T, std::size_t Index>
using plain_field_of = typename musubi::detail::plain_of<field_of<T, Index>>::type;

/// A bound, and the steps, as text.
template <class T, std::size_t Index>
struct bounds_of {
  static constexpr field_notes said = musubi::detail::notes_of<T, Index>();
  static constexpr auto least = musubi::detail::decimal_of(said.least);
  static constexpr auto most = musubi::detail::decimal_of(said.most);
  static constexpr auto step = musubi::detail::decimal_of([] {
    using number = plain_field_of<T, Index>;
    if (said.step != 0) return said.step;
    double by = 1;
    if constexpr (musubi::detail::is_fixed<number>) {
      for (unsigned i = 0; i != number::decimals; ++i) by /= 10;
    } else if constexpr (std::is_floating_point_v<number>) {
      by = 0.1;
    }
    return by < 0.001 ? 0.001 : by;  // the least that Home Assistant takes
  }());
};

/// The only field of a command, or nothing: which entity it can be.
template <class Command>
consteval bool is_settable() {
  if constexpr (musubi::detail::field_count<Command>() != 1) {
    return false;
  } else {
    using type = field_of<Command, 0>;
    if constexpr (musubi::detail::wire_number<type>) {
      return musubi::detail::notes_of<Command, 0>().has_range;
    } else {
      return std::is_same_v<type, bool> || std::is_enum_v<type>;
    }
  }
}
template <class Command>
consteval bool is_entity() {
  return is_usable_name(musubi::detail::command_name<Command>) &&
         (musubi::detail::field_count<Command>() == 0 || is_settable<Command>());
}

/// The field of the State that shows what a command sets: one of the type of the command's field,
/// with the name of that, or with the name of the command without "set_". The number of fields if
/// there is none.
template <class State, class Command>
consteval std::size_t field_shown_by() {
  constexpr std::size_t count = musubi::detail::field_count<State>();
  std::size_t found = count;
  if constexpr (is_settable<Command>()) {
    std::string_view command = musubi::detail::command_name<Command>;
    if (command.starts_with("set_")) command.remove_prefix(4);
    const auto look = [&](std::string_view name) {
      if (found != count) return;
      const std::size_t at = musubi::detail::index_of_name<State>(name);
      [&]<std::size_t... I>(std::index_sequence<I...>) {
        (void)((at == I && std::is_same_v<plain_field_of<State, I>, field_of<Command, 0>> &&
                is_usable_name(musubi::detail::field_name<State, I>()) && (found = at, true)) ||
               ...);
      }
      (std::make_index_sequence<count>{});
    };
    look(musubi::detail::field_name<Command, 0>());
    look(command);
  }
  return found;
}

template <class State, class... Commands>
class entities {
  static constexpr std::size_t fields = musubi::detail::field_count<State>();
  struct table {
    std::array<entity, fields + sizeof...(Commands) + 1> entries{};
    std::size_t count = 0;
    std::size_t commands = 0;
    constexpr void add(const entity& made) { entries[count++] = made; }
  };

  template <std::size_t Index>
  static constexpr void add_field(table& into) {
    using type = plain_field_of<State, Index>;
    constexpr std::string_view name = musubi::detail::field_name<State, Index>();
    if constexpr (is_shown<type> && is_usable_name(name)) {
      if (((field_shown_by<State, Commands>() == Index) || ...)) return;  // by the command's entity
      constexpr field_notes said = musubi::detail::notes_of<State, Index>();
      entity made{.kind = entity_kind::sensor, .key = name, .label = name};
      if (std::is_same_v<type, bool>) made.kind = entity_kind::binary_sensor;
      if constexpr (std::is_enum_v<type>) {
        made.kind = entity_kind::choice;
        made.options = musubi::detail::enum_names<type>;
      }
      made.shows = name;
      made.unit = said.unit;
      made.device_class = said.device_class;
      made.state_class = said.state_class;
      into.add(made);
    }
  }
  template <class Command>
  static constexpr void add_command(table& into) {
    constexpr std::string_view name = musubi::detail::command_name<Command>;
    if constexpr (is_entity<Command>()) {
      entity made{.kind = entity_kind::button, .key = name, .label = name};
      made.command = name;
      if constexpr (musubi::detail::field_count<Command>() == 1) describe<Command>(made);
      into.add(made);
      ++into.commands;
    }
  }
  template <class Command>
  static constexpr void describe(entity& made) {
    using type = field_of<Command, 0>;
    field_notes said = musubi::detail::notes_of<Command, 0>();
    constexpr std::size_t shown = field_shown_by<State, Command>();
    if constexpr (shown != fields) {
      made.shows = musubi::detail::field_name<State, shown>();
      made.label = made.shows;
      constexpr field_notes seen = musubi::detail::notes_of<State, shown>();
      if (said.unit.empty()) said.unit = seen.unit;
      // a switch has other classes than a binary sensor
      const bool same_classes = musubi::detail::wire_number<type>;
      if (same_classes && said.device_class.empty()) said.device_class = seen.device_class;
    }
    made.argument = musubi::detail::field_name<Command, 0>();
    made.unit = said.unit;
    made.device_class = said.device_class;
    if constexpr (std::is_same_v<type, bool>) {
      made.kind = entity_kind::toggle;
    } else if constexpr (std::is_enum_v<type>) {
      made.kind = entity_kind::select;
      made.options = musubi::detail::enum_names<type>;
    } else {
      made.kind = entity_kind::number;
      made.least = bounds_of<Command, 0>::least.view();
      made.most = bounds_of<Command, 0>::most.view();
      made.step = bounds_of<Command, 0>::step.view();
    }
  }

 public:
  static constexpr table all = [] {
    table made;
    [&]<std::size_t... I>(std::index_sequence<I...>) {
      (add_field<I>(made), ...);
    }
    (std::make_index_sequence<fields>{});
    (add_command<Commands>(made), ...);
    return made;
  }();
  /// Whether a field that is shown and a command have one name.
  static constexpr bool are_distinct = [] {
    for (std::size_t i = 0; i != all.count; ++i) {
      for (std::size_t j = 0; j != i; ++j) {
        if (all.entries[i].key == all.entries[j].key) return false;
      }
    }
    return true;
  }();
};

template <class Store, class List = typename musubi::detail::commands_of<Store>::type>
struct entities_in;
template <class Store, class... Commands>
struct entities_in<Store, commands<Commands...>> : entities<typename Store::State, Commands...> {};

/// The entities of a store: of its State's fields first, then of its commands.
template <class Store>
constexpr std::span<const entity> entities_of() noexcept {
  constexpr const auto& found = entities_in<Store>::all;
  static_assert(found.count != 0,
                "musubi: home_assistant<Store> finds nothing in this store that Home Assistant can "
                "show: no bool, number, enum or text in its State, and no command of that kind");
  static_assert(entities_in<Store>::are_distinct,
                "musubi: home_assistant<Store> needs different names for the fields of the State "
                "and for the commands; rename one of the two that are the same");
  return {found.entries.data(), found.count};
}
/// How many of them are of commands.
template <class Store>
consteval std::size_t command_entities_of() {
  return entities_in<Store>::all.commands;
}

}  // namespace musubi::mqtt::detail
