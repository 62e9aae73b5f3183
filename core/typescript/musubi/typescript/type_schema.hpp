#pragma once
/// The JSON schema of a C++ type: what `codec<T>` reads and writes, for a page that makes its forms
/// and tables of it. The words are those of JSON Schema, three more for what a State places,
/// `{"store":"Mod"}`, `{"stream":T}`, `{"async":T}`, and two for what is said of a field:
/// `"unit":"°C"`, `"deviceClass":"temperature"`. Whatever is not an optional,
/// `{"anyOf":[T,{"type":"null"}]}`, must be there. A variant is `{"oneOf":[T,U]}`.

#include <limits>

#include <musubi/memory/fixed.hpp>
#include <musubi/memory/internal/as_text.hpp>
#include <musubi/memory/safe_integer.hpp>
#include <musubi/typescript/types.hpp>

namespace musubi::typescript {

using detail::is_fixed;

template <class T>
inline constexpr bool is_as_text = false;
template <class T>
inline constexpr bool is_as_text<as_text<T>> = true;

template <class T>
inline constexpr bool is_constant = false;
template <detail::constant_json Json>
inline constexpr bool is_constant<constant<Json>> = true;

template <class T>
inline constexpr std::size_t capacity_of = 0;
template <std::size_t N>
inline constexpr std::size_t capacity_of<text<N>> = N;
template <class T, std::size_t N>
inline constexpr std::size_t capacity_of<list<T, N>> = N;
template <class T, std::size_t N>
inline constexpr std::size_t capacity_of<std::array<T, N>> = N;
template <class K, class V, std::size_t N>
inline constexpr std::size_t capacity_of<dict<K, V, N>> = N;

template <class T>
inline constexpr bool is_array = false;
template <class T, std::size_t N>
inline constexpr bool is_array<std::array<T, N>> = true;

/// Writes the members of the schema of `T`, without the braces; nothing of a type that only its own
/// codec knows.
template <class T>
constexpr void write_members(output& out);

/// Writes the schema of `T`.
template <class T>
constexpr void write_schema(output& out) {
  out.put('{');
  write_members<T>(out);
  out.put('}');
}

constexpr void write_range(output& out, std::int64_t least, std::int64_t most) {
  out.put(R"("type":"integer","minimum":)");
  out.signed_number(least);
  out.put(R"(,"maximum":)");
  out.signed_number(most);
}

/// `scaled` / 10^`decimals`
constexpr void write_scaled(output& out, std::int64_t scaled, unsigned decimals) {
  std::uint64_t scale = 1;
  for (unsigned i = 0; i != decimals; ++i) scale *= 10;
  if (scaled < 0) out.put('-');
  const auto size = static_cast<std::uint64_t>(scaled < 0 ? -scaled : scaled);
  out.number(size / scale);
  out.put('.');
  for (scale /= 10; scale != 0; scale /= 10) out.number(size / scale % 10);
}

constexpr void write_fixed_schema(output& out, unsigned decimals) {
  using limits = std::numeric_limits<std::int32_t>;
  out.put(R"("type":"number","multipleOf":)");
  write_scaled(out, 1, decimals);
  out.put(R"(,"minimum":)");
  write_scaled(out, limits::min(), decimals);
  out.put(R"(,"maximum":)");
  write_scaled(out, limits::max(), decimals);
}

template <class E>
constexpr void write_enum_schema(output& out) {
  out.put(R"("enum":[)");
  bool first = true;
  for (const std::string_view name : detail::enum_names<E>) {
    if (name.empty()) continue;
    if (!first) out.put(',');
    first = false;
    out.json_string(name);
  }
  out.put(']');
}

/// `,"word":number`
constexpr void write_bound(output& out, std::string_view word, std::size_t number) {
  out.put(",\"", word, "\":");
  out.number(number);
}

/// The members of a number with a range or a step of its own.
template <class Number>
constexpr void write_own_range(output& out, const field_notes& said) {
  const bool whole = detail::whole_number<Number>;
  out.put(R"("type":)", whole ? R"("integer")" : R"("number")");
  if (said.step != 0) {
    out.put(R"(,"multipleOf":)", detail::decimal_of(said.step).view());
  } else if constexpr (is_fixed<Number>) {
    out.put(R"(,"multipleOf":)");
    write_scaled(out, 1, Number::decimals);
  }
  out.put(R"(,"minimum":)", detail::decimal_of(said.least).view());
  out.put(R"(,"maximum":)", detail::decimal_of(said.most).view());
}

/// The members of a field's schema, without what is said of it in words.
template <class Field>
constexpr void write_field_members(output& out, const field_notes& said) {
  using plain = typename detail::plain_of<Field>::type;
  if constexpr (detail::wire_number<plain>) {
    if (said.has_range) {
      if constexpr (detail::is_optional<Field>) {
        out.put(R"("anyOf":[{)");
        write_own_range<plain>(out, said);
        out.put(R"(},{"type":"null"}])");
      } else {
        write_own_range<plain>(out, said);
      }
      return;
    }
  }
  write_members<Field>(out);
}

template <class T, std::size_t Index>
constexpr void write_property(output& out) {
  constexpr field_notes said = detail::notes_of<T, Index>();
  if (Index != 0) out.put(',');
  out.json_string(detail::field_name<T, Index>());
  out.put(":{");
  output probe(out.root());
  write_field_members<field_of<T, Index>>(probe, said);
  write_field_members<field_of<T, Index>>(out, said);
  bool first = probe.size() == 0;
  const auto member = [&](std::string_view word, std::string_view text) {
    if (text.empty()) return;
    out.put(first ? "\"" : ",\"", word, "\":");
    out.json_string(text);
    first = false;
  };
  member("description", said.documentation);
  member("unit", said.unit);
  member("deviceClass", said.device_class);
  out.put('}');
}

template <class T, std::size_t... Index>
constexpr void write_properties([[maybe_unused]] output& out, std::index_sequence<Index...>) {
  (write_property<T, Index>(out), ...);
}

/// The members of the schema of a record, written out even if it names its module.
template <class T>
constexpr void write_record_members(output& out) {
  out.put(R"("type":"object","properties":{)");
  write_properties<T>(out, std::make_index_sequence<detail::field_count<T>()>{});
  out.put('}');
}
template <class T>
constexpr void write_record_schema(output& out) {
  out.put('{');
  write_record_members<T>(out);
  out.put('}');
}

/// What a codec says of its type in TypeScript, where that is a type of JSON.
constexpr void write_said(output& out, std::string_view type) {
  for (const std::string_view known : {"string", "number", "boolean"}) {
    if (type == known) out.put(R"("type":")", known, "\"");
  }
}

