#include "settings/token.hpp"

#include <gtest/gtest.h>

namespace gateway {

TEST(a_token, is_new_every_time_and_can_be_typed) {
  const access_token first = make_token();
  EXPECT_EQ(first.size(), 20U);
  EXPECT_EQ(first.view().find_first_not_of("abcdefghijkmnpqrstuvwxyz23456789"),
            std::string_view::npos);
  EXPECT_FALSE(first == make_token());
}

TEST(a_token, opens_for_itself_alone) {
  const access_token token = "correct horse";
  EXPECT_TRUE(opens("correct horse", token));
  EXPECT_FALSE(opens("correct hors", token));
  EXPECT_FALSE(opens("correct horse ", token));
  EXPECT_FALSE(opens(std::string_view("correct horse\0", 14), token));
  EXPECT_FALSE(opens("", token));
}

TEST(a_token, that_is_empty_opens_for_everybody) {
  EXPECT_TRUE(opens("", {}));
  EXPECT_TRUE(opens("anything", {}));
}

}  // namespace gateway
