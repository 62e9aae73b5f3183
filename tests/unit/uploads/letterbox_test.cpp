#include "letterbox.hpp"

#include <filesystem>
#include <gtest/gtest.h>
#include <string>

#include <musubi/testkit/mounted.hpp>

namespace {

class letterboxes : public testing::Test {
 protected:
  letterboxes() {
    char name[] = "/tmp/letters_XXXXXX";
    folder = mkdtemp(name);
    office.folder = folder;
    office.latest.clear();
  }
  ~letterboxes() override { std::filesystem::remove_all(folder); }

  std::string folder;
};

TEST_F(letterboxes, keep_what_was_posted_and_show_it) {
  musubi::testkit::mounted<letterbox> page;
  const auto sent = page.send_file<letterbox::Letter>("to you.txt", std::string(2500, 'x'));
  EXPECT_EQ(sent.problem, "");
  EXPECT_EQ(page.state().percent, 100);
  EXPECT_EQ(page.dispatch(letterbox::Post{}).as<letterbox::Post::Reply>()->kept, 1);
  ASSERT_EQ(page.state().letters.size(), 1U);
  EXPECT_EQ(page.state().letters[0].name, "to_you.txt");
  EXPECT_EQ(std::filesystem::file_size(folder + "/to_you.txt"), 2500U);
}

TEST_F(letterboxes, take_no_programs) {
  musubi::testkit::mounted<letterbox> page;
  EXPECT_EQ(page.send_file<letterbox::Letter>("a.exe", "code").problem, "not_accepted");
  EXPECT_TRUE(std::filesystem::is_empty(folder));
}

TEST_F(letterboxes, leave_nothing_of_a_letter_that_was_not_posted) {
  {
    musubi::testkit::mounted<letterbox> page;
    EXPECT_EQ(page.send_file<letterbox::Letter>("a.txt", "never mind").problem, "");
    EXPECT_FALSE(std::filesystem::is_empty(folder));
  }
  EXPECT_TRUE(std::filesystem::is_empty(folder));
}

TEST_F(letterboxes, say_so_when_their_folder_is_not_there) {
  office.folder = "/nowhere/at/all";
  musubi::testkit::mounted<letterbox> page;
  EXPECT_EQ(page.send_file<letterbox::Letter>("a.txt", "text").problem, "write failed");
  EXPECT_NE(page.take_envelopes().back().find("the folder is not writable"), std::string::npos);
}

}  // namespace
