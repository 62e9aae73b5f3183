#pragma once
/// The wire form of a struct: an object with one key for each field.

#include <musubi/json/internal/members.hpp>
#include <musubi/schema/codec_fixed.hpp>
#include <musubi/schema/codec_variant.hpp>
#include <musubi/schema/codec_wide_integers.hpp>
#include <musubi/schema/mistakes_of_fields.hpp>
#include <musubi/schema/notes_of_fields.hpp>

namespace musubi {

namespace detail {

/// Writes `"name":`, after a comma unless it is the first.
template <class T, std::size_t Index>
inline constexpr auto quoted_name = [] {
  constexpr std::string_view name = field_name<T, Index>();
  sentence<name.size() + 4> made;
  if (Index != 0) made.add(",");
  made.add("\"");
  made.add(name);
  made.add("\":");
  return made;
}();

/// The operation that replaces this field of the root, up to the value.
template <class T, std::size_t Index>
inline constexpr auto replaces_field = [] {
  constexpr std::string_view name = field_name<T, Index>();
  constexpr std::string_view head = "{\"op\":\"replace\",\"path\":\"/";
  constexpr std::string_view rest = "\",\"value\":";
  sentence<head.size() + name.size() + rest.size()> made;
  made.add(head);
  made.add(name);
  made.add(rest);
  return made;
}();

/// A codec whose wire form includes the name of the field (streams).
template <class T>
concept told_its_name = requires(json::writer& out, const T& value, std::string_view name) {
  codec<T>::write_named(out, value, name);
};

template <class T>
void write_field(json::writer& out, const T& value, std::string_view name) noexcept {
  if constexpr (told_its_name<T>) {
    codec<T>::write_named(out, value, name);
  } else {
    codec<T>::write(out, value);
  }
}

/// Writes the fields of `object`, without the braces.
template <class T>
void write_fields(json::writer& out, const T& object) noexcept {
  const auto fields = tie_fields(object);
  [&]<std::size_t... I>(std::index_sequence<I...>) noexcept {
    ((out.raw(quoted_name<T, I>.view()), write_field(out, field_at<I>(fields), field_name<T, I>())),
     ...);
  }
  (std::make_index_sequence<field_count<T>()>{});
}

/// Reads one field from the text of its value, which is empty when the field is missing.
template <class T>
bool read_field(std::string_view text, bool twice, std::string_view name, T& into,
                decode_error& error) noexcept {
  if (twice) {
    (void)error.expect(given_once);
    return error.within(name);
  }
  if (text.empty()) {
    if constexpr (is_optional<T>) {
      if (error.absent_means_null) {
        into.reset();
        return true;
      }
    }
    (void)error.expect(codec<T>::expected);
    return error.within(name);
  }
  json::reader from(text);
  return codec<T>::read(from, into, error) || error.within(name);
}

/// The short way: every field is there, in the order of the struct, with nothing between them.
/// False when it is not so, or one does not fit: then nothing was taken, and `into` may hold
/// anything.
template <class T>
bool read_in_order(json::reader& from, T& into, decode_error& error) noexcept {
  json::reader at = from;
  const auto fields = tie_fields(into);
  using refs = std::remove_const_t<decltype(fields)>;
  const bool read = [&]<std::size_t... I>(std::index_sequence<I...>) noexcept {
    return at.exactly("{") &&
           ((at.exactly(quoted_name<T, I>.view()) &&
             codec<field_type<refs, I>>::read(at, field_at<I>(fields), error)) &&
            ...) &&
           at.exactly("}");
  }
  (std::make_index_sequence<field_count<T>()>{});
  if (read) {
    from = at;
  } else {
    error.go_general();
  }
  return read;
}

/// How a field of a record is read, without its type.
struct field_reader {
  std::string_view expected;
  /// Reads the field of `record`.
  bool (*read)(json::reader& from, void* record, decode_error& error) noexcept;
  /// Makes an optional one nothing; null for others.
  void (*clear)(void* record) noexcept;
};

template <class T>
inline constexpr auto field_readers = []<std::size_t... I>(std::index_sequence<I...>) {
  using refs = std::remove_const_t<decltype(tie_fields(std::declval<T&>()))>;
  [[maybe_unused]] constexpr auto reader = []<std::size_t Index, class Field>() {
    field_reader made{codec<Field>::expected,
                      [](json::reader& from, void* record, decode_error& error) noexcept {
                        auto& field = field_at<Index>(tie_fields(*static_cast<T*>(record)));
                        return codec<Field>::read(from, field, error) &&
                               keeps_range<T, Index>(field, error);
                      },
                      nullptr};
    if constexpr (is_optional<Field>) {
      made.clear = [](void* record) noexcept {
        field_at<Index>(tie_fields(*static_cast<T*>(record))).reset();
      };
    }
    return made;
  };
  return std::array<field_reader, sizeof...(I)>{
      reader.template operator()<I, field_type<refs, I>>()...};
}
(std::make_index_sequence<field_count<T>()>{});

/// How a record is read, without its type.
struct record_reader {
  std::span<const std::string_view> names;
  const field_reader* fields;
  /// Reads an object into `record`, as `codec<T>::read` does: one loop for all records.
  bool read(json::reader& from, void* record, decode_error& error) const noexcept;
};

template <class T>
inline constexpr record_reader reader_of{field_names<T>, field_readers<T>.data()};

/// Whether all fields that were read are within their ranges; see `holds_range`.
template <class T>
bool hold_ranges(const T& object, decode_error& error) noexcept {
  const auto fields = tie_fields(object);
  return [&]<std::size_t... I>(std::index_sequence<I...>) noexcept {
    return (holds_range<T, I>(field_at<I>(fields), error) && ...);
  }
  (std::make_index_sequence<field_count<T>()>{});
}

}  // namespace detail

template <class T>
requires detail::record<T>
struct codec<T> {
  static constexpr std::string_view expected = "object";
  static constexpr bool is_record = true;

