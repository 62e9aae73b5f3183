#pragma once
/// A list that is kept only in the browser (contract section 7).
///
///     struct State { musubi::stream<reading> history; };
///     ...
///     ctx.stream<&State::history>().insert(latest, {.at = 0, .limit = 100});
///
/// The device stores no items: it sends inserts and deletes to the browser. The State only contains
/// a marker for the place of the list.

#include <musubi/mistake/field.hpp>

#include <concepts>
#include <cstdint>
#include <optional>
#include <string_view>
#include <type_traits>

#include <musubi/schema/codec_record.hpp>
#include <musubi/schema/field_names.hpp>

namespace musubi {

/// Items are identified by their field `id`, which all alternatives of a variant have: the key is
/// the stream's name, "-" and the id.
struct by_id {};

/// The place of a stream of `Item`s in a State. `Key` identifies an item: a function that returns
/// its whole key as text, or `by_id`.
template <class Item, auto Key = by_id{}>
class stream {
 public:
  using item_type = Item;
  static constexpr auto key = Key;
  constexpr stream() noexcept {}  // not an aggregate: it has no fields
};

/// Where to insert an item, and how many to keep (contract section 7.6).
struct insertion {
  std::int32_t at = -1;  ///< -1: the end, 0: the start, otherwise the index
  /// Items to keep: the rest is removed from the end if `at` is 0, otherwise from the start.
  std::optional<std::int32_t> limit = {};
};

namespace detail {

template <class T>
inline constexpr bool is_stream = false;
template <class Item, auto Key>
inline constexpr bool is_stream<stream<Item, Key>> = true;

/// Whether a State can contain streams: directly, or in nested structs.
template <class T>
consteval std::size_t stream_count();

template <class Refs>
struct streams_in;
template <class... Field>
struct streams_in<field_refs<Field...>> {
  static constexpr std::size_t count =
      (std::size_t{0} + ... + stream_count<std::remove_const_t<Field>>());
};

template <class T>
struct stream_holder {
  static constexpr std::size_t count = 0;
};
template <class Item, auto Key>
struct stream_holder<stream<Item, Key>> {
  static constexpr std::size_t count = 1;
};
template <class T>
requires(codec<T>::is_record) struct stream_holder<T> {
  static constexpr std::size_t count =
      streams_in<decltype(tie_fields(std::declval<const T&>()))>::count;
};

template <class T>
consteval std::size_t stream_count() {
  return stream_holder<T>::count;
}

template <auto Key>
inline constexpr bool keyed_by_id = std::is_same_v<std::remove_const_t<decltype(Key)>, by_id>;
template <class Item, auto Key>
concept answers_key = requires(const Item& item) {
  std::string_view(Key(item));
};
template <class Id>
concept number_as_id = (std::integral<Id> && !std::same_as<Id, bool>) || requires(const Id& id) {
  { id.value() } -> std::integral;
};
template <class Id>
concept text_as_id = requires(const Id& id) {
  std::string_view(id);
};
template <class Item>
inline constexpr bool has_id = requires(const Item& item) {
  requires number_as_id<std::remove_cvref_t<decltype(item.id)>> ||
      text_as_id<std::remove_cvref_t<decltype(item.id)>>;
};
template <template <class...> class Variant, class... T>
requires chooses<Variant<T...>>
inline constexpr bool has_id<Variant<T...>> = (has_id<T> && ...);

template <class Item, auto Key, place P>
struct mistakes_in<stream<Item, Key>, P> {
  static consteval auto find() {
    if constexpr (P == place::element) {
      return one<mistake::stream_in_container, stream<Item, Key>>;
    } else if constexpr (P == place::chosen) {
      return one<mistake::not_in_an_alternative, stream<Item, Key>>;
    } else if constexpr (P != place::state) {
      return one<mistake::stream_outside_of_state, stream<Item, Key>>;
    } else if constexpr (constexpr auto items = mistakes_of_value<Item, place::sent>();
                         !detail::is_right(items)) {
      return items;
    } else if constexpr (keyed_by_id<Key>) {
      if constexpr (has_id<Item>) {
        return no_mistake;
      } else {
        return one<mistake::stream_of_items_without_id, stream<Item, Key>>;
      }
    } else if constexpr (answers_key<Item, Key>) {
      return no_mistake;
    } else {
      return one<mistake::stream_key_without_text, stream<Item, Key>>;
    }
  }
};

template <class Id>
void write_id(json::writer& out, const Id& id) noexcept {
  if constexpr (std::integral<Id>) {
    out.number(id);
  } else if constexpr (number_as_id<Id>) {
    out.number(id.value());
  } else {
    out.characters(std::string_view(id));
  }
}

/// Writes the key of `item` in the stream named `name`, with quotes.
template <class Stream>
void write_item_key(json::writer& out, std::string_view name,
                    const typename Stream::item_type& item) noexcept {
  using item_type = typename Stream::item_type;
  if constexpr (!keyed_by_id<Stream::key>) {
    const auto key = Stream::key(item);
    out.string(std::string_view(key));
  } else if constexpr (!has_id<item_type>) {
    static_assert(sizeof(mistake::stream_of_items_without_id<Stream, item_type, Stream>) != 0);
  } else {
    out.raw('"');
    out.raw(name);
    out.raw('-');
    if constexpr (chooses<item_type>) {
      (void)with_chosen(item, [&](const auto& chosen) noexcept { write_id(out, chosen.id); });
    } else {
      write_id(out, item.id);
    }
    out.raw('"');
  }
}

}  // namespace detail

template <class Item, auto Key>
struct codec<stream<Item, Key>> {
  using type = stream<Item, Key>;
  static constexpr std::string_view expected = "stream";

  static void write_named(json::writer& out, const type&, std::string_view name) noexcept {
    out.raw("{\"__musubi_stream__\":\"");
    out.raw(name);
    out.raw("\"}");
  }
  template <class T>
  static void write(json::writer&, const T&) noexcept {
    static_assert(sizeof(mistake::stream_in_container<T, T, T>) != 0);
  }
  static bool equal(const type&, const type&) noexcept { return true; }
  static void diff(operations&, const pointer&, const type&, const type&) noexcept {}
  /// Takes the marker: a client keeps the items elsewhere.
  static bool read(json::reader& from, type&, decode_error& error) noexcept {
    static constexpr std::string_view names[] = {"__musubi_stream__"};
    std::string_view name[1];
    std::uint32_t twice = 0;
    return (json::find_members(from, names, name, twice) && !name[0].empty()) ||
           error.expect(expected);
  }
};

}  // namespace musubi
