#include "incoming_file.hpp"

#include <filesystem>
#include <fstream>
#include <gtest/gtest.h>
#include <iterator>
#include <string>
#include <unistd.h>

namespace {

using musubi::upload_step;

class incoming_files : public testing::Test {
 protected:
  incoming_files() {
    char name[] = "/tmp/letters_XXXXXX";
    folder = mkdtemp(name);
  }
  ~incoming_files() override { std::filesystem::remove_all(folder); }

  [[nodiscard]] std::string content(const std::string& name) const {
    std::ifstream in(folder + "/" + name, std::ios::binary);
    return {std::istreambuf_iterator<char>(in), {}};
  }
  [[nodiscard]] std::ptrdiff_t count() const {
    const std::filesystem::directory_iterator files(folder);
    return std::distance(begin(files), end(files));
  }
  static upload_step write(incoming_file& to, std::string_view text) {
    return to.write(std::as_bytes(std::span(text)));
  }

  std::string folder;
};

TEST_F(incoming_files, are_kept_under_the_name_that_they_are_given) {
  incoming_file file;
  ASSERT_TRUE(file.begin(folder, "u_1"));
  EXPECT_TRUE(file.in_use());
  EXPECT_EQ(write(file, "one "), upload_step::done);
  EXPECT_EQ(write(file, "two"), upload_step::done);
  EXPECT_EQ(file.finish(), upload_step::done);
  EXPECT_EQ(file.size(), 7U);
  EXPECT_EQ(file.keep_as("letter.txt"), file_name("letter.txt"));
  file.release();
  EXPECT_FALSE(file.in_use());
  EXPECT_EQ(content("letter.txt"), "one two");
  EXPECT_EQ(count(), 1);
}

TEST_F(incoming_files, replace_no_other_file) {
  const auto keep = [&](const std::string& text, std::string_view name) {
    incoming_file file;
    EXPECT_TRUE(file.begin(folder, "u_1"));
    EXPECT_EQ(write(file, text), upload_step::done);
    EXPECT_EQ(file.finish(), upload_step::done);
    const auto kept = file.keep_as(name);
    file.release();
    return kept ? std::string(kept->view()) : std::string();
  };
  EXPECT_EQ(keep("one", "image.jpg"), "image.jpg");
  EXPECT_EQ(keep("two", "image.jpg"), "image-2.jpg");
  EXPECT_EQ(keep("three", "image.jpg"), "image-3.jpg");
  EXPECT_EQ(keep("four", "readme"), "readme");
  EXPECT_EQ(keep("five", "readme"), "readme-2");
  ASSERT_TRUE(std::filesystem::create_directory(folder + "/photos"));
  EXPECT_EQ(keep("six", "photos"), "photos-2");
  const std::string longest(64, 'x');
  EXPECT_EQ(keep("seven", longest), longest);
  EXPECT_EQ(keep("eight", longest), longest + "-2");
  EXPECT_EQ(content("image.jpg"), "one");
  EXPECT_EQ(content("image-2.jpg"), "two");
  EXPECT_EQ(content("image-3.jpg"), "three");
  EXPECT_EQ(count(), 9);
}

TEST_F(incoming_files, are_gone_when_they_are_released_and_were_not_kept) {
  incoming_file file;
  ASSERT_TRUE(file.begin(folder, "u_1"));
  EXPECT_EQ(write(file, "half"), upload_step::done);
  EXPECT_EQ(count(), 1);
  file.release();
  EXPECT_EQ(count(), 0);
  ASSERT_TRUE(file.begin(folder, "u_2"));  // and the slot is good for another
  EXPECT_EQ(file.size(), 0U);
}

TEST_F(incoming_files, are_gone_when_their_slot_is_destroyed) {
  {
    incoming_file file;
    ASSERT_TRUE(file.begin(folder, "u_1"));
  }
  EXPECT_EQ(count(), 0);
}

TEST_F(incoming_files, do_not_begin_where_nothing_can_be_written) {
  incoming_file file;
  EXPECT_FALSE(file.begin(folder + "/none", "u_1"));
  EXPECT_FALSE(file.begin(std::string(300, 'x'), "u_1"));
  EXPECT_FALSE(file.in_use());
  ASSERT_TRUE(file.begin(folder, "u_1"));
  incoming_file second;
  EXPECT_FALSE(second.begin(folder, "u_1"));  // the first one's
}

TEST_F(incoming_files, that_cannot_be_kept_stay_until_they_are_released) {
  incoming_file file;
  ASSERT_TRUE(file.begin(folder, "u_1"));
  EXPECT_EQ(file.finish(), upload_step::done);
  EXPECT_FALSE(file.keep_as("no/such/folder"));
  EXPECT_EQ(count(), 1);
  file.release();
  EXPECT_EQ(count(), 0);
}

TEST(safe_names, have_nothing_that_leads_elsewhere) {
  EXPECT_EQ(safe_name("letter-1.txt"), "letter-1.txt");
  EXPECT_EQ(safe_name("../../etc/passwd"), "_._.._etc_passwd");
  EXPECT_EQ(safe_name("..\\boot"), "_._boot");
  EXPECT_EQ(safe_name(".profile"), "_profile");
  EXPECT_EQ(safe_name("a b\xC3\xBC\n"), "a_b___");
  EXPECT_EQ(safe_name(""), "file");
  EXPECT_EQ(safe_name(std::string(200, 'x')).size(), 64U);
}

}  // namespace
