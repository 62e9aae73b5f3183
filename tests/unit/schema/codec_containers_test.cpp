#include "unit/schema/wire.hpp"

#include <gtest/gtest.h>
#include <string>

#include <musubi/schema/codec_containers.hpp>

namespace musubi {
namespace {

using test::diff;
using test::fault_in;
using test::read;
using test::to_json;

using numbers = list<int, 4>;
using prices = dict<text<8>, int, 3>;

prices priced(std::initializer_list<std::pair<std::string_view, int>> entries) {
  prices made;
  for (const auto& [key, value] : entries) EXPECT_TRUE(made.set(*text<8>::from(key), value));
  return made;
}

TEST(codec_of_optional, is_the_value_or_null) {
  EXPECT_EQ(to_json(std::optional<int>()), "null");
  EXPECT_EQ(to_json(std::optional<int>(5)), "5");
  EXPECT_EQ(read<std::optional<int>>("null"), std::nullopt);
  EXPECT_EQ(read<std::optional<int>>("5"), 5);
}

TEST(codec_of_optional, expects_what_its_value_expects) {
  EXPECT_EQ(fault_in<std::optional<int>>("\"5\""), ": integer");
}

TEST(codec_of_optional, forgets_an_older_value_at_null) {
  std::optional<int> kept = 3;
  EXPECT_EQ(test::read_into(kept, "null"), "");
  EXPECT_EQ(kept, std::nullopt);
}

TEST(codec_of_optional, is_replaced_when_it_comes_goes_or_changes) {
  using value = std::optional<int>;
  EXPECT_EQ(diff(value(), value()), "");
  EXPECT_EQ(diff(value(1), value(1)), "");
  EXPECT_EQ(diff(value(), value(1)), R"([{"op":"replace","path":"","value":1}])");
  EXPECT_EQ(diff(value(1), value()), R"([{"op":"replace","path":"","value":null}])");
  EXPECT_EQ(diff(value(1), value(2)), R"([{"op":"replace","path":"","value":2}])");
}

TEST(codec_of_optional, is_compared_inside_while_it_stays) {
  using value = std::optional<numbers>;
  EXPECT_EQ(diff(value(numbers{1, 2}), value(numbers{1, 3})),
            R"([{"op":"replace","path":"/1","value":3}])");
}

TEST(codec_of_list, writes_and_reads) {
  EXPECT_EQ(to_json(numbers{}), "[]");
  EXPECT_EQ(to_json(numbers{1, 2, 3}), "[1,2,3]");
  EXPECT_TRUE(read<numbers>("[1,2,3]") == (numbers{1, 2, 3}));
  EXPECT_TRUE(read<numbers>("[]").empty());
}

TEST(codec_of_list, forgets_older_values) {
  numbers kept{7, 8, 9};
  EXPECT_EQ(test::read_into(kept, "[1]"), "");
  EXPECT_TRUE(kept == numbers{1});
}

TEST(codec_of_list, tells_how_many_it_takes) {
  EXPECT_EQ(fault_in<numbers>("[1,2,3,4]"), "");
  EXPECT_EQ(fault_in<numbers>("[1,2,3,4,5]"), ": array of at most 4 elements");
}

TEST(codec_of_list, expects_an_array_and_names_the_element_at_fault) {
  EXPECT_EQ(fault_in<numbers>("{}"), ": array");
  EXPECT_EQ(fault_in<numbers>("null"), ": array");
  EXPECT_EQ(fault_in<numbers>("[1,2,\"3\"]"), "[2]: integer");
  EXPECT_EQ((fault_in<list<numbers, 2>>("[[1],[2,null]]")), "[1][1]: integer");
}

TEST(codec_of_list, adds_what_is_new_in_ascending_order_and_then_compares_from_the_end) {
  EXPECT_EQ(diff(numbers{1, 2}, numbers{5, 6, 7, 8}),
            R"([{"op":"add","path":"/2","value":7},{"op":"add","path":"/3","value":8},)"
            R"({"op":"replace","path":"/1","value":6},{"op":"replace","path":"/0","value":5}])");
}

TEST(codec_of_list, removes_what_is_gone_in_descending_order_and_then_compares_from_the_end) {
  EXPECT_EQ(diff(numbers{1, 2, 3, 4}, numbers{5, 6}),
            R"([{"op":"remove","path":"/3"},{"op":"remove","path":"/2"},)"
            R"({"op":"replace","path":"/1","value":6},{"op":"replace","path":"/0","value":5}])");
}

TEST(codec_of_list, finds_no_change_where_there_is_none) {
  EXPECT_EQ(diff(numbers{}, numbers{}), "");
  EXPECT_EQ(diff(numbers{1, 2}, numbers{1, 2}), "");
}

TEST(codec_of_array, takes_exactly_its_elements) {
  using triple = std::array<int, 3>;
  EXPECT_EQ(to_json(triple{1, 2, 3}), "[1,2,3]");
  EXPECT_EQ(read<triple>("[4,5,6]"), (triple{4, 5, 6}));
  EXPECT_EQ(fault_in<triple>("[1,2]"), ": array of 3 elements");
  EXPECT_EQ(fault_in<triple>("[1,2,3,4]"), ": array of 3 elements");
  EXPECT_EQ(fault_in<triple>("7"), ": array of 3 elements");
  EXPECT_EQ(fault_in<triple>("[1,2.5,3]"), "[1]: integer from -2147483648 to 2147483647");
}

TEST(codec_of_array, is_compared_from_the_end) {
  using triple = std::array<int, 3>;
  EXPECT_EQ(diff(triple{1, 2, 3}, triple{9, 2, 8}),
            R"([{"op":"replace","path":"/2","value":8},{"op":"replace","path":"/0","value":9}])");
}

TEST(codec_of_dict, writes_sorted_and_reads_in_any_order) {
  EXPECT_EQ(to_json(priced({})), "{}");
  EXPECT_EQ(to_json(priced({{"tea", 3}, {"coffee", 4}})), R"({"coffee":4,"tea":3})");
  const auto got = read<prices>(R"({"tea":3,"coffee":4})");
  EXPECT_EQ(to_json(got), R"({"coffee":4,"tea":3})");
}

TEST(codec_of_dict, escapes_keys) {
  EXPECT_EQ(to_json(priced({{"a\"\\\n", 1}})), R"({"a\"\\\n":1})");
  EXPECT_EQ(*read<prices>(R"({"a\"\\\n":1})").find("a\"\\\n"), 1);
}

