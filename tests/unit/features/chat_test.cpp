/// A stream that is fetched.

#include "chat.hpp"

#include <gtest/gtest.h>

#include <musubi/testkit/mounted.hpp>

namespace {

using namespace std::chrono_literals;
using page_of_the_chat = musubi::testkit::mounted<chat>;

class a_chat : public testing::Test {
 protected:
  a_chat() {
    the_room.latest.clear();
    the_room.next = 1;
  }
};

TEST_F(a_chat, loads_what_was_said_before) {
  (void)the_room.latest.push_back({the_room.next++, "Ada", "hello"});
  page_of_the_chat page({"Bob"});
  EXPECT_EQ(page.state().messages.status, musubi::async_status::loading);
  EXPECT_TRUE(page.items<&chat::State::messages>().empty());
  page.advance(1500ms);
  EXPECT_EQ(page.state().messages.status, musubi::async_status::ok);
  ASSERT_EQ(page.items<&chat::State::messages>().size(), 1U);
  EXPECT_EQ(page.items<&chat::State::messages>()[0].body, "hello");
}

TEST_F(a_chat, reaches_everybody) {
  page_of_the_chat ada({"Ada"});
  page_of_the_chat bob({"Bob"});
  ada.advance(1500ms);
  bob.advance(1500ms);
  (void)ada.dispatch(chat::Say{"hello"});
  bob.run();
  ASSERT_EQ(bob.items<&chat::State::messages>().size(), 1U);
  EXPECT_EQ(bob.items<&chat::State::messages>()[0].sender, "Ada");
}

TEST_F(a_chat, shows_once_what_was_said_while_it_loaded) {
  page_of_the_chat page({"Ada"});
  (void)page.dispatch(chat::Say{"early"});
  page.advance(1500ms);
  EXPECT_EQ(page.items<&chat::State::messages>().size(), 1U);
}

TEST_F(a_chat, asks_for_a_name) {
  page_of_the_chat page;
  EXPECT_FALSE(page.ok());
  EXPECT_EQ(page.error().why.reason(), "who are you?");
}

}  // namespace
