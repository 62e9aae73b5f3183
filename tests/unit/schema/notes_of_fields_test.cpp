#include "unit/schema/wire.hpp"

#include <gtest/gtest.h>
#include <optional>
#include <string>

#include <musubi/schema/codec_record.hpp>
#include <musubi/schema/notes_of_fields.hpp>

namespace musubi::detail {
namespace {

using test::fault_in;
using test::read;

struct noted {
  text<8> room;
  fixed<1> inside;
  fixed<1> outside;  // of the same type
  std::optional<float> load;
  int about_nothing;
  static constexpr auto about =
      musubi::about(musubi::field(&noted::outside)
                        .unit("°C")
                        .device_class("temperature")
                        .state_class("measurement"),
                    musubi::field(&noted::load, "Of all cores.").range(0, 1.5).step(0.25));
};
struct listed_with_unit {
  int volts_;
  static constexpr auto fields =
      musubi::fields(musubi::field("volts", &listed_with_unit::volts_, "On the line.").unit("V"));
};
struct asks {
  std::int32_t celsius;
  static constexpr auto about = musubi::about(musubi::field(&asks::celsius).range(5, 30));
};
struct tries {
  fixed<1> volts;
  std::optional<double> load;
  safe_integer since;
  static constexpr auto about = musubi::about(musubi::field(&tries::volts).range(-0.5, 12.5),
                                              musubi::field(&tries::load).range(0, 1),
                                              musubi::field(&tries::since).range(0, 1e12));
};
struct nested {
  asks inner;
  bool on;
};
struct has_a_member_of_that_name {
  int about;
};

TEST(notes_of_a_field, are_found_for_it_and_for_no_other) {
  constexpr field_notes outside = notes_of<noted, 2>();
  EXPECT_EQ(outside.unit, "°C");
  EXPECT_EQ(outside.device_class, "temperature");
  EXPECT_EQ(outside.state_class, "measurement");
  EXPECT_FALSE(outside.has_range);
  constexpr field_notes load = notes_of<noted, 3>();
  EXPECT_EQ(load.documentation, "Of all cores.");
  EXPECT_TRUE(load.has_range);
  EXPECT_EQ(load.most, 1.5);
  EXPECT_EQ(load.step, 0.25);
  for (const field_notes& none :
       {notes_of<noted, 0>(), notes_of<noted, 1>(), notes_of<noted, 4>()}) {
    EXPECT_EQ(none.unit, "");
    EXPECT_EQ(none.documentation, "");
    EXPECT_FALSE(none.has_range);
  }
}

TEST(notes_of_a_field, come_from_a_list_of_all_fields_where_there_is_one) {
  EXPECT_EQ((notes_of<listed_with_unit, 0>().unit), "V");
  EXPECT_EQ((notes_of<listed_with_unit, 0>().documentation), "On the line.");
}

TEST(notes_of_a_field, leave_names_order_and_wire_form_as_they_are) {
  EXPECT_EQ(field_names<noted>[2], "outside");
  EXPECT_EQ(field_count<noted>(), 5U);
  EXPECT_FALSE(lists_fields<noted>);
  EXPECT_EQ(test::to_json(asks{7}), R"({"celsius":7})");
  EXPECT_FALSE(makes_remarks<has_a_member_of_that_name>);
  EXPECT_EQ(test::to_json(has_a_member_of_that_name{7}), R"({"about":7})");
}

TEST(a_range, holds_both_of_its_ends) {
  EXPECT_EQ(read<asks>(R"({"celsius":5})").celsius, 5);
  EXPECT_EQ(read<asks>(R"({"celsius":30})").celsius, 30);
}

TEST(a_range, refuses_what_is_beyond_it_and_says_where_it_ends) {
  EXPECT_EQ(fault_in<asks>(R"({"celsius":4})"), "celsius: integer from 5 to 30");
  EXPECT_EQ(fault_in<asks>(R"({"celsius":31})"), "celsius: integer from 5 to 30");
  EXPECT_EQ(fault_in<asks>(R"({ "x":1, "celsius" : 31 })"), "celsius: integer from 5 to 30");
  EXPECT_EQ(fault_in<nested>(R"({"inner":{"celsius":31},"on":true})"),
            "inner.celsius: integer from 5 to 30");
}

TEST(a_range, says_of_another_type_that_it_is_another_type) {
  EXPECT_EQ(fault_in<asks>(R"({"celsius":"warm"})"), "celsius: integer");
}

TEST(a_range, is_of_numbers_of_every_kind) {
  const auto fault = [](std::string_view volts, std::string_view load, std::string_view since) {
    return fault_in<tries>("{\"volts\":" + std::string(volts) + ",\"load\":" + std::string(load) +
                           ",\"since\":" + std::string(since) + "}");
  };
  EXPECT_EQ(read<tries>(R"({"volts":-0.5,"load":null,"since":1000000000000})").volts.scaled(), -5);
  EXPECT_EQ(read<tries>(R"({"volts":12.5,"load":1,"since":0})").load, 1.0);
  EXPECT_EQ(fault("12.6", "0", "0"), "volts: number from -0.5 to 12.5");
  EXPECT_EQ(fault("0", "1.01", "0"), "load: number from 0 to 1");
  EXPECT_EQ(fault("0", "-0.01", "0"), "load: number from 0 to 1");
  EXPECT_EQ(fault("0", "0", "-1"), "since: integer from 0 to 1000000000000");
}

TEST(a_range, does_not_keep_a_client_from_reading_a_state) {
  asks into{};
  decode_error error;
  error.null_means_nan = true;  // as a client reads
  json::reader from(R"({"celsius":99})");
  EXPECT_TRUE(codec<asks>::read(from, into, error));
  EXPECT_EQ(into.celsius, 99);
}

TEST(decimal_of, writes_numbers_as_people_do) {
  const auto text = [](double value) { return std::string(decimal_of(value).view()); };
  EXPECT_EQ(text(5), "5");
  EXPECT_EQ(text(-0.5), "-0.5");
  EXPECT_EQ(text(0.05), "0.05");
  EXPECT_EQ(text(12.125), "12.125");
  EXPECT_EQ(text(0), "0");
  EXPECT_EQ(text(-20), "-20");
  EXPECT_EQ(text(0.000000001), "0.000000001");
  EXPECT_EQ(text(1e12), "1000000000000");
}

}  // namespace
}  // namespace musubi::detail
