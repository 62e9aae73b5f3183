#pragma once
/// The wire form of numbers with a fixed count of decimals.

#include <musubi/memory/fixed.hpp>
#include <musubi/schema/codec.hpp>

namespace musubi {

namespace detail {
/// "number from -214748364.8 to 214748364.7 in steps of 0.1"
constexpr sentence<80> range_of_fixed(unsigned decimals) {
  sentence<80> made;
  const auto add = [&](std::int64_t scaled) {
    std::int64_t scale = 1;
    for (unsigned i = 0; i != decimals; ++i) scale *= 10;
    if (scaled < 0) made.add("-");
    const std::int64_t size = scaled < 0 ? -scaled : scaled;
    made.add_number(size / scale);
    made.add(".");
    for (scale /= 10; scale != 0; scale /= 10) made.add_number(size / scale % 10);
  };
  made.add("number from ");
  add(std::numeric_limits<std::int32_t>::min());
  made.add(" to ");
  add(std::numeric_limits<std::int32_t>::max());
  made.add(" in steps of ");
  add(1);
  return made;
}
}  // namespace detail

/// A number. One between two steps is refused, not rounded.
template <unsigned Decimals>
struct codec<fixed<Decimals>> : scalar_codec<fixed<Decimals>> {
  static constexpr std::string_view typescript = "number";
  static constexpr std::string_view expected = "number";
  static void write(json::writer& out, fixed<Decimals> value) noexcept {
    out.scaled_number(value.scaled(), Decimals);
  }
  static bool read(json::reader& from, fixed<Decimals>& into, decode_error& error) noexcept {
    if (from.next() != json::value_kind::number) return error.expect(expected);
    const auto found = from.integer(static_cast<int>(Decimals));
    if (!found || !std::in_range<std::int32_t>(*found)) return error.expect(range.view());
    into = fixed<Decimals>::from_scaled(static_cast<std::int32_t>(*found));
    return true;
  }

 private:
  static constexpr auto range = detail::fitted([] { return detail::range_of_fixed(Decimals); });
};

}  // namespace musubi
