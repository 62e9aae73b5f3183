/// Streams, as a user tests them.

#include "logbook.hpp"

#include <gtest/gtest.h>
#include <vector>

#include <musubi/testkit/mounted.hpp>

namespace {

using page_of_the_log = musubi::testkit::mounted<logbook>;

std::vector<std::int32_t> shown(const page_of_the_log& page) {
  std::vector<std::int32_t> ids;
  for (const log_entry& each : page.items<&logbook::State::entries>()) ids.push_back(each.id);
  return ids;
}

class a_log : public testing::Test {
 protected:
  a_log() {
    device_log.latest.clear();
    device_log.next = 1;
  }
};

TEST_F(a_log, shows_the_newest_entry_first) {
  page_of_the_log page;
  (void)page.dispatch(logbook::Write{"power on"});
  (void)page.dispatch(logbook::Write{"door open"});
  EXPECT_EQ(shown(page), (std::vector<std::int32_t>{2, 1}));
  EXPECT_EQ(page.items<&logbook::State::entries>().front().line, "door open");
}

TEST_F(a_log, gives_the_latest_to_who_comes_later) {
  for (int i = 0; i < 25; ++i) device_log.write("tick");
  page_of_the_log page;
  ASSERT_EQ(shown(page).size(), 20U);
  EXPECT_EQ(shown(page).front(), 25);
}

TEST_F(a_log, shows_twenty_at_most) {
  page_of_the_log page;
  for (int i = 0; i < 25; ++i) (void)page.dispatch(logbook::Write{"tick"});
  EXPECT_EQ(shown(page).size(), 20U);
  EXPECT_EQ(shown(page).back(), 6);
}

TEST_F(a_log, is_the_same_in_every_browser) {
  page_of_the_log mine;
  page_of_the_log yours;
  (void)mine.dispatch(logbook::Write{"power on"});
  (void)mine.dispatch(logbook::Write{"door open"});
  (void)mine.dispatch(logbook::Strike{1});
  yours.run();
  EXPECT_EQ(shown(mine), (std::vector<std::int32_t>{2}));
  EXPECT_EQ(shown(yours), shown(mine));
}

TEST_F(a_log, refuses_an_entry_without_a_text) {
  page_of_the_log page;
  EXPECT_EQ(page.dispatch(logbook::Write{}).field(), "line");
  EXPECT_TRUE(shown(page).empty());
}

}  // namespace
