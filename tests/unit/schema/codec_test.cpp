#include "unit/schema/wire.hpp"

#include <cstdint>
#include <gtest/gtest.h>
#include <limits>
#include <string>

#include <musubi/schema/codec.hpp>

namespace {

enum class heating_mode : std::uint8_t { off, eco, comfort };
enum class sparse { first, third = 2 };

/// A type of an application, which says itself how it travels.
struct colour {
  std::uint8_t red;
  std::uint8_t green;
  std::uint8_t blue;
  bool operator==(const colour&) const = default;
};

}  // namespace

template <>
struct musubi::codec<colour> : musubi::scalar_codec<colour> {
  static constexpr std::string_view expected = "colour like \"#ff8800\"";
  static void write(json::writer& out, const colour& value) noexcept {
    constexpr std::string_view digits = "0123456789abcdef";
    out.raw("\"#");
    for (const unsigned part : {value.red, value.green, value.blue}) {
      out.raw(digits[part / 16]);
      out.raw(digits[part % 16]);
    }
    out.raw('"');
  }
  static bool read(json::reader& from, colour& into, decode_error& error) noexcept {
    const auto found = from.string();
    if (!found || !(*found == "#ff8800")) return error.expect(expected);
    into = {0xFF, 0x88, 0x00};
    return true;
  }
};

