#pragma once
/// A value that is fetched in the background (contract section 8).
///
///     struct State { musubi::async<forecast> weather; };
///     musubi::async<forecast> weather;                       // in the store; render copies it
///     ...
///     ctx.assign_async<&station::weather>(*this, fetch_forecast(city));

#include <optional>
#include <string_view>
#include <utility>

#include <musubi/memory/text.hpp>
#include <musubi/schema/codec_record.hpp>
#include <musubi/store/stream/stream.hpp>

namespace musubi {

enum class async_status : std::uint8_t { loading, ok, failed };

/// Why an async value failed, as the client sees it.
struct async_reason {
  enum class kind_of : std::uint8_t {
    error,  ///< the task ended with an error
    exit,   ///< it was cancelled, took too long, or threw
  };
  kind_of kind;
  text<47> value;
};

/// A `T` that is loading, ok or failed. The previous value is kept while it is loaded again, and if
/// that fails.
template <class T>
struct async {
  using value_type = T;

  async() noexcept {}  // not an aggregate, because it has its own wire form
  [[nodiscard]] static async ok(T value) noexcept {
    async made;
    made.status = async_status::ok;
    made.result.emplace(std::move(value));
    return made;
  }

  async_status status = async_status::loading;
  std::optional<T> result;
  std::optional<async_reason> reason;
};

/// Whether the items of a stream are being fetched; the stream holds the items.
template <class Item, auto Key>
struct async<stream<Item, Key>> {
  using value_type = stream<Item, Key>;
  async() noexcept {}

  async_status status = async_status::loading;
  std::optional<async_reason> reason;
};

namespace detail {
template <class T>
inline constexpr bool is_async = false;
template <class T>
inline constexpr bool is_async<async<T>> = true;

template <class Item, auto Key>
struct stream_holder<async<stream<Item, Key>>> {
  static constexpr std::size_t count = 1;
};

template <class T, place P>
struct mistakes_in<async<T>, P> {
  static consteval auto find() {
    if constexpr (P == place::chosen) {
      return one<mistake::not_in_an_alternative, async<T>>;
    } else if constexpr (!of_state(P)) {
      return one<mistake::async_outside_of_state, async<T>>;
    } else if constexpr (is_stream<T>) {
      return mistakes_of_value<T, P>();
    } else {
      return mistakes_of_value<T, place::sent>();
    }
  }
};
}  // namespace detail

template <class T>
struct codec<async<T>> {
  static constexpr std::string_view expected = "async value";

  static void write_named(json::writer& out, const async<T>& value,
                          std::string_view name) noexcept {
    out.raw("{\"__musubi_async__\":true,\"status\":");
    codec<async_status>::write(out, value.status);
    out.raw(",\"result\":");
    if constexpr (detail::is_stream<T>) {
      codec<T>::write_named(out, {}, name);
    } else {
      codec<std::optional<T>>::write(out, value.result);
    }
    out.raw(",\"reason\":");
    codec<std::optional<async_reason>>::write(out, value.reason);
    out.raw('}');
  }
  static void write(json::writer& out, const async<T>& value) noexcept {
    if constexpr (detail::is_stream<T>) {
      static_assert(sizeof(mistake::stream_in_container<T, T, T>) != 0);
    }
    write_named(out, value, {});
  }
  static bool equal(const async<T>& a, const async<T>& b) noexcept {
    bool same =
        a.status == b.status && codec<std::optional<async_reason>>::equal(a.reason, b.reason);
    if constexpr (!detail::is_stream<T>) {
      same = same && codec<std::optional<T>>::equal(a.result, b.result);
    }
    return same;
  }
  static void diff(operations& ops, const pointer& at, const async<T>& before,
                   const async<T>& after) noexcept {
    codec<async_status>::diff(ops, at.member("status"), before.status, after.status);
    if constexpr (!detail::is_stream<T>) {
      codec<std::optional<T>>::diff(ops, at.member("result"), before.result, after.result);
    }
    codec<std::optional<async_reason>>::diff(ops, at.member("reason"), before.reason, after.reason);
  }
  /// A reason of another shape than this library's is taken as an error without words.
  static bool read(json::reader& from, async<T>& into, decode_error& error) noexcept {
    static constexpr std::string_view names[] = {"status", "result", "reason"};
    std::string_view texts[3];
    std::uint32_t twice = 0;
    if (!json::find_members(from, names, texts, twice)) return error.expect(expected);
    if (!detail::read_field(texts[0], false, names[0], into.status, error)) return false;
    json::reader reason(texts[2]);
    decode_error untold = error.another();
    if (!codec<std::optional<async_reason>>::read(reason, into.reason, untold)) {
      into.reason.emplace(async_reason{async_reason::kind_of::error, {}});
    }
    if constexpr (detail::is_stream<T>) {
      T marker;
      return detail::read_field(texts[1], false, names[1], marker, error);
    } else {
      return detail::read_field(texts[1], false, names[1], into.result, error);
    }
  }
};

}  // namespace musubi
