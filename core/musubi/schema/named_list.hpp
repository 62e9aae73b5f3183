#pragma once
/// Finds two types in a list that have the same name.

#include <array>
#include <cstddef>
#include <string_view>
#include <tuple>
#include <utility>

#include <musubi/schema/mistakes.hpp>

namespace musubi::detail {

/// `Name` has a constant `of<T>`, the name of a `T`. The result is a `Mistake<Owner, T, T>` of the
/// first type with that name and a later one.
template <class Name, template <class, class, class> class Mistake, class Owner, class... T>
class duplicates_in {
  static constexpr std::array<std::string_view, sizeof...(T)> names{Name::template of<T>...};
  static constexpr std::size_t first_of(std::size_t index) {
    std::size_t at = 0;
    while (names[at] != names[index]) ++at;
    return at;
  }
  template <std::size_t Index>
  static consteval auto duplicate() {
    using all = std::tuple<std::type_identity<T>...>;
    constexpr std::size_t first = first_of(Index);
    if constexpr (first != Index) {
      return mistakes<Mistake<Owner, typename std::tuple_element_t<first, all>::type,
                              typename std::tuple_element_t<Index, all>::type>>();
    } else {
      return no_mistake;
    }
  }
  template <std::size_t... Index>
  static consteval auto all(std::index_sequence<Index...>) {
    return detail::join(duplicate<Index>()...);
  }

 public:
  static consteval auto find() { return all(std::index_sequence_for<T...>{}); }
};

}  // namespace musubi::detail
