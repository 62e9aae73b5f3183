#pragma once
/// The wire form of a C++ type: writing, comparing, diffing and reading it.
///
/// `codec<T>` has
///
///     static void write(json::writer&, const T&) noexcept;
///     static bool equal(const T&, const T&) noexcept;
///     static void diff(operations&, const pointer&, const T& before, const T& after) noexcept;
///     static bool read(json::reader&, T&, decode_error&) noexcept; // takes what a client sent
///     static constexpr std::string_view expected;                  // "integer": what read wants
///
/// `read` reads one value, or reports what it expected. An application may specialise codec for its
/// own types.

#include <musubi/mistake/field.hpp>

#include <concepts>
#include <cstring>
#include <limits>
#include <string_view>
#include <type_traits>
#include <utility>

#include <musubi/json/internal/members.hpp>
#include <musubi/json/internal/reader.hpp>
#include <musubi/json/internal/writer.hpp>
#include <musubi/memory/decimal.hpp>
#include <musubi/memory/safe_integer.hpp>
#include <musubi/memory/text.hpp>
#include <musubi/schema/decode_error.hpp>
#include <musubi/schema/mistakes_of_enums.hpp>
#include <musubi/schema/operations.hpp>

namespace musubi {

/// For a type without a codec. For stores, mistakes_of_fields.hpp reports the field by name;
/// programs that use a codec directly get the message here.
template <class T>
struct codec {
  static constexpr bool missing = true;
  static constexpr std::string_view expected = "nothing";
  static void write(json::writer&, const T&) noexcept { static_assert(told); }
  static bool equal(const T&, const T&) noexcept {
    static_assert(told);
    return false;
  }
  static void diff(operations&, const pointer&, const T&, const T&) noexcept {
    static_assert(told);
  }
  static bool read(json::reader&, T&, decode_error&) noexcept {
    static_assert(told);
    return false;
  }

 private:
  static constexpr bool told = sizeof(mistake::field_without_wire_form<T, T, T>) != 0;
};

/// Base of codecs whose values are always replaced as a whole.
template <class T>
struct scalar_codec {
  static bool equal(const T& a, const T& b) noexcept { return a == b; }
  static void diff(operations& ops, const pointer& at, const T& before, const T& after) noexcept {
    if (codec<T>::equal(before, after)) return;
    ops.replace(at, [&](json::writer& out) noexcept { codec<T>::write(out, after); });
  }
};

namespace detail {
/// A scalar of few bytes: `put` does what `write` does, where there is room for `most_bytes`, and
/// returns the end.
template <class T>
concept short_scalar = std::derived_from<codec<T>, scalar_codec<T>> &&
    requires(char* to, const T& value) {
  { codec<T>::most_bytes } -> std::convertible_to<std::size_t>;
  { codec<T>::put(to, value) } -> std::same_as<char*>;
};
}  // namespace detail

template <>
struct codec<bool> : scalar_codec<bool> {
  static constexpr std::string_view expected = "boolean";
  static constexpr std::size_t most_bytes = 5;
  static void write(json::writer& out, bool value) noexcept { out.boolean(value); }
  static char* put(char* to, bool value) noexcept {
    const std::string_view word = value ? std::string_view("true") : "false";
    std::memcpy(to, word.data(), word.size());
    return to + word.size();
  }
  static bool read(json::reader& from, bool& into, decode_error& error) noexcept {
    const auto found = from.boolean();
    if (!found) return error.expect(expected);
    into = *found;
    return true;
  }
};

namespace detail {
template <class T, class... Types>
concept one_of_types = (std::same_as<T, Types> || ...);
/// Integers, except character types, that a browser represents exactly. For wider ones, use
/// safe_integer or as_text.
template <class T>
concept wire_integer = number_type<T> && sizeof(T) <= 4;
}  // namespace detail

/// Integers of up to 32 bits.
template <detail::wire_integer T>
struct codec<T> : scalar_codec<T> {
  static constexpr std::string_view expected = "integer";
  static constexpr std::size_t most_bytes = 11;
  static void write(json::writer& out, T value) noexcept { out.number(value); }
  static char* put(char* to, T value) noexcept { return detail::put_decimal(to, value); }
  static bool read(json::reader& from, T& into, decode_error& error) noexcept {
    if constexpr (short_ways) {
      std::int64_t found = 0;
      if (from.short_integer(found)) return fits(found, into) || error.expect(range.view());
    }
    if (from.next() != json::value_kind::number) return error.expect(expected);
    const auto found = from.integer();
    return (found && fits(*found, into)) || error.expect(range.view());
  }

