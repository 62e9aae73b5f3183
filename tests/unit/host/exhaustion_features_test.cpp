/// The pools that stores use beside their State, used up in turn: who asks for more is told, or is
/// mounted afresh where it would have missed something, and nobody else notices.

#include "support/crowded.hpp"
#include "support/workshop.hpp"

namespace musubi::test {
namespace {

using crowded_workshop = crowded_host<workshop_socket>;

TEST(exhausted_pool, of_nodes_is_named_to_who_joins) {
  crowded_workshop crowd([](limits& l) { l.nodes = 3; });
  browser page = crowd.server.open();
  const root late = page.join("Test.Workshop", "main", R"({"tools":4})");
  EXPECT_EQ(page.next(), late.refused(late.join_ref(), exhausted("nodes")));
  EXPECT_EQ(failures(crowd.server.core(), "nodes"), 1U);
  crowd.expect_bystander_well();
  (void)page.mounted("Test.Workshop", "main", R"({"tools":3})");
  page.close();
  crowd.expect_recovered();
}

TEST(exhausted_pool, of_nodes_ends_the_page_that_places_one_more) {
  crowded_workshop crowd([](limits& l) { l.nodes = 3; });
  browser page = crowd.server.open();
  root main = page.mounted("Test.Workshop", "main", R"({"tools":2})");
  root other = page.mounted("Test.Workshop", "other", R"({"tools":1})");
  const std::string ref = main.command("place", R"({"tools":3})");
  EXPECT_EQ(page.next(), main.ok(ref));
  EXPECT_EQ(page.next(), main.error());
  crowd.expect_bystander_well();
  const std::string again = other.command("place", R"({"tools":3})");  // the others' are free now
  EXPECT_EQ(page.next(), other.ok(again));
  EXPECT_NE(page.next().find(R"("path":"/tools/2")"), std::string::npos);
  page.close();
  crowd.expect_recovered();
}

TEST(exhausted_pool, of_bytes_for_a_store_id_is_named_to_who_joins) {
  crowded_workshop crowd([](limits& l) { l.store_id_bytes = 0; });
  browser page = crowd.server.open();
  const root late = page.join("Test.Workshop");
  EXPECT_EQ(page.next(), late.refused(late.join_ref(), exhausted("store_id_bytes")));
  crowd.expect_bystander_well();
  page.close();
  crowd.expect_recovered();
}

TEST(exhausted_pool, of_asyncs_is_named_in_the_reply_and_shown_as_failed) {
  crowded_workshop crowd([](limits& l) { l.asyncs = 1; });
  browser page = crowd.server.open();
  root main = page.mounted("Test.Workshop");
  const std::string first = main.command("inspect");
  EXPECT_EQ(page.next(), main.ok(first));
  (void)page.next();
  const std::string ref = main.command("measure");
  EXPECT_EQ(page.next(), main.refused(ref, exhausted("asyncs")));
  const std::string patch = page.next();
  EXPECT_NE(patch.find(replace("/length/status", "\"failed\"")), std::string::npos) << patch;
  EXPECT_NE(patch.find(R"({"kind":"error","value":"asyncs"})"), std::string::npos) << patch;
  crowd.expect_bystander_well();
  crowd.server.run_for(5ms);
  EXPECT_NE(page.next().find(replace("/width", "8")), std::string::npos);
  const std::string again = main.command("measure");
  EXPECT_EQ(page.next(), main.ok(again));
  crowd.server.run_for(5ms);
  EXPECT_NE(page.all().find(replace("/length/result", "7")), std::string::npos);
  page.close();
  crowd.expect_recovered();
}

TEST(exhausted_pool, of_outgoing_ends_the_page_that_says_too_much_at_once) {
  crowded_workshop crowd([](limits& l) { l.outgoing_blocks = 8; });
  browser page = crowd.server.open();
  root main = page.mounted("Test.Workshop");
  (void)main.command("fill", R"({"parts":20})");
  EXPECT_EQ(page.next(), main.error());
  EXPECT_TRUE(page.silent());
  crowd.expect_bystander_well();
  (void)page.mounted("Test.Workshop");
  page.close();
  crowd.expect_recovered();
}

TEST(exhausted_pool, of_outgoing_has_a_share_for_each_page) {
  crowded_workshop crowd([](limits& l) { l.outgoing_per_page = 8; });
  browser page = crowd.server.open();
  root main = page.mounted("Test.Workshop");
  (void)main.command("fill", R"({"parts":20})");
  EXPECT_EQ(page.next(), main.error());
  EXPECT_EQ(failures(crowd.server.core(), "outgoing"), 0U) << "there was room for others";
  crowd.expect_bystander_well();
  page.close();
  crowd.expect_recovered();
}

TEST(exhausted_pool, of_mail_is_named_to_who_sends_an_update) {
  crowded_workshop crowd([](limits& l) { l.mail = {{{256, 0}, {1024, 0}, {4096, 0}}}; });
  browser page = crowd.server.open();
  root main = page.mounted("Test.Workshop");
  const std::string ref = main.command("repair");
  EXPECT_EQ(page.next(), main.refused(ref, exhausted("mail")));
  crowd.expect_bystander_well();
  page.close();
  crowd.expect_recovered();
}

TEST(exhausted_pool, of_frames_lets_a_task_fail) {
  // a task takes two
  crowded_workshop crowd([](limits& l) { l.frames = {{{16384, 4}, {0, 0}, {0, 0}, {0, 0}}}; });
  browser page = crowd.server.open();
  root main = page.mounted("Test.Workshop", "main", R"({"tools":4})");
  for (const char* each : {"tool 0", "tool 1"}) {
    (void)page.push(main.join_ref(), main.topic(), "command",
                    R"({"name":"use","store_id":["tools",")" + std::string(each) + R"("]})");
    (void)page.all();
  }
  const std::string ref = main.command("measure");
  EXPECT_EQ(page.next(), main.refused(ref, exhausted("coroutine_frames")));
  EXPECT_NE(page.next().find(R"({"kind":"error","value":"coroutine_frames"})"), std::string::npos);
  crowd.expect_bystander_well();
  crowd.server.run_for(5ms);
  EXPECT_NE(page.all().find(replace("/tools/1/length/result", "7")), std::string::npos);
  page.close();
  crowd.expect_recovered();
}

}  // namespace
}  // namespace musubi::test
