#include "stores/chat_room_store.hpp"

#include <chrono>
#include <gtest/gtest.h>
#include <memory>
#include <string>
#include <variant>
#include <vector>

#include <musubi/testkit/mounted.hpp>

namespace chat_room {
namespace {

using store = chat_room_store;
using mounted_room = musubi::testkit::mounted<store>;
using musubi::async_status;
constexpr std::chrono::seconds a_while{2};

/// A whole history goes out at once.
musubi::limits roomy() {
  musubi::limits chosen = mounted_room::small_limits();
  chosen.outgoing_blocks = 4096;
  chosen.outgoing_per_page = 4096;
  return chosen;
}
/// A browser in the room.
struct browser : mounted_room {
  explicit browser(const char* in = "general") : mounted_room({room_id::clipped(in)}, {}, roomy()) {
    advance(a_while);
  }
  void say(std::string_view body) {
    (void)dispatch(store::SendMessage{musubi::text<400>::clipped(body)});
    advance(a_while);
  }
  /// The newest first.
  [[nodiscard]] std::vector<std::string> said() const {
    std::vector<std::string> all;
    for (const auto& each : items<&store::State::messages>()) all.emplace_back(each.body.view());
    return all;
  }
  [[nodiscard]] std::size_t people() const { return state().online_users.result->size(); }
};

class a_chat_room : public testing::Test {
 protected:
  a_chat_room() { all_rooms.all.clear(); }
};

TEST_F(a_chat_room, loads_its_history_while_it_is_shown) {
  mounted_room page({"general"}, {}, roomy());
  EXPECT_EQ(page.state().messages.status, async_status::loading);
  EXPECT_EQ(page.state().current_user.name.view().substr(0, 6), "Guest ");
  page.advance(std::chrono::milliseconds(1500));
  EXPECT_EQ(page.state().messages.status, async_status::ok);
}

TEST_F(a_chat_room, shows_once_what_is_said_while_the_history_loads) {
  browser early;
  early.say("first");
  mounted_room page({"general"}, {}, roomy());
  early.say("second");
  page.run();
  EXPECT_EQ(page.state().messages.status, async_status::loading);
  EXPECT_EQ(page.items<&store::State::messages>().size(), 1U);
  page.advance(a_while);
  EXPECT_EQ(page.items<&store::State::messages>().size(), 2U);
}

TEST_F(a_chat_room, answers_that_a_message_is_queued_and_then_says_what_became_of_it) {
  browser page;
  EXPECT_TRUE(std::holds_alternative<idle>(page.state().last_send_status));
  EXPECT_EQ(page.dispatch(store::SendMessage{"hello"}).body, R"({"queued":true})");
  page.advance(a_while);
  EXPECT_EQ(std::get<send_ok>(page.state().last_send_status).id.view().substr(0, 4), "msg-");
  EXPECT_EQ(page.said(), (std::vector<std::string>{"hello"}));
  page.say("");
  EXPECT_EQ(std::get<send_failed>(page.state().last_send_status).reason, "empty_message");
}

TEST_F(a_chat_room, is_the_same_in_every_browser_the_newest_first) {
  browser mine;
  browser yours;
  mine.say("hello");
  yours.say("hi");
  mine.run();
  EXPECT_EQ(mine.said(), (std::vector<std::string>{"hi", "hello"}));
  EXPECT_EQ(browser().said(), mine.said());
  EXPECT_TRUE(browser("kitchen").said().empty());
}

TEST_F(a_chat_room, keeps_the_newest_hundred) {
  browser page;
  for (int i = 0; i < 105; ++i) page.say(std::to_string(i));
  ASSERT_EQ(page.said().size(), 100U);
  EXPECT_EQ(page.said().front(), "104");
  EXPECT_EQ(page.said().back(), "5");
  EXPECT_EQ(browser().said(), page.said());
}

TEST_F(a_chat_room, shows_who_is_there_until_they_leave) {
  browser mine;
  auto yours = std::make_unique<browser>();
  mine.run();
  EXPECT_EQ(mine.people(), 2U);
  yours.reset();
  mine.run();
  EXPECT_EQ(mine.people(), 1U);
}

TEST_F(a_chat_room, lets_everybody_have_a_name_of_at_most_40_characters) {
  browser page;
  browser other;
  EXPECT_EQ(page.dispatch(store::SetName{"  Ada  "}).body, R"({"ok":true,"name":"Ada"})");
  other.run();
  EXPECT_EQ((*other.state().online_users.result)[0].name, "Ada");
  EXPECT_EQ(proper_name("ÄÖÜäöüß890ÄÖÜäöüß890ÄÖÜäöüß890ÄÖÜäöüß890too much", "user-1"),
            "ÄÖÜäöüß890ÄÖÜäöüß890ÄÖÜäöüß890ÄÖÜäöüß890");
  EXPECT_EQ(proper_name(" \t", "user-7"), "Guest 7");
}

TEST_F(a_chat_room, says_when_it_is_full_and_has_room_again_when_somebody_leaves) {
  room& general = *all_rooms.enter("general");
  while (!general.users.full()) (void)general.join();
  EXPECT_EQ(mounted_room({"general"}, {}, roomy()).error().why.reason(), "the room is full");
  const id_text first = general.users[0].id;
  general.leave(first);
  EXPECT_TRUE(browser().ok());
}

TEST_F(a_chat_room, shares_a_file_as_a_message) {
  browser page;
  EXPECT_EQ(page.dispatch(store::Attach{}).body, R"({"attached":false,"name":null})");
  EXPECT_EQ(page.send_file<store::Attachment>("Cat.PNG", "meow").problem, "");
  EXPECT_EQ(page.dispatch(store::Attach{}).body, R"({"attached":true,"name":"Cat.PNG"})");
  const auto message = page.items<&store::State::messages>().front();
  EXPECT_EQ(message.body, "shared Cat.PNG");
  EXPECT_EQ(message.attachment->content_type, "image/png");
  EXPECT_EQ(message.attachment->size, 4);
  EXPECT_EQ(page.send_file<store::Attachment>("a.exe", "code").problem, "not_accepted");
}

TEST_F(a_chat_room, keeps_the_newest_20_files_and_none_that_was_not_shared) {
  browser page;
  std::vector<std::uint32_t> ids;
  for (int i = 0; i < 21; ++i) {
    EXPECT_EQ(page.send_file<store::Attachment>("a.txt", "text").problem, "");
    (void)page.dispatch(store::Attach{});
    const auto file = page.items<&store::State::messages>().front().attachment;
    ids.push_back(static_cast<std::uint32_t>(
        std::stoul(std::string(file->url.view().substr(std::string("/attachments/").size())))));
    ASSERT_NE(all_attachments.find(ids.back()), nullptr);
  }
  EXPECT_EQ(all_attachments.find(ids[0]), nullptr);
  EXPECT_NE(all_attachments.find(ids[1]), nullptr);
  EXPECT_EQ(browser().send_file<store::Attachment>("b.txt", "never shared").problem, "");
  std::vector<attachment*> places;
  for (std::size_t i = 0; i < attachments::arriving; ++i) {
    places.push_back(all_attachments.begin());
    ASSERT_NE(places.back(), nullptr);
  }
  EXPECT_EQ(all_attachments.begin(), nullptr);
  for (attachment* const each : places) each->release();
}

}  // namespace
}  // namespace chat_room
