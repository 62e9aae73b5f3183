/// Child stores, as a user tests them.

#include "cart.hpp"

#include <gtest/gtest.h>

#include <musubi/testkit/mounted.hpp>

namespace {

class a_cart : public testing::Test {
 protected:
  a_cart() {
    (void)page.dispatch(cart::Add{"mug"});
    (void)page.dispatch(cart::Add{"pen"});
    (void)page.take_envelopes();
  }
  musubi::testkit::mounted<cart> page;
};

TEST_F(a_cart, has_a_store_for_each_line) {
  EXPECT_EQ(page.tree(), R"({"__musubi_store_id__":[],"lines":[)"
                         R"({"__musubi_store_id__":["lines","mug"],)"
                         R"("sku":"mug","cents":100,"quantity":1,"gift":false},)"
                         R"({"__musubi_store_id__":["lines","pen"],)"
                         R"("sku":"pen","cents":100,"quantity":1,"gift":false}],)"
                         R"("units":2,"total_cents":200})");
}

TEST_F(a_cart, learns_from_a_line_how_many_are_wanted) {
  EXPECT_TRUE(page.dispatch(cart_line::SetQuantity{3}, "lines", "pen").ok);
  EXPECT_EQ(page.state().units, 4);
  EXPECT_EQ(page.state_of<cart_line>("lines", "pen")->quantity, 3);
}

TEST_F(a_cart, refuses_an_invalid_quantity) {
  const auto answer = page.dispatch(cart_line::SetQuantity{0}, "lines", "pen");
  EXPECT_FALSE(answer.ok);
  EXPECT_EQ(answer.reason(), "a line has from 1 to 99");
  EXPECT_EQ(answer.field(), "quantity");
  EXPECT_TRUE(page.take_envelopes().empty());
}

TEST_F(a_cart, counts_a_line_that_is_added_again) {
  (void)page.dispatch(cart::Add{"pen"});
  EXPECT_EQ(page.state().lines.size(), 2U);
  EXPECT_EQ(page.state_of<cart_line>("lines", "pen")->quantity, 2);
}

TEST_F(a_cart, forgets_what_was_a_lines_own_when_it_is_removed) {
  (void)page.dispatch(cart_line::Wrap{true}, "lines", "pen");
  (void)page.dispatch(cart::Remove{"pen"});
  EXPECT_EQ(page.state_of<cart_line>("lines", "pen"), nullptr);
  EXPECT_EQ(page.dispatch(cart_line::Wrap{true}, "lines", "pen").reason(), "unknown store");
  (void)page.dispatch(cart::Add{"pen"});
  EXPECT_FALSE(page.state_of<cart_line>("lines", "pen")->gift);
}

TEST_F(a_cart, has_an_end) {
  for (const char* each : {"a", "b", "c", "d", "e", "f"}) {
    EXPECT_TRUE(page.dispatch(cart::Add{*sku::from(each)}).ok);
  }
  EXPECT_EQ(page.dispatch(cart::Add{"g"}).reason(), "the cart is full");
}

}  // namespace
