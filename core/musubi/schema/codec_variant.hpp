#pragma once
/// The wire form of a variant of structs: that of the struct it holds, and nothing else.

#include <type_traits>

#include <musubi/schema/mistakes_of_variants.hpp>
#include <musubi/schema/operations.hpp>

namespace musubi {

namespace detail {

/// The fields of `Old` that `New` has not, in descending order of their names.
template <class Old, class New>
inline constexpr auto keys_only_in = [] {
  constexpr auto missing = [](std::size_t index) {
    return index_of_name<New>(field_names<Old>[index]) == field_count<New>();
  };
  constexpr std::size_t count = [missing] {
    std::size_t found = 0;
    for (const std::size_t index : descending_fields<Old>) found += missing(index) ? 1U : 0U;
    return found;
  }();
  std::array<std::string_view, count> keys{};
  std::size_t size = 0;
  for (const std::size_t index : descending_fields<Old>) {
    if (missing(index)) keys[size++] = field_names<Old>[index];
  }
  return keys;
}();

void remove_keys(operations& ops, const pointer& at,
                 std::span<const std::string_view> keys) noexcept;

template <class T>
void add_value(operations& ops, const pointer& at, const T& value) noexcept {
  ops.add(at, [&](json::writer& out) noexcept { codec<T>::write(out, value); });
}

/// The difference between two structs of different types: keys that are gone, then those of `after`
/// (contract section 6.3).
template <class Old, class New>
void diff_structs(operations& ops, const pointer& at, const Old& before, const New& after) noexcept;

/// The difference between two values of different types. Both may be the same on the wire: then
/// that is said again.
template <class Old, class New>
void diff_values(operations& ops, const pointer& at, const Old& before, const New& after) noexcept {
  if constexpr (std::is_same_v<Old, New>) {
    codec<New>::diff(ops, at, before, after);
  } else if constexpr (record<Old> && record<New>) {
    diff_structs(ops, at, before, after);
  } else {
    ops.replace(at, [&](json::writer& out) noexcept { codec<New>::write(out, after); });
  }
}

template <std::size_t Index, class Old, class New>
void diff_field(operations& ops, const pointer& at, const Old& before, const New& after) noexcept {
  constexpr std::string_view name = field_name<New, Index>();
  const auto& value = field_at<Index>(tie_fields(after));
  if constexpr (constexpr std::size_t old = index_of_name<Old>(name); old != field_count<Old>()) {
    diff_values(ops, at.member(name), field_at<old>(tie_fields(before)), value);
  } else {
    add_value(ops, at.member(name), value);
  }
}

template <class Old, class New>
void diff_structs(operations& ops, const pointer& at, const Old& before,
                  const New& after) noexcept {
  remove_keys(ops, at, keys_only_in<Old, New>);
  [&]<std::size_t... I>(std::index_sequence<I...>) noexcept {
    (diff_field<descending_fields<New>[I]>(ops, at, before, after), ...);
  }
  (std::make_index_sequence<field_count<New>()>{});
}

/// Calls `use` with what `choice` holds; returns false when an exception left it without a value.
template <template <class...> class Variant, class... T, class Use>
bool with_chosen(const Variant<T...>& choice, Use&& use) noexcept {
  return [&]<std::size_t... I>(std::index_sequence<I...>) noexcept {
    return ((choice.index() == I && (use(*get_if<I>(&choice)), true)) || ...);
  }
  (std::index_sequence_for<T...>{});
}

}  // namespace detail

/// A `std::variant` of structs (contract section 5.8). One that an exception left without a value
/// is written as null.
template <template <class...> class Variant, class... T>
requires detail::chooses<Variant<T...>>
struct codec<Variant<T...>> {
  using type = Variant<T...>;
  static constexpr std::string_view expected = detail::alternatives<T...>::expected;

  static void write(json::writer& out, const type& choice) noexcept {
    static_assert(detail::right_variant<type>);
    const auto chosen = [&]<class Chosen>(const Chosen& value) noexcept {
      codec<Chosen>::write(out, value);
    };
    if (!detail::with_chosen(choice, chosen)) out.null();
  }
  static bool equal(const type& a, const type& b) noexcept {
    if (a.index() != b.index()) return false;
    bool same = true;
    (void)detail::with_chosen(a, [&]<class Chosen>(const Chosen& value) noexcept {
      same = codec<Chosen>::equal(value, *get_if<Chosen>(&b));
    });
    return same;
  }
  /// Of one alternative, its fields; of two, the keys of both: never the whole (contract section
  /// 6.3).
  static void diff(operations& ops, const pointer& at, const type& before,
                   const type& after) noexcept {
    bool both = false;
    (void)detail::with_chosen(before, [&](const auto& old) noexcept {
      both = detail::with_chosen(
          after, [&](const auto& fresh) noexcept { detail::diff_values(ops, at, old, fresh); });
    });
    if (both || equal(before, after)) return;
    ops.replace(at, [&](json::writer& out) noexcept { write(out, after); });
  }
  /// Reads the alternative that the tag names, or else the one whose keys are all there: of
  /// several, the one with the most keys.
  static bool read(json::reader& from, type& into, decode_error& error) noexcept {
    static_assert(detail::right_variant<type>);
    if (from.next() != json::value_kind::object) return error.expect(expected);
    std::size_t index = 0;
    if (!detail::alternatives<T...>::find(from, index, error)) return false;
    return [&]<std::size_t... I>(std::index_sequence<I...>) noexcept {
      return ((index == I && codec<T>::read(from, into.template emplace<I>(), error)) || ...);
    }
    (std::index_sequence_for<T...>{});
  }
};

}  // namespace musubi