 private:
  static bool fits(std::int64_t found, T& into) noexcept {
    if (!std::in_range<T>(found)) return false;
    into = static_cast<T>(found);
    return true;
  }
  static constexpr auto range =
      detail::fitted([] { return detail::with_range<T>("integer from "); });
};

/// Floating point, as the shortest decimal that reads back the same. Infinities and NaN are null on
/// the wire, hence equal to one another there.
template <detail::one_of_types<float, double> T>
struct codec<T> : scalar_codec<T> {
  static constexpr std::string_view expected = "number";
  static constexpr std::size_t most_bytes = json::number_bytes;
  static void write(json::writer& out, T value) noexcept { out.number(value); }
  static char* put(char* to, T value) noexcept {
    if (json::finite(value)) return json::format_number(to, value);
    constexpr std::string_view word = "null";
    std::memcpy(to, word.data(), word.size());
    return to + word.size();
  }
  static bool equal(T a, T b) noexcept {
    return json::same(a, b) || (!json::finite(a) && !json::finite(b));
  }
  static bool read(json::reader& from, T& into, decode_error& error) noexcept {
    if constexpr (short_ways) {  // where flash is little, nobody reads a State
      if (error.null_means_nan && from.next() == json::value_kind::null) {
        into = std::numeric_limits<T>::quiet_NaN();
        return from.null() || error.expect(expected);
      }
    }
    const auto found = from.number();
    if (!found || !json::finite(static_cast<T>(*found))) return error.expect(expected);
    into = static_cast<T>(*found);
    return true;
  }
};

/// Enums are sent as the names of their values.
template <class T>
requires std::is_enum_v<T>
struct codec<T> : scalar_codec<T> {
  static constexpr bool is_enum = true;
  static constexpr std::string_view expected = detail::one_of<T>.view();
  static void write(json::writer& out, T value) noexcept {
    static_assert(detail::right_enum<T>);
    const std::string_view name = detail::name_of_value(value);
    if (name.empty()) return out.null();  // not a value of the enum
    if constexpr (!short_ways) return out.string(name);
    out.raw('"');
    out.raw(name);
    out.raw('"');
  }
  static bool read(json::reader& from, T& into, decode_error& error) noexcept {
    static_assert(detail::right_enum<T>);
    const auto found = from.string();
    if (!found) return error.expect(expected);
    const std::size_t index = json::index_of(*found, detail::enum_names<T>);
    if (index == detail::enum_names<T>.size()) return error.expect(expected);
    into = static_cast<T>(index);
    return true;
  }
};

template <std::size_t N>
struct codec<text<N>> : scalar_codec<text<N>> {
  static constexpr std::string_view expected = "string";
  static void write(json::writer& out, const text<N>& value) noexcept { out.string(value.view()); }
  static bool read(json::reader& from, text<N>& into, decode_error& error) noexcept {
    const auto found = from.string();
    if (!found) return error.expect(expected);
    const std::size_t size = found->size();
    if (size > N) return error.expect(too_long.view());
    into.resize_and_overwrite(size, [&](char* bytes) noexcept { (void)found->decode(bytes); });
    return true;
  }

 private:
  static constexpr auto too_long =
      detail::fitted([] { return detail::with_number<N>("string of at most ", " bytes"); });
};

}  // namespace musubi