TEST(codec_of_dict, refuses_a_key_that_is_given_twice) {
  EXPECT_EQ(fault_in<prices>(R"({"b":1,"a":2,"b":3})"), "b: given once");
  EXPECT_EQ(fault_in<prices>(R"({"b":1,"\u0062":1})"), "b: given once");
}

TEST(codec_of_dict, says_the_same_of_what_is_wrong_whatever_the_order) {
  for (const auto* json : {R"({"b":"x","a":true,"c":1})", R"({"c":1,"a":true,"b":"x"})",
                           R"({"\u0061":true,"b":"x","c":1})"}) {
    EXPECT_EQ(fault_in<prices>(json), "a: integer") << json;
  }
  for (const auto* json : {R"({"b":1,"b":1,"a":"x"})", R"({"a":"x","b":1,"b":1})"}) {
    EXPECT_EQ(fault_in<prices>(json), "b: given once") << json;
  }
  EXPECT_EQ(fault_in<prices>(R"({"123456789":1,"a":"x"})"),
            ": object with keys of at most 8 bytes");
  EXPECT_EQ(fault_in<prices>(R"({"a":"x","123456789":1})"),
            ": object with keys of at most 8 bytes");
}

TEST(codec_of_dict, tells_what_it_takes_and_which_key_is_at_fault) {
  EXPECT_EQ(fault_in<prices>("[]"), ": object");
  EXPECT_EQ(fault_in<prices>(R"({"a":1,"b":2,"c":3,"d":4})"), ": object of at most 3 keys");
  EXPECT_EQ(fault_in<prices>(R"({"123456789":1})"), ": object with keys of at most 8 bytes");
  EXPECT_EQ(fault_in<prices>(R"({"a":1,"b":"2"})"), "b: integer");
  EXPECT_EQ((fault_in<dict<text<8>, numbers, 2>>(R"({"a":[1,[]]})")), "a[1]: integer");
}

TEST(codec_of_dict, refuses_keys_of_the_protocol) {
  using names = dict<text<24>, text<8>, 3>;
  const std::string fault = "__musubi_stream__: key that does not begin with __musubi_";
  EXPECT_EQ(fault_in<names>(R"({"__musubi_stream__":"kitchen"})"), fault);
  EXPECT_EQ(fault_in<names>(R"({"a":"b","\u005f_musubi_stream__":"kitchen"})"), fault);
  EXPECT_EQ(fault_in<names>(R"({"_musubi_":"a","__musubi":"b"})"), "");
}

TEST(codec_of_dict, writes_a_key_at_fault_as_the_inside_of_a_json_string) {
  EXPECT_EQ(fault_in<prices>(R"({"a\"b":"2"})"), "a\\\"b: integer");
}

TEST(codec_of_dict, removes_first_and_then_goes_through_its_keys_in_descending_order) {
  EXPECT_EQ(diff(priced({{"a", 1}, {"b", 2}, {"d", 4}}), priced({{"c", 3}, {"d", 5}, {"e", 6}})),
            R"([{"op":"remove","path":"/b"},{"op":"remove","path":"/a"},)"
            R"({"op":"add","path":"/e","value":6},{"op":"replace","path":"/d","value":5},)"
            R"({"op":"add","path":"/c","value":3}])");
}

TEST(codec_of_dict, finds_no_change_where_there_is_none) {
  EXPECT_EQ(diff(priced({{"a", 1}}), priced({{"a", 1}})), "");
  EXPECT_EQ(diff(priced({}), priced({})), "");
}

TEST(codec_of_dict, escapes_keys_in_paths) {
  EXPECT_EQ(diff(priced({{"a/b", 1}, {"m~n", 2}}), priced({{"a/b", 3}, {"", 4}})),
            R"([{"op":"remove","path":"/m~0n"},{"op":"replace","path":"/a~1b","value":3},)"
            R"({"op":"add","path":"/","value":4}])");
}

// The worked example of contract section 6.3, with lists where it has numbers.
TEST(codec_of_dict, emits_operations_in_the_order_of_the_contract) {
  using state = dict<text<8>, numbers, 3>;
  state before;
  ASSERT_TRUE(before.set("a", {1}) && before.set("items", {1, 2, 3}) && before.set("z", {1}));
  state after;
  ASSERT_TRUE(after.set("b", {2}) && after.set("items", {1, 9}) && after.set("z", {0}));
  EXPECT_EQ(diff(before, after),
            R"([{"op":"remove","path":"/a"},{"op":"replace","path":"/z/0","value":0},)"
            R"({"op":"remove","path":"/items/2"},{"op":"replace","path":"/items/1","value":9},)"
            R"({"op":"add","path":"/b","value":[2]}])");
}

}  // namespace
}  // namespace musubi
