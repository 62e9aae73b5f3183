/// Hooks: the authorisation pattern.

#include "vault.hpp"

#include <gtest/gtest.h>

#include <musubi/testkit/mounted.hpp>

namespace {

class a_vault : public testing::Test {
 protected:
  musubi::testkit::mounted<vault> page;
};

TEST_F(a_vault, opens_no_drawer_to_a_stranger) {
  const auto answer = page.dispatch(drawer::Open{}, "box");
  EXPECT_TRUE(answer.ok);  // a denial is a reply
  EXPECT_EQ(answer.as<denied>()->reason, "sign in first");
  EXPECT_FALSE(page.state_of<drawer>("box")->open);
}

TEST_F(a_vault, opens_a_drawer_to_who_signed_in) {
  EXPECT_TRUE(page.dispatch(vault::SignIn{"2580"}).ok);
  EXPECT_EQ(page.dispatch(drawer::Open{}, "box").body, "{}");
  EXPECT_TRUE(page.state_of<drawer>("box")->open);
}

TEST_F(a_vault, refuses_a_wrong_pin) {
  EXPECT_EQ(page.dispatch(vault::SignIn{"0000"}).reason(), "wrong pin");
  EXPECT_FALSE(page.state().signed_in);
}

TEST_F(a_vault, is_locked_again_after_signing_out) {
  (void)page.dispatch(vault::SignIn{"2580"});
  (void)page.dispatch(vault::SignOut{});
  EXPECT_TRUE(page.dispatch(drawer::Open{}, "box").as<denied>());
}

TEST_F(a_vault, writes_down_what_was_done_beneath_it_too) {
  (void)page.dispatch(vault::SignIn{"2580"});
  (void)page.dispatch(drawer::Open{}, "box");
  EXPECT_EQ(page.state().handled, 2);
  EXPECT_EQ(page.state().last, "open");
}

}  // namespace