template <class T>
struct schemas_of_alternatives;
template <template <class...> class Variant, class First, class... Rest>
struct schemas_of_alternatives<Variant<First, Rest...>> {
  static constexpr void write(output& out) {
    write_schema<First>(out);
    ((out.put(','), write_schema<Rest>(out)), ...);
  }
};

template <class T>
constexpr void write_members(output& out) {
  if constexpr (std::same_as<T, bool>) {
    out.put(R"("type":"boolean")");
  } else if constexpr (detail::wire_integer<T>) {
    write_range(out, std::numeric_limits<T>::min(), std::numeric_limits<T>::max());
  } else if constexpr (std::same_as<T, safe_integer>) {
    write_range(out, -9'007'199'254'740'991, 9'007'199'254'740'991);
  } else if constexpr (std::floating_point<T>) {
    out.put(R"("type":"number")");
  } else if constexpr (is_fixed<T>) {
    write_fixed_schema(out, T::decimals);
  } else if constexpr (is_as_text<T>) {
    out.put(R"("type":"string","pattern":")", std::is_signed_v<typename T::number> ? "^-?" : "^",
            R"([0-9]+$")");
  } else if constexpr (std::is_enum_v<T>) {
    write_enum_schema<T>(out);
  } else if constexpr (detail::is_text<T>) {
    out.put(R"("type":"string")");
    write_bound(out, "maxBytes", capacity_of<T>);
  } else if constexpr (detail::is_optional<T>) {
    out.put(R"("anyOf":[)");
    write_schema<typename T::value_type>(out);
    out.put(R"(,{"type":"null"}])");
  } else if constexpr (is_sequence<T>) {
    out.put(R"("type":"array","items":)");
    write_schema<typename T::value_type>(out);
    if (is_array<T>) write_bound(out, "minItems", capacity_of<T>);
    write_bound(out, "maxItems", capacity_of<T>);
  } else if constexpr (detail::is_dict<T>) {
    out.put(R"("type":"object","additionalProperties":)");
    write_schema<typename dict_value<T>::type>(out);
    write_bound(out, "maxProperties", capacity_of<T>);
  } else if constexpr (detail::is_child<T>) {
    out.put(R"("store":)");
    out.json_string(T::store_type::module);
  } else if constexpr (detail::is_stream<T>) {
    out.put(R"("stream":)");
    write_schema<typename T::item_type>(out);
  } else if constexpr (detail::is_async<T>) {
    out.put(R"("async":)");
    write_schema<typename T::value_type>(out);
  } else if constexpr (detail::chooses<T>) {
    out.put(R"("oneOf":[)");
    schemas_of_alternatives<T>::write(out);
    out.put(']');
  } else if constexpr (is_constant<T>) {
    out.put(R"("const":)", codec<T>::typescript);
  } else if constexpr (says_its_type<T>) {
    write_said(out, codec<T>::typescript);
  } else if constexpr (is_record<T> && names_its_module<T>) {
    out.put(R"("$ref":"#/$defs/)", T::module, "\"");
  } else if constexpr (is_record<T>) {
    write_record_members<T>(out);
  }
}

}  // namespace musubi::typescript
