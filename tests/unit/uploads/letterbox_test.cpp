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
  EXPECT_EQ(page.state().letters[0].name, "to you.txt");
  EXPECT_EQ(page.state().letters[0].file, "to_you.txt");
  EXPECT_EQ(std::filesystem::file_size(folder + "/to_you.txt"), 2500U);
}

TEST_F(letterboxes, keep_every_file_of_a_name_that_all_phones_give) {
  musubi::testkit::mounted<letterbox> mine;
  musubi::testkit::mounted<letterbox> yours;
  for (auto* page : {&mine, &yours, &mine}) {
    EXPECT_EQ(page->send_file<letterbox::Letter>("image.jpg", "photo").problem, "");
    EXPECT_EQ(page->dispatch(letterbox::Post{}).as<letterbox::Post::Reply>()->kept, 1);
  }
  ASSERT_EQ(mine.state().letters.size(), 3U);
  for (const posted& each : mine.state().letters) EXPECT_EQ(each.name, "image.jpg");
  EXPECT_EQ(mine.state().letters[0].file, "image.jpg");
  EXPECT_EQ(mine.state().letters[1].file, "image-2.jpg");
  EXPECT_EQ(mine.state().letters[2].file, "image-3.jpg");
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