  static void write(json::writer& out, const T& object) noexcept {
    static_assert(detail::right_record<T>);
    out.raw('{');
    detail::write_fields(out, object);
    out.raw('}');
  }
  static bool equal(const T& a, const T& b) noexcept {
    const auto left = detail::tie_fields(a);
    const auto right = detail::tie_fields(b);
    using refs = std::remove_const_t<decltype(left)>;
    return [&]<std::size_t... I>(std::index_sequence<I...>) noexcept {
      return (codec<detail::field_type<refs, I>>::equal(detail::field_at<I>(left),
                                                        detail::field_at<I>(right)) &&
              ...);
    }
    (indices{});
  }
  static void diff(operations& ops, const pointer& at, const T& before, const T& after) noexcept {
    diff_some<0, detail::field_count<T>()>(ops, at, before, after);
  }
  /// Like `diff`, for `Count` fields from the `First`, in descending order of names.
  template <std::size_t First, std::size_t Count>
  static void diff_some(operations& ops, const pointer& at, const T& before,
                        const T& after) noexcept {
    const auto old_fields = detail::tie_fields(before);
    const auto new_fields = detail::tie_fields(after);
    [&]<std::size_t... I>(std::index_sequence<I...>) noexcept {
      (diff_field<detail::descending_fields<T>[First + I]>(ops, at, old_fields, new_fields), ...);
    }
    (std::make_index_sequence<Count>{});
  }
  /// Every field must be present exactly once and be valid; unknown keys are ignored (contract
  /// section 4.8). Reports the first field at fault in declaration order, independent of the order
  /// of the keys.
  static bool read(json::reader& from, T& into, decode_error& error) noexcept {
    static_assert(detail::right_record<T>);
    if constexpr (short_ways) {
      if (!error.general() && detail::read_in_order(from, into, error)) {
        return detail::hold_ranges(into, error);
      }
    }
    if constexpr (!short_ways) return detail::reader_of<T>.read(from, &into, error);
    constexpr std::size_t count = detail::field_count<T>();
    std::string_view texts[count + 1];
    std::uint32_t twice = 0;
    if (from.next() != json::value_kind::object) return error.expect(expected);
    if (!json::find_members(from, detail::field_names<T>, texts, twice)) {
      return error.expect(json::expected_instead_of(from.problem()));
    }
    const auto fields = detail::tie_fields(into);
    return [&]<std::size_t... I>(std::index_sequence<I...>) noexcept {
      return ((detail::read_field(texts[I], (twice >> I & 1U) != 0, detail::field_names<T>[I],
                                  detail::field_at<I>(fields), error) &&
               detail::holds_range<T, I>(detail::field_at<I>(fields), error)) &&
              ...);
    }
    (indices{});
  }

 private:
  using indices = std::make_index_sequence<detail::field_count<T>()>;

  template <std::size_t I, class Old, class New>
  static void diff_field(operations& ops, const pointer& at, const Old& before,
                         const New& after) noexcept {
    using type = detail::field_type<Old, I>;
    if constexpr (short_ways && detail::short_scalar<type>) {
      if (codec<type>::equal(detail::field_at<I>(before), detail::field_at<I>(after))) return;
      if (at.parent == nullptr) {
        return ops.replace_root_member<codec<type>>(detail::replaces_field<T, I>.view(),
                                                    detail::field_at<I>(after));
      }
    }
    if constexpr (!short_ways && std::derived_from<codec<type>, scalar_codec<type>>) {
      const auto& now = detail::field_at<I>(after);
      if (codec<type>::equal(detail::field_at<I>(before), now)) return;
      return ops.replace_member(at, detail::field_name<T, I>(),
                                [&](json::writer& out) noexcept { codec<type>::write(out, now); });
    }
    const auto member = [&] {
      constexpr std::string_view name = detail::field_name<T, I>();
      if constexpr (short_ways) return at.member(name, detail::replaces_field<T, I>.view());
      return at.member(name);
    };
    codec<type>::diff(ops, member(), detail::field_at<I>(before), detail::field_at<I>(after));
  }
};

}  // namespace musubi
