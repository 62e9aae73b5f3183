#pragma once
/// The TypeScript type of a C++ type: what `codec<T>` puts on the wire (contract section 12.2).

#include <utility>

#include <musubi/schema/notes_of_fields.hpp>
#include <musubi/store/child/internal/codec_child.hpp>
#include <musubi/store/task/async_value.hpp>
#include <musubi/typescript/module_path.hpp>

namespace musubi::typescript {

/// A type of the application's own, whose codec says what it is in TypeScript:
/// `static constexpr std::string_view typescript = "string";`
template <class T>
concept says_its_type = requires {
  typename std::bool_constant<std::string_view(codec<T>::typescript).empty()>;
};

/// A struct that says where it belongs, `static constexpr std::string_view module =
/// "Home.Reading";`, becomes an interface of that name; any other stands where it is used.
template <class T>
concept names_its_module = requires {
  typename std::bool_constant<std::string_view(T::module).empty()>;
};

/// What an array on the wire is made of.
template <class T>
inline constexpr bool is_sequence = false;
template <class T, std::size_t N>
inline constexpr bool is_sequence<list<T, N>> = true;
template <class T, std::size_t N>
inline constexpr bool is_sequence<std::array<T, N>> = true;

template <class T>
struct dict_value;
template <class K, class V, std::size_t N>
struct dict_value<dict<K, V, N>> {
  using type = V;
};

template <class T>
concept is_record = requires {
  requires codec<T>::is_record;
};

/// The type of a record's field.
template <class T, std::size_t Index>
using field_of = detail::field_type<decltype(detail::tie_fields(std::declval<const T&>())), Index>;

template <class T>
constexpr void write_type(output& out);

template <class E>
constexpr void write_enum(output& out) {
  bool first = true;
  for (const std::string_view name : detail::enum_names<E>) {
    if (name.empty()) continue;
    if (!first) out.put(" | ");
    first = false;
    out.quoted(name);
  }
}

template <class T>
constexpr void write_sequence(output& out) {
  output probe(out.root());
  write_type<T>(probe);
  if (probe.has_union()) {
    out.put("Array<");
    write_type<T>(out);
    out.put('>');
  } else {
    write_type<T>(out);
    out.put("[]");
  }
}

/// The alternatives of a variant.
template <class T>
struct alternatives_of;
template <template <class...> class Variant, class First, class... Rest>
struct alternatives_of<Variant<First, Rest...>> {
  static constexpr void write(output& out) {
    write_type<First>(out);
    ((out.put(" | "), write_type<Rest>(out)), ...);
  }
};

/// `name: `, in quotes where it must be.
constexpr void write_key(output& out, std::string_view name) {
  if (is_identifier(name)) {
    out.put(name);
  } else {
    out.quoted(name);
  }
  out.put(": ");
}

template <class T, std::size_t... Index>
constexpr void write_inline_fields(output& out, std::index_sequence<Index...>) {
  ((out.put(Index == 0 ? " " : "; "), write_key(out, detail::field_name<T, Index>()),
    write_type<field_of<T, Index>>(out)),
   ...);
}

/// `{ a: T; b: U }`
template <class T>
constexpr void write_inline(output& out) {
  constexpr std::size_t count = detail::field_count<T>();
  out.put('{');
  write_inline_fields<T>(out, std::make_index_sequence<count>{});
  out.put(count == 0 ? "}" : " }");
}

/// Writes the type of `T`, on one line.
template <class T>
constexpr void write_type(output& out) {
  if constexpr (says_its_type<T>) {
    out.put(codec<T>::typescript);
  } else if constexpr (std::same_as<T, bool>) {
    out.put("boolean");
  } else if constexpr (detail::wire_integer<T> || std::floating_point<T>) {
    out.put("number");
  } else if constexpr (std::is_enum_v<T>) {
    write_enum<T>(out);
  } else if constexpr (detail::is_text<T>) {
    out.put("string");
  } else if constexpr (detail::is_optional<T>) {
    write_type<typename T::value_type>(out);
    out.put(" | null");
  } else if constexpr (is_sequence<T>) {
    write_sequence<typename T::value_type>(out);
  } else if constexpr (detail::is_dict<T>) {
    out.put("Record<string, ");
    write_type<typename dict_value<T>::type>(out);
    out.put('>');
  } else if constexpr (detail::is_child<T>) {
    out.put(out.root(), ".StoreField<");
    out.quoted(T::store_type::module);
    out.put('>');
  } else if constexpr (detail::is_stream<T>) {
    out.put(out.root(), ".StreamField<");
    write_type<typename T::item_type>(out);
    out.put('>');
  } else if constexpr (detail::is_async<T>) {
    out.put(out.root(), ".AsyncField<");
    write_type<typename T::value_type>(out);
    out.put('>');
  } else if constexpr (detail::chooses<T>) {
    alternatives_of<T>::write(out);
  } else if constexpr (is_record<T> && names_its_module<T>) {
    out.put(T::module);
  } else if constexpr (is_record<T>) {
    write_inline<T>(out);
  } else {
    out.put("unknown");
  }
}

/// Text within a comment.
constexpr void write_comment(output& out, std::string_view text) {
  for (std::size_t i = 0; i < text.size(); ++i) {
    if (text[i] == '/' && i > 0 && text[i - 1] == '*') out.put('\\');  // no end of the comment
    out.put(text[i] == '\n' ? ' ' : text[i]);
  }
}

/// A doc comment on a line of its own, `depth` columns in: `/** What to reach. In °C, from 5 to 30.
/// */`
constexpr void write_documentation(output& out, const field_notes& said, std::size_t depth) {
  if (said.documentation.empty() && said.unit.empty() && !said.has_range) return;
  out.indent(depth);
  out.put("/** ");
  write_comment(out, said.documentation);
  if (!said.unit.empty()) {
    out.put(said.documentation.empty() ? "In " : " In ");
    write_comment(out, said.unit);
  }
  if (said.has_range) {
    out.put(!said.unit.empty() ? ", from " : said.documentation.empty() ? "From " : " From ");
    out.put(detail::decimal_of(said.least).view(), " to ", detail::decimal_of(said.most).view());
  }
  out.put(said.unit.empty() && !said.has_range ? " */\n" : ". */\n");
}

template <class T, std::size_t Index>
constexpr void write_field(output& out, std::size_t depth) {
  write_documentation(out, detail::notes_of<T, Index>(), depth);
  out.indent(depth);
  write_key(out, detail::field_name<T, Index>());
  write_type<field_of<T, Index>>(out);
  out.put('\n');
}

template <class T, std::size_t... Index>
constexpr void write_fields(output& out, [[maybe_unused]] std::size_t depth,
                            std::index_sequence<Index...>) {
  (write_field<T, Index>(out, depth), ...);
}

/// The fields of a record, one on each line.
template <class T>
constexpr void write_fields(output& out, std::size_t depth) {
  write_fields<T>(out, depth, std::make_index_sequence<detail::field_count<T>()>{});
}

/// A record between braces, its end `depth` columns in; `{}` without fields.
template <class T>
constexpr void write_block(output& out, std::size_t depth) {
  if constexpr (detail::field_count<T>() == 0) {
    out.put("{}");
  } else {
    out.put("{\n");
    write_fields<T>(out, depth + 2);
    out.indent(depth);
    out.put('}');
  }
}

}  // namespace musubi::typescript
