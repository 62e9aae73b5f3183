#pragma once
/// The wire form of optionals, lists, arrays and dicts.

#include <array>
#include <optional>

#include <musubi/memory/dict.hpp>
#include <musubi/memory/list.hpp>
#include <musubi/schema/codec.hpp>
#include <musubi/schema/key_fault.hpp>

namespace musubi {

namespace detail {
template <class T>
inline constexpr bool is_optional = false;
template <class T>
inline constexpr bool is_optional<std::optional<T>> = true;
template <class T>
inline constexpr bool is_text = false;
template <std::size_t N>
inline constexpr bool is_text<text<N>> = true;
}  // namespace detail

/// A value or null.
template <class T>
struct codec<std::optional<T>> {
  static constexpr std::string_view expected = codec<T>::expected;
  static void write(json::writer& out, const std::optional<T>& value) noexcept {
    if (value) {
      codec<T>::write(out, *value);
    } else {
      out.null();
    }
  }
  static bool equal(const std::optional<T>& a, const std::optional<T>& b) noexcept {
    return a.has_value() == b.has_value() && (!a || codec<T>::equal(*a, *b));
  }
  static void diff(operations& ops, const pointer& at, const std::optional<T>& before,
                   const std::optional<T>& after) noexcept {
    if constexpr (detail::is_optional<T>) {
      // the result of an async value: both kinds of nothing are null
      codec<T>::diff(ops, at, before.value_or(T()), after.value_or(T()));
    } else if (before && after) {
      codec<T>::diff(ops, at, *before, *after);
    } else if (before || after) {
      ops.replace(at, [&](json::writer& out) noexcept { write(out, after); });
    }
  }
  static bool read(json::reader& from, std::optional<T>& into, decode_error& error) noexcept {
    into.reset();
    if (from.next() == json::value_kind::null) return from.null() || error.expect(expected);
    return codec<T>::read(from, into.emplace(), error);
  }
};

namespace detail {

/// Arrays are compared index by index (contract section 6.3): new elements are added in ascending
/// order, missing ones are removed in descending order, then the common ones are compared from the
/// end.
template <class List>
struct sequence_codec {
  using item = typename List::value_type;
  static void write(json::writer& out, const List& items) noexcept {
    out.raw('[');
    bool first = true;
    for (const item& value : items) {
      if (!first) out.raw(',');
      first = false;
      codec<item>::write(out, value);
    }
    out.raw(']');
  }
  static bool equal(const List& a, const List& b) noexcept {
    if (a.size() != b.size()) return false;
    for (std::size_t i = 0; i < a.size(); ++i) {
      if (!codec<item>::equal(a[i], b[i])) return false;
    }
    return true;
  }
  static void diff(operations& ops, const pointer& at, const List& before,
                   const List& after) noexcept {
    for (std::size_t i = before.size(); i < after.size(); ++i) {
      ops.add(at.element(i),
              [&](json::writer& out) noexcept { codec<item>::write(out, after[i]); });
    }
    for (std::size_t i = before.size(); i > after.size(); --i) ops.remove(at.element(i - 1));
    for (std::size_t i = before.size() < after.size() ? before.size() : after.size(); i-- > 0;) {
      codec<item>::diff(ops, at.element(i), before[i], after[i]);
    }
  }
};

}  // namespace detail

template <class T, std::size_t N>
struct codec<list<T, N>> : detail::sequence_codec<list<T, N>> {
  static constexpr std::string_view expected = "array";
  static bool read(json::reader& from, list<T, N>& into, decode_error& error) noexcept {
    if (from.next() != json::value_kind::array) return error.expect(expected);
    into.clear();
    return from.elements([&]() noexcept {
      const std::size_t index = into.size();
      if (!into.push_back(T{})) return error.expect(too_many.view());
      return codec<T>::read(from, into.back(), error) || error.within(index);
    });
  }

