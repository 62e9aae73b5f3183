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

}  // namespace
}  // namespace musubi