namespace musubi {
namespace {

using test::diff;
using test::fault_in;
using test::read;
using test::to_json;

TEST(codec_of_bool, writes_and_reads) {
  EXPECT_EQ(to_json(true), "true");
  EXPECT_EQ(read<bool>("true"), true);
  EXPECT_EQ(read<bool>("false"), false);
}

TEST(codec_of_bool, expects_a_boolean) {
  for (const auto* json : {"1", "null", "\"true\"", "[]", "{}"}) {
    EXPECT_EQ(fault_in<bool>(json), ": boolean");
  }
}

TEST(codec_of_integers, reads_the_whole_range_of_each_width) {
  EXPECT_EQ(read<std::int8_t>("-128"), -128);
  EXPECT_EQ(read<std::int8_t>("127"), 127);
  EXPECT_EQ(read<std::uint8_t>("255"), 255);
  EXPECT_EQ(read<std::int16_t>("-32768"), -32768);
  EXPECT_EQ(read<std::uint16_t>("65535"), 65535);
  EXPECT_EQ(read<std::int32_t>("-2147483648"), std::numeric_limits<std::int32_t>::min());
  EXPECT_EQ(read<std::uint32_t>("4294967295"), std::numeric_limits<std::uint32_t>::max());
}

TEST(codec_of_integers, tells_the_range_to_a_number_outside_of_it) {
  EXPECT_EQ(fault_in<std::int8_t>("128"), ": integer from -128 to 127");
  EXPECT_EQ(fault_in<std::int8_t>("-129"), ": integer from -128 to 127");
  EXPECT_EQ(fault_in<std::uint8_t>("-1"), ": integer from 0 to 255");
  EXPECT_EQ(fault_in<std::int16_t>("40000"), ": integer from -32768 to 32767");
  EXPECT_EQ(fault_in<std::uint16_t>("65536"), ": integer from 0 to 65535");
  EXPECT_EQ(fault_in<std::int32_t>("2147483648"), ": integer from -2147483648 to 2147483647");
  EXPECT_EQ(fault_in<std::uint32_t>("4294967296"), ": integer from 0 to 4294967295");
}

TEST(codec_of_integers, takes_no_fraction) {
  EXPECT_EQ(fault_in<std::uint8_t>("1.5"), ": integer from 0 to 255");
  EXPECT_EQ(read<std::uint8_t>("2.0"), 2);
}

TEST(codec_of_integers, expects_an_integer) {
  for (const auto* json : {"\"1\"", "null", "true", "[1]", "{}"}) {
    EXPECT_EQ(fault_in<std::int32_t>(json), ": integer");
  }
}

TEST(codec_of_integers, writes_every_width) {
  EXPECT_EQ(to_json(std::int8_t{-5}), "-5");
  EXPECT_EQ(to_json(std::uint8_t{65}), "65");
  EXPECT_EQ(to_json(std::numeric_limits<std::int32_t>::min()), "-2147483648");
  EXPECT_EQ(to_json(std::numeric_limits<std::uint32_t>::max()), "4294967295");
}

TEST(codec_of_safe_integer, reads_and_writes_what_every_browser_holds) {
  EXPECT_EQ(to_json(safe_integer(safe_integer::max)), "9007199254740991");
  EXPECT_EQ(to_json(safe_integer(safe_integer::min)), "-9007199254740991");
  EXPECT_EQ(read<safe_integer>("9007199254740991"), safe_integer::max);
  EXPECT_EQ(read<safe_integer>("-9007199254740991"), safe_integer::min);
  EXPECT_EQ(diff(safe_integer(1), safe_integer(2)), R"([{"op":"replace","path":"","value":2}])");
}

TEST(codec_of_safe_integer, tells_what_it_takes) {
  const std::string range = ": integer from -9007199254740991 to 9007199254740991";
  EXPECT_EQ(fault_in<safe_integer>("9007199254740992"), range);
  EXPECT_EQ(fault_in<safe_integer>("1.5"), range);
  EXPECT_EQ(fault_in<safe_integer>("\"1\""), ": integer");
}

TEST(codec_of_fixed, writes_the_decimals_that_there_are) {
  const auto text = [](std::int32_t scaled) { return to_json(fixed<3>::from_scaled(scaled)); };
  EXPECT_EQ(text(0), "0");
  EXPECT_EQ(text(7), "0.007");
  EXPECT_EQ(text(-120), "-0.12");
  EXPECT_EQ(text(21500), "21.5");
  EXPECT_EQ(text(21000), "21");
  EXPECT_EQ(text(std::numeric_limits<std::int32_t>::max()), "2147483.647");
  EXPECT_EQ(text(std::numeric_limits<std::int32_t>::min()), "-2147483.648");
  EXPECT_EQ(to_json(fixed<9>::from_scaled(-1)), "-0.000000001");
  EXPECT_EQ(diff(fixed<1>::from_scaled(1), fixed<1>::from_scaled(2)),
            R"([{"op":"replace","path":"","value":0.2}])");
}

TEST(codec_of_fixed, reads_a_number_however_it_is_written) {
  for (const char* text : {"21.5", "21.50", "215e-1", "0.215E2", "2.15e+1"}) {
    EXPECT_EQ(read<fixed<1>>(text), fixed<1>::from_scaled(215)) << text;
  }
  EXPECT_EQ(read<fixed<2>>("-0"), fixed<2>());
  EXPECT_EQ(read<fixed<3>>("-2147483.648"),
            fixed<3>::from_scaled(std::numeric_limits<std::int32_t>::min()));
}

TEST(codec_of_fixed, reads_what_it_writes) {
  for (std::int32_t scaled = -100'050; scaled <= 100'050; scaled += 7) {
    EXPECT_EQ(read<fixed<3>>(to_json(fixed<3>::from_scaled(scaled))),
              fixed<3>::from_scaled(scaled));
  }
}

TEST(codec_of_fixed, refuses_what_it_would_have_to_round_or_cannot_hold) {
  const std::string range = ": number from -214748364.8 to 214748364.7 in steps of 0.1";
  EXPECT_EQ(fault_in<fixed<1>>("21.55"), range);
  EXPECT_EQ(fault_in<fixed<1>>("214748364.8"), range);
  EXPECT_EQ(fault_in<fixed<1>>("1e300"), range);
  EXPECT_EQ(fault_in<fixed<1>>("\"21.5\""), ": number");
  EXPECT_EQ(fault_in<fixed<9>>("3"),
            ": number from -2.147483648 to 2.147483647 in steps of 0.000000001");
}

TEST(codec_of_as_text, reads_and_writes_all_digits_as_a_string) {
  EXPECT_EQ(to_json(as_text(std::numeric_limits<std::uint64_t>::max())),
            "\"18446744073709551615\"");
  EXPECT_EQ(to_json(as_text(std::numeric_limits<std::int64_t>::min())), "\"-9223372036854775808\"");
  EXPECT_EQ(read<as_text<std::uint64_t>>("\"18446744073709551615\""),
            std::numeric_limits<std::uint64_t>::max());
  EXPECT_EQ(read<as_text<std::int64_t>>("\"-1\""), -1);
}

TEST(codec_of_as_text, tells_what_it_takes) {
  for (const auto* json :
       {"1", "\"\"", "\"+1\"", "\" 1\"", "\"1 \"", "\"0x1\"", "\"1.0\"", "null"}) {
    EXPECT_EQ(fault_in<as_text<std::int64_t>>(json), ": string with an integer") << json;
  }
  EXPECT_EQ(fault_in<as_text<std::uint64_t>>("\"-1\""), ": string with an integer");
  EXPECT_EQ(fault_in<as_text<std::uint64_t>>("\"18446744073709551616\""),
            ": string with an integer from 0 to 18446744073709551615");
}

TEST(codec_of_floating_point, writes_and_reads) {
  EXPECT_EQ(to_json(21.5F), "21.5");
  EXPECT_EQ(to_json(0.1F), "0.1");
  EXPECT_EQ(to_json(0.1), "0.1");
  EXPECT_EQ(read<float>("21.5"), 21.5F);
  EXPECT_EQ(read<double>("3"), 3.0);
}

TEST(codec_of_floating_point, expects_a_number_that_fits) {
  EXPECT_EQ(fault_in<float>("\"1\""), ": number");
  EXPECT_EQ(fault_in<float>("null"), ": number");
  EXPECT_EQ(fault_in<float>("1e39"), ": number");
  EXPECT_EQ(fault_in<double>("1e999"), ": number");
  EXPECT_EQ(read<double>("1e39"), 1e39);
}

TEST(codec_of_floating_point, writes_what_is_no_number_as_null) {
  EXPECT_EQ(to_json(std::numeric_limits<double>::quiet_NaN()), "null");
  EXPECT_EQ(to_json(std::numeric_limits<float>::infinity()), "null");
}

TEST(codec_of_floating_point, finds_no_change_where_the_wire_shows_none) {
  constexpr double nan = std::numeric_limits<double>::quiet_NaN();
  constexpr double infinity = std::numeric_limits<double>::infinity();
  EXPECT_EQ(diff(nan, nan), "");
  EXPECT_EQ(diff(nan, infinity), "");
  EXPECT_EQ(diff(infinity, -infinity), "");
  EXPECT_EQ(diff(0.0, -0.0), "");
  EXPECT_EQ(diff(1.5, 1.5), "");
}

TEST(codec_of_floating_point, finds_the_change_from_and_to_what_is_no_number) {
  constexpr double nan = std::numeric_limits<double>::quiet_NaN();
  EXPECT_EQ(diff(1.5, nan), R"([{"op":"replace","path":"","value":null}])");
  EXPECT_EQ(diff(nan, 1.5), R"([{"op":"replace","path":"","value":1.5}])");
}

TEST(codec_of_enums, travels_by_name) {
  EXPECT_EQ(to_json(heating_mode::comfort), "\"comfort\"");
  EXPECT_EQ(read<heating_mode>("\"eco\""), heating_mode::eco);
}

TEST(codec_of_enums, tells_the_names_it_expects) {
  for (const auto* json : {"\"warm\"", "\"Eco\"", "\"\"", "1", "null"}) {
    EXPECT_EQ(fault_in<heating_mode>(json), ": one of off, eco, comfort");
  }
}

TEST(codec_of_enums, leaves_out_numbers_without_a_name) {
  EXPECT_EQ(to_json(sparse::third), "\"third\"");
  EXPECT_EQ(read<sparse>("\"third\""), sparse::third);
  EXPECT_EQ(fault_in<sparse>("\"\""), ": one of first, third");
}

TEST(codec_of_enums, writes_what_is_no_value_of_the_enum_as_null) {
  EXPECT_EQ(to_json(static_cast<heating_mode>(3)), "null");
  EXPECT_EQ(to_json(static_cast<heating_mode>(200)), "null");
  EXPECT_EQ(to_json(static_cast<sparse>(1)), "null");
  EXPECT_EQ(to_json(static_cast<sparse>(-1)), "null");
}

TEST(codec_of_text, writes_and_reads) {
  EXPECT_EQ(to_json(text<16>("a \"b\" \u00E9")), "\"a \\\"b\\\" \u00E9\"");
  EXPECT_EQ(read<text<8>>(R"("a\n\u00e9")"), "a\n\u00E9");
  EXPECT_TRUE(read<text<8>>("\"\"").empty());
}

TEST(codec_of_text, takes_what_fits_and_counts_bytes) {
  EXPECT_EQ(read<text<4>>("\"abcd\""), "abcd");
  EXPECT_EQ(fault_in<text<4>>("\"abcde\""), ": string of at most 4 bytes");
  EXPECT_EQ(fault_in<text<4>>("\"abc\u00E9\""), ": string of at most 4 bytes");
}

TEST(codec_of_text, leaves_the_old_text_where_the_new_one_does_not_fit) {
  text<4> kept = "old";
  EXPECT_NE(test::read_into(kept, "\"too long\""), "");
  EXPECT_EQ(kept, "old");
}

TEST(codec_of_text, expects_a_string) {
  for (const auto* json : {"1", "null", "true", "[]", "{}"}) {
    EXPECT_EQ(fault_in<text<4>>(json), ": string");
  }
}

template <class T>
std::string put(T value) {
  static_assert(detail::short_scalar<T>);
  char room[codec<T>::most_bytes];
  return {room, codec<T>::put(room, value)};
}

TEST(codec_of_scalars, puts_the_short_ones_as_it_writes_them) {
  for (const bool value : {false, true}) EXPECT_EQ(put(value), to_json(value));
  for (int value = -128; value < 256; ++value) {
    EXPECT_EQ(put(static_cast<std::int8_t>(value)), to_json(static_cast<std::int8_t>(value)));
    EXPECT_EQ(put(static_cast<std::uint8_t>(value)), to_json(static_cast<std::uint8_t>(value)));
  }
  using signed_limits = std::numeric_limits<std::int32_t>;
  for (const std::int32_t value : {signed_limits::min(), -10000, 999, 1000, signed_limits::max()}) {
    EXPECT_EQ(put(value), to_json(value));
    EXPECT_EQ(put(static_cast<std::uint32_t>(value)), to_json(static_cast<std::uint32_t>(value)));
  }
  for (const double value :
       {0.0, -0.0, 0.001, -21.5, 1e300, 1.0 / 3.0, std::numeric_limits<double>::infinity(),
        std::numeric_limits<double>::quiet_NaN()}) {
    EXPECT_EQ(put(value), to_json(value));
    EXPECT_EQ(put(static_cast<float>(value)), to_json(static_cast<float>(value)));
  }
  static_assert(!detail::short_scalar<colour> && !detail::short_scalar<text<4>>);
}

TEST(codec_of_scalars, replaces_them_whole) {
  EXPECT_EQ(diff(1, 2), R"([{"op":"replace","path":"","value":2}])");
  EXPECT_EQ(diff(true, true), "");
  EXPECT_EQ(diff(heating_mode::off, heating_mode::eco),
            R"([{"op":"replace","path":"","value":"eco"}])");
  EXPECT_EQ(diff(text<4>("a"), text<4>("b")), R"([{"op":"replace","path":"","value":"b"}])");
}

TEST(codec_of_an_application, is_used_like_any_other) {
  EXPECT_EQ(to_json(colour{0xFF, 0x88, 0x00}), "\"#ff8800\"");
  EXPECT_EQ((read<list<colour, 2>>("[\"#ff8800\"]"))[0].green, 0x88);
  EXPECT_EQ((fault_in<list<colour, 2>>("[7]")), "[0]: colour like \"#ff8800\"");
  EXPECT_EQ(diff(colour{0, 0, 0}, colour{1, 2, 3}),
            R"([{"op":"replace","path":"","value":"#010203"}])");
}

}  // namespace
}  // namespace musubi
