#include "unit/json/random_json.hpp"
#include "unit/schema/wire.hpp"

#include <gtest/gtest.h>
#include <string>

#include <musubi/schema/codec_record.hpp>

namespace musubi {
namespace {

using test::diff;
using test::fault_in;
using test::read;
using test::to_json;

enum class mode { off, on };

struct span {
  int from;
  int to;
};

struct zone {
  text<8> name;
  mode now;
  std::optional<float> limit;
  list<span, 3> spans;
};

struct house {
  std::array<zone, 2> zones;
  dict<text<4>, span, 2> named;
  bool occupied;
};

struct nothing {};

struct example {  // contract section 6.3, as far as the keys of a struct stay
  list<int, 4> items;
  bool z;
};

struct ten {  // more than are looked for at once where flash is little
  int a, b, c, d, e, f, g, h, i, j;
};

class celsius {
 public:
  celsius() = default;
  celsius(int target, int now) : target_(target), now_(now) {}
  [[nodiscard]] int target() const { return target_; }

 private:
  int target_ = 0;
  int now_ = 0;

 public:
  static constexpr auto fields =
      musubi::fields(musubi::field("target-value", &celsius::target_, "What to reach."),
                     musubi::field("now", &celsius::now_));
};

struct patience {
  std::optional<int> seconds;
  std::optional<span> range;
  int times;
};

TEST(codec_of_a_struct, writes_its_fields_in_their_order) {
  EXPECT_EQ(to_json(zone{"hall", mode::on, 21.5F, {span{6, 8}, span{17, 22}}}),
            R"({"name":"hall","now":"on","limit":21.5,"spans":[{"from":6,"to":8},)"
            R"({"from":17,"to":22}]})");
  EXPECT_EQ(to_json(nothing{}), "{}");
}

// contract section 5.8
TEST(codec_of_a_struct, writes_an_absent_value_as_null) {
  EXPECT_EQ(to_json(zone{}), R"({"name":"","now":"off","limit":null,"spans":[]})");
}

TEST(codec_of_a_struct, reads_what_it_wrote) {
  const house whole{
      {zone{"a", mode::on, 1.25F, {span{1, 2}}}, zone{"b", mode::off, {}, {}}}, {}, true};
  const std::string json = to_json(whole);
  EXPECT_EQ(to_json(read<house>(json)), json);
  EXPECT_TRUE(codec<house>::equal(read<house>(json), whole));
}

TEST(codec_of_a_struct, reads_the_same_in_its_own_order_and_with_something_wrong) {
  const house whole{
      {zone{"a", mode::on, 1.25F, {span{1, 2}}}, zone{"b", mode::off, {}, {}}}, {}, true};
  const std::string json = to_json(whole);
  test::random_json random(17);
  for (int i = 0; i < 2000; ++i) (void)fault_in<house>(random.damaged(json));  // compares two ways
}

TEST(codec_of_a_struct, reads_fields_in_any_order_and_ignores_what_it_does_not_know) {
  const auto got = read<span>(R"({"x":[1,{"to":9}],"to":2,"y":null,"from":1})");
  EXPECT_EQ(got.from, 1);
  EXPECT_EQ(got.to, 2);
}

TEST(codec_of_a_struct, refuses_a_field_that_is_given_twice) {
  EXPECT_EQ(fault_in<span>(R"({"from":1,"to":2,"from":1})"), "from: given once");
  EXPECT_EQ(fault_in<span>(R"({"from":1,"to":2,"fro\u006d":1})"), "from: given once");
}

TEST(codec_of_a_struct, ignores_what_is_not_a_field_however_often_it_is_given) {
  EXPECT_EQ(read<span>(R"({"x":1,"from":1,"x":{},"to":2})").to, 2);
}

TEST(codec_of_a_struct, knows_a_field_in_every_spelling) {
  EXPECT_EQ(read<span>(R"({"t\u006f":2,"\u0066rom":1})").to, 2);
}

TEST(codec_of_a_struct, names_the_first_field_at_fault_whatever_the_order_of_the_keys) {
  for (const auto* json : {R"({"from":"a","to":"b"})", R"({"to":"b","from":"a"})"}) {
    EXPECT_EQ(fault_in<span>(json), "from: integer") << json;
  }
}

TEST(codec_of_a_struct, reads_many_fields_in_any_order) {
  const ten got =
      read<ten>(R"({"j":10,"i":9,"h":8,"g":7,"f":6,"e":5,"d":4,"c":3,"b":2,"a":1,"k":11})");
  EXPECT_EQ(to_json(got), R"({"a":1,"b":2,"c":3,"d":4,"e":5,"f":6,"g":7,"h":8,"i":9,"j":10})");
  EXPECT_EQ(
      fault_in<ten>(R"({"j":"10","a":1,"b":2,"c":3,"d":4,"e":5,"f":6,"g":7,"h":8,"i":9,"i":9})"),
      "i: given once");
  EXPECT_EQ(fault_in<ten>(R"({"a":1,"b":2,"c":3,"d":4,"e":5,"f":6,"g":7,"h":8,"i":9})"),
            "j: integer");
}

TEST(codec_of_a_struct, expects_an_object) {
  for (const auto* json : {"[]", "null", "1", "\"\""}) EXPECT_EQ(fault_in<span>(json), ": object");
  EXPECT_EQ(fault_in<nothing>("{}"), "");
  EXPECT_EQ(fault_in<nothing>("[]"), ": object");
}

TEST(codec_of_a_struct, names_the_field_that_is_missing_and_what_it_should_be) {
  EXPECT_EQ(fault_in<span>(R"({"from":1})"), "to: integer");
  EXPECT_EQ(fault_in<zone>(R"({"name":"a","now":"on","limit":null})"), "spans: array");
  EXPECT_EQ(fault_in<zone>(R"({"name":"a","limit":null,"spans":[]})"), "now: one of off, on");
}

TEST(codec_of_a_struct, names_the_field_that_is_wrong_wherever_it_lies) {
  EXPECT_EQ(fault_in<span>(R"({"from":"1","to":2})"), "from: integer");
  EXPECT_EQ(fault_in<zone>(R"({"name":"123456789","now":"on","limit":null,"spans":[]})"),
            "name: string of at most 8 bytes");
  EXPECT_EQ(fault_in<zone>(R"({"name":"","now":"on","limit":null,)"
                           R"("spans":[{"from":1,"to":2},{"from":1,"to":2.5}]})"),
            "spans[1].to: integer from -2147483648 to 2147483647");
  EXPECT_EQ(fault_in<zone>(R"({"name":"","now":"on","limit":"5","spans":[]})"), "limit: number");
  const std::string good = R"({"name":"","now":"on","limit":null,"spans":[]})";
  EXPECT_EQ(fault_in<house>(R"({"zones":[)" + good + R"(,{"name":"","now":3}],)" +
                            R"("named":{},"occupied":true})"),
            "zones[1].now: one of off, on");
  EXPECT_EQ(fault_in<house>(R"({"zones":[)" + good + "," + good + R"(],)" +
                            R"("named":{"x":{"from":1}},"occupied":true})"),
            "named.x.to: integer");
}

// contract section 4.8
TEST(codec_of_a_struct, wants_an_optional_field_to_be_present_in_a_command) {
  EXPECT_EQ(fault_in<patience>(R"({"seconds":null,"range":null,"times":1})"), "");
  EXPECT_EQ(fault_in<patience>(R"({"range":null,"times":1})"), "seconds: integer");
  EXPECT_EQ(fault_in<patience>(R"({"seconds":1,"times":1})"), "range: object");
}

TEST(codec_of_a_struct, takes_an_absent_optional_field_for_null_where_that_is_allowed) {
  patience got{5, span{1, 2}, 0};
  EXPECT_EQ(test::read_into(got, R"({"times":1})", true), "");
  EXPECT_EQ(got.seconds, std::nullopt);
  EXPECT_FALSE(got.range);
  EXPECT_EQ(fault_in<patience>(R"({"seconds":1})", true), "times: integer");
}

TEST(codec_of_a_struct, goes_through_its_fields_in_descending_order_of_their_names) {
  EXPECT_EQ(
      diff(span{1, 2}, span{3, 4}),
      R"([{"op":"replace","path":"/to","value":4},{"op":"replace","path":"/from","value":3}])");
}

// contract section 6.2
TEST(codec_of_a_struct, says_only_what_changed) {
  zone before{"hall", mode::on, {}, {span{6, 8}}};
  zone after = before;
  EXPECT_EQ(diff(before, after), "");
  after.spans[0].to = 9;
  EXPECT_EQ(diff(before, after), R"([{"op":"replace","path":"/spans/0/to","value":9}])");
  after = before;
  after.limit = 3.5F;
  EXPECT_EQ(diff(before, after), R"([{"op":"replace","path":"/limit","value":3.5}])");
}

TEST(codec_of_a_struct, adds_whole_elements) {
  zone before{"hall", mode::on, {}, {}};
  zone after{"hall", mode::on, {}, {span{6, 8}}};
  EXPECT_EQ(diff(before, after), R"([{"op":"add","path":"/spans/0","value":{"from":6,"to":8}}])");
  EXPECT_EQ(diff(after, before), R"([{"op":"remove","path":"/spans/0"}])");
}

// contract section 6.3
TEST(codec_of_a_struct, emits_operations_in_the_order_of_the_contract) {
  EXPECT_EQ(diff(example{{1, 2, 3}, true}, example{{1, 9}, false}),
            R"([{"op":"replace","path":"/z","value":false},{"op":"remove","path":"/items/2"},)"
            R"({"op":"replace","path":"/items/1","value":9}])");
}

TEST(codec_of_a_struct, uses_an_explicit_list_of_fields) {
  EXPECT_EQ(to_json(celsius(21, 19)), R"({"target-value":21,"now":19})");
  EXPECT_EQ(read<celsius>(R"({"now":1,"target-value":5})").target(), 5);
  EXPECT_EQ(fault_in<celsius>(R"({"now":1})"), "target-value: integer");
  EXPECT_EQ(diff(celsius(1, 2), celsius(3, 4)),
            R"([{"op":"replace","path":"/target-value","value":3},)"
            R"({"op":"replace","path":"/now","value":4}])");
}

}  // namespace
}  // namespace musubi
