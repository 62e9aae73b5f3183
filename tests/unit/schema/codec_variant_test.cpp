#include "unit/schema/reference_diff.hpp"
#include "unit/schema/wire.hpp"

#include <gtest/gtest.h>
#include <string>
#include <variant>

namespace musubi {
namespace {

using test::diff;
using test::fault_in;
using test::read;
using test::to_json;

// told apart by a constant
struct open {
  constant<"open"> type;
};
struct checking_out {
  constant<"checking_out"> type;
};
struct checked_out {
  constant<"checked_out"> type{};
  text<15> order_id;
};
using cart_status = std::variant<open, checking_out, checked_out>;

struct cart {
  int units;
  cart_status status;
};

// told apart by their keys
enum class refusals { unknown_sku, sold_out };
struct accepted {
  constant<true> ok;
};
struct refused {
  refusals error;
};
struct refused_at {
  refusals error;
  text<8> field;
  std::optional<int> line;
};
using answer = std::variant<accepted, refused, refused_at>;

// told apart by other constants: a bool, integers, enums with one value
struct found {
  constant<true> ok{};
  int id;
};
struct lost {
  constant<false> ok{};
  text<8> why;
};
enum class only_celsius { celsius };
enum class only_kelvin { kelvin };
struct in_celsius {
  only_celsius unit;
  int value;
};
struct in_kelvin {
  only_kelvin unit;
  int value;
};
struct first_layout {
  constant<1> version;
};
struct second_layout {
  constant<2> version;
};

struct everywhere {
  std::optional<cart_status> last;
  list<cart_status, 3> history;
  dict<text<4>, answer, 2> answers;
};

TEST(codec_of_a_variant, writes_the_alternative_that_it_holds_with_the_keys_of_that_one_only) {
  EXPECT_EQ(to_json(cart{1, open{}}), R"({"units":1,"status":{"type":"open"}})");
  EXPECT_EQ(to_json(cart{1, checked_out{.order_id = "A-1"}}),
            R"({"units":1,"status":{"type":"checked_out","order_id":"A-1"}})");
  EXPECT_EQ(to_json(answer(accepted{})), R"({"ok":true})");
  EXPECT_EQ(to_json(answer(refused{refusals::sold_out})), R"({"error":"sold_out"})");
}

// contract section 6.3
TEST(codec_of_a_variant, says_what_changed_within_an_alternative) {
  EXPECT_EQ(diff(cart{1, checked_out{.order_id = "A-1"}}, cart{1, checked_out{.order_id = "A-2"}}),
            R"([{"op":"replace","path":"/status/order_id","value":"A-2"}])");
  EXPECT_EQ(diff(cart{1, open{}}, cart{1, open{}}), "");
}

// contract section 6.3
TEST(codec_of_a_variant, says_another_alternative_key_by_key) {
  const cart before{1, open{}};
  const cart after{1, checked_out{.order_id = "A-1"}};
  EXPECT_EQ(diff(before, after), R"([{"op":"replace","path":"/status/type","value":"checked_out"},)"
                                 R"({"op":"add","path":"/status/order_id","value":"A-1"}])");
  EXPECT_EQ(diff(after, before), R"([{"op":"remove","path":"/status/order_id"},)"
                                 R"({"op":"replace","path":"/status/type","value":"open"}])");
}

TEST(codec_of_a_variant, reads_the_alternative_that_the_constant_names) {
  EXPECT_TRUE(std::holds_alternative<open>(read<cart_status>(R"({"type":"open"})")));
  const auto done = read<cart_status>(R"({"order_id":"A-1","type":"checked_out"})");
  EXPECT_EQ(std::get<checked_out>(done).order_id, "A-1");
}

TEST(codec_of_a_variant, names_the_constant_that_is_wrong_or_missing) {
  const std::string names = "status.type: one of open, checking_out, checked_out";
  EXPECT_EQ(fault_in<cart>(R"({"units":1,"status":{"type":"closed"}})"), names);
  EXPECT_EQ(fault_in<cart>(R"({"units":1,"status":{"type":7}})"), names);
  EXPECT_EQ(fault_in<cart>(R"({"units":1,"status":{"order_id":"A-1"}})"), names);
  EXPECT_EQ(fault_in<cart>(R"({"units":1,"status":{"type":"open","type":"open"}})"),
            "status.type: given once");
  EXPECT_EQ(fault_in<cart>(R"({"units":1,"status":{"type":"checked_out"}})"),
            "status.order_id: string");
  EXPECT_EQ(fault_in<cart>(R"({"units":1,"status":"open"})"), "status: object");
  EXPECT_EQ(fault_in<cart>(R"({"units":1})"), "status: object");
}

TEST(codec_of_a_variant, reads_the_alternative_whose_keys_are_there) {
  EXPECT_EQ(read<answer>(R"({"ok":true})").index(), 0U);
  EXPECT_EQ(read<answer>(R"({"error":"sold_out"})").index(), 1U);
  EXPECT_EQ(read<answer>(R"({"line":null,"field":"sku","error":"sold_out"})").index(), 2U);
  EXPECT_EQ(fault_in<answer>(R"({"oh":true})"), ": one of {ok}, {error}, {error, field}");
  EXPECT_EQ(fault_in<answer>(R"({"ok":false})"), "ok: true");
  EXPECT_EQ(fault_in<answer>("[]"), ": one of {ok}, {error}, {error, field}");
}

TEST(codec_of_a_variant, reads_as_many_keys_as_it_can_and_of_alternatives_with_as_many_the_first) {
  EXPECT_EQ(read<answer>(R"({"error":"sold_out","field":"sku","line":1,"ok":true})").index(), 2U);
  EXPECT_EQ(read<answer>(R"({"error":"sold_out","ok":true})").index(), 0U);
}

TEST(codec_of_a_variant, lets_optional_keys_be_left_out_where_a_struct_may) {
  EXPECT_EQ(fault_in<answer>(R"({"error":"sold_out","field":"sku"})"), "line: integer");
  EXPECT_EQ(fault_in<answer>(R"({"error":"sold_out","field":"sku"})", true), "");
}

TEST(codec_of_a_variant, reads_constants_however_they_are_spelled) {
  EXPECT_EQ(read<cart_status>(R"({"t\u0079pe":"\u006fpen"})").index(), 0U);
  EXPECT_EQ((read<std::variant<first_layout, second_layout>>(R"({"version":2.0})").index()), 1U);
  using one_version = std::variant<first_layout, second_layout>;
  EXPECT_EQ(fault_in<one_version>(R"({"version":"2"})"), "version: one of 1, 2");
}

TEST(codec_of_a_variant, takes_a_boolean_or_an_enum_of_one_value_for_a_constant) {
  using search = std::variant<found, lost>;
  EXPECT_EQ(to_json(search(lost{.why = "gone"})), R"({"ok":false,"why":"gone"})");
  EXPECT_EQ(read<search>(R"({"ok":false,"why":"gone","id":7})").index(), 1U);
  EXPECT_EQ(fault_in<search>(R"({"ok":null,"id":7})"), "ok: one of true, false");
  using temperature = std::variant<in_celsius, in_kelvin>;
  EXPECT_EQ(read<temperature>(R"({"unit":"kelvin","value":7})").index(), 1U);
  EXPECT_EQ(fault_in<temperature>(R"({"unit":"rankine","value":7})"),
            "unit: one of celsius, kelvin");
}

TEST(codec_of_a_variant, stands_in_optionals_lists_and_dicts) {
  everywhere all;
  EXPECT_EQ(to_json(all), R"({"last":null,"history":[],"answers":{}})");
  all.last = open{};
  all.history = {cart_status(open{}), cart_status(checking_out{})};
  EXPECT_TRUE(all.answers.set(*text<4>::from("a"), accepted{}));
  const std::string json =
      R"({"last":{"type":"open"},"history":[{"type":"open"},{"type":"checking_out"}],)"
      R"("answers":{"a":{"ok":true}}})";
  EXPECT_EQ(to_json(all), json);
  EXPECT_EQ(to_json(read<everywhere>(json)), json);

  everywhere changed = all;
  changed.last = std::nullopt;
  changed.history[1] = checked_out{.order_id = "A-1"};
  EXPECT_EQ(diff(all, changed),
            R"([{"op":"replace","path":"/last","value":null},)"
            R"({"op":"replace","path":"/history/1/type","value":"checked_out"},)"
            R"({"op":"add","path":"/history/1/order_id","value":"A-1"}])");
  EXPECT_EQ(fault_in<everywhere>(
                R"({"last":null,"history":[{"type":"open"},{"type":"shut"}],"answers":{}})"),
            "history[1].type: one of open, checking_out, checked_out");
  EXPECT_EQ(fault_in<everywhere>(R"({"last":7,"history":[],"answers":{}})"), "last: object");
}

TEST(codec_of_a_variant, replaces_a_key_of_both_alternatives_whose_type_differs) {
  struct number {
    constant<1> kind{};
    int value;
  };
  struct words {
    constant<2> kind{};
    text<8> value;
  };
  using either = std::variant<number, words>;
  EXPECT_EQ(diff(either(number{.value = 7}), either(words{.value = "7"})),
            R"([{"op":"replace","path":"/value","value":"7"},)"
            R"({"op":"replace","path":"/kind","value":2}])");
}

#if defined(__cpp_exceptions)
struct fragile {
  text<64> why;
  int value = [] {
    if (broken) throw 1;
    return 7;
  }();
  static inline bool broken = false;
};

TEST(codec_of_a_variant, writes_null_for_one_that_an_exception_left_without_a_value) {
  using choice = std::variant<open, fragile>;
  choice whole;
  choice hollow;
  fragile::broken = true;
  EXPECT_ANY_THROW(hollow.emplace<fragile>());
  fragile::broken = false;
  ASSERT_TRUE(hollow.valueless_by_exception());
  EXPECT_EQ(to_json(hollow), "null");
  EXPECT_EQ(diff(hollow, hollow), "");
  EXPECT_EQ(diff(whole, hollow), R"([{"op":"replace","path":"","value":null}])");
  EXPECT_EQ(diff(hollow, whole), R"([{"op":"replace","path":"","value":{"type":"open"}}])");
}
#endif

}  // namespace
}  // namespace musubi