 private:
  static constexpr auto too_many =
      detail::fitted([] { return detail::with_number<N>("array of at most ", " elements"); });
};

template <class T, std::size_t N>
struct codec<std::array<T, N>> : detail::sequence_codec<std::array<T, N>> {
  static constexpr auto exactly =
      detail::fitted([] { return detail::with_number<N>("array of ", " elements"); });
  static constexpr std::string_view expected = exactly.view();
  static bool read(json::reader& from, std::array<T, N>& into, decode_error& error) noexcept {
    if (from.next() != json::value_kind::array) return error.expect(expected);
    std::size_t count = 0;
    const bool fit = from.elements([&]() noexcept {
      if (count == N) return error.expect(expected);
      if (!codec<T>::read(from, into[count], error)) return error.within(count);
      ++count;
      return true;
    });
    return fit && (count == N || error.expect(expected));
  }
};

template <class K, class V, std::size_t N>
struct codec<dict<K, V, N>> {
  static constexpr std::string_view expected = "object";
  static void write(json::writer& out, const dict<K, V, N>& entries) noexcept {
    out.raw('{');
    for (std::size_t i = 0; i < entries.size(); ++i) {
      if (i != 0) out.raw(',');
      out.string(entries[i].key.view());
      out.raw(':');
      codec<V>::write(out, entries[i].value);
    }
    out.raw('}');
  }
  static bool equal(const dict<K, V, N>& a, const dict<K, V, N>& b) noexcept {
    if (a.size() != b.size()) return false;
    for (std::size_t i = 0; i < a.size(); ++i) {
      if (!(a[i].key == b[i].key) || !codec<V>::equal(a[i].value, b[i].value)) return false;
    }
    return true;
  }
  /// Removals, then the remaining keys, both in descending order (contract section 6.3).
  static void diff(operations& ops, const pointer& at, const dict<K, V, N>& before,
                   const dict<K, V, N>& after) noexcept {
    for (std::size_t i = before.size(); i-- > 0;) {
      if (after.find(before[i].key) == nullptr) ops.remove(at.entry(before[i].key.view()));
    }
    for (std::size_t i = after.size(); i-- > 0;) {
      const pointer entry = at.entry(after[i].key.view());
      const V& value = after[i].value;
      if (const V* previous = before.find(after[i].key)) {
        codec<V>::diff(ops, entry, *previous, value);
      } else {
        ops.add(entry, [&](json::writer& out) noexcept { codec<V>::write(out, value); });
      }
    }
  }
  static bool read(json::reader& from, dict<K, V, N>& into, decode_error& error) noexcept {
    if (from.next() != json::value_kind::object) return error.expect(expected);
    into.clear();
    const json::reader start = from;
    const bool fit = from.members([&](const json::string_token& name) noexcept {
      K key;
      V value{};
      const std::size_t size = name.size();
      if (size > K::capacity) return false;
      key.resize_and_overwrite(size, [&](char* bytes) noexcept { (void)name.decode(bytes); });
      return into.find(key) == nullptr && codec<V>::read(from, value, error) &&
             into.set(key, std::move(value));
    });
    return fit || explain(start, error);
  }

 private:
  /// Reports what is wrong with the object at `from`, independent of the order of its keys.
  static bool explain(json::reader from, decode_error& error) noexcept {
    error.forget();
    json::string_token key;
    switch (detail::find_key_fault(from, N, K::capacity, key)) {
      case detail::key_fault::malformed:
        return error.expect(json::expected_instead_of(json::read_problem::malformed));
      case detail::key_fault::too_many:
        return error.expect(too_many.view());
      case detail::key_fault::too_long:
        return error.expect(long_key.view());
      case detail::key_fault::reserved:
        (void)error.expect(another_key);
        return error.within(key);
      case detail::key_fault::given_twice:
        (void)error.expect(detail::given_once);
        return error.within(key);
      case detail::key_fault::none:
        break;
    }
    json::reader value = from;
    bool found = false;
    (void)from.members([&](const json::string_token& each) noexcept {
      json::reader at = from;
      V scratch{};
      decode_error untold = error.another();
      if (!codec<V>::read(at, scratch, untold) && (!found || each.compare(key) < 0)) {
        found = true;
        key = each;
        value = from;
      }
      return from.skip();
    });
    V scratch{};
    (void)codec<V>::read(value, scratch, error);
    return error.within(key);
  }

  static constexpr auto too_many =
      detail::fitted([] { return detail::with_number<N>("object of at most ", " keys"); });
  static constexpr std::string_view another_key = "key that does not begin with __musubi_";
  static constexpr auto long_key = detail::fitted(
      [] { return detail::with_number<K::capacity>("object with keys of at most ", " bytes"); });
};

}  // namespace musubi
