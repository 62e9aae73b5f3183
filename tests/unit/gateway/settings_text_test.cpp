#include "settings/settings_text.hpp"

#include <gtest/gtest.h>
#include <string>

namespace gateway {
namespace {

using namespace std::string_literals;

std::string_view first_remark(const settings_text& read) {
  return read.remarks.empty() ? std::string_view() : read.remarks[0].view();
}

TEST(settings_as_text, are_read_back_as_they_were_written) {
  settings values;
  values.name = "Cellar = 1";
  values.period = 250;
  const auto text = write_settings(values, {});
  EXPECT_EQ(text.view(), "name=Cellar = 1\nperiod=250\n");
  const settings_text read = read_settings(text);
  EXPECT_TRUE(read.usable);
  EXPECT_TRUE(read.remarks.empty());
  EXPECT_EQ(read.values.name.view(), "Cellar = 1");
  EXPECT_EQ(read.values.period, 250U);
}

TEST(settings_as_text, mean_the_same_however_an_editor_ends_lines_and_marks_the_file) {
  for (const std::string& text :
       {"name=Cellar\r\nperiod=500\r\n"s, "\xEF\xBB\xBFname=Cellar\nperiod=500\n"s,
        "\xEF\xBB\xBFname=Cellar\r\nperiod=500"s, "  name = Cellar\t\n\n\n period =500  \n"s,
        "# mine\nname=Attic\nname=Cellar\nperiod=500\n"s}) {
    SCOPED_TRACE(text);
    const settings_text read = read_settings(text);
    EXPECT_EQ(read.values.name.view(), "Cellar");
    EXPECT_EQ(read.values.period, 500U);
    EXPECT_TRUE(read.remarks.empty());
  }
}

TEST(settings_as_text, may_be_missing_or_empty) {
  for (const std::string_view text : {"", "\n", "# nothing yet\n", "name=\n", "period=1000\n"}) {
    const settings_text read = read_settings(text);
    EXPECT_TRUE(read.usable);
    EXPECT_TRUE(read.remarks.empty());
    EXPECT_TRUE(read.values.name.empty());
    EXPECT_EQ(read.values.period, settings::default_period);
  }
}

TEST(settings_as_text, say_which_line_cannot_be_used_and_why) {
  EXPECT_EQ(first_remark(read_settings("name=x\nperiod=5\n")),
            "line 2 (period=5): the period is 100 to 60000 milliseconds");
  EXPECT_EQ(first_remark(read_settings("period=1 s\n")),
            "line 1 (period=1 s): the period is a whole number of milliseconds");
  EXPECT_EQ(first_remark(read_settings("name=x\nperiod\n")),
            "line 2 (period): a setting is written as key=value");
  EXPECT_EQ(first_remark(read_settings("colour=blue\nname=x\n")),
            "line 1 (colour=blue): unknown setting");
  EXPECT_EQ(first_remark(read_settings("name="s + std::string(41, 'x') + "\n")),
            "line 1 (name="s + std::string(41, 'x') + "): a name has at most 40 characters");
  EXPECT_EQ(read_settings("period=5\nperiod=10\n").values.period, settings::default_period);
}

TEST(settings_as_text, keep_the_lines_that_this_version_does_not_know) {
  const settings_text read = read_settings("# mine\r\nname=x\nunits=F\nperiod=7\n");
  EXPECT_EQ(read.kept.view(), "# mine\nunits=F\n");
  EXPECT_EQ(write_settings(read.values, read.kept).view(),
            "name=x\nperiod=1000\n# mine\nunits=F\n");
}

TEST(settings_as_text, tell_the_first_lines_that_are_wrong_and_not_all_of_them) {
  std::string text = "name=x\n";
  for (int i = 0; i < 100; ++i) text += "what is this\n";
  const settings_text read = read_settings(text);
  EXPECT_TRUE(read.usable);
  EXPECT_EQ(read.remarks.size(), read.remarks.capacity);
}

TEST(settings_as_text, are_not_read_from_binary_or_unrelated_files) {
  const auto useless = [](const std::string& text) { return !read_settings(text).usable; };
  EXPECT_TRUE(useless("name=x\0\n"s));
  EXPECT_TRUE(useless("\xFF\xFEn\0a\0m\0e\0=\0x\0"s));  // UTF-16
  EXPECT_TRUE(useless("name=\xC3(\n"));
  EXPECT_TRUE(useless("name=x\n\x1B[2J"));
  EXPECT_TRUE(useless(std::string(settings_text::longest + 1, '\n')));
  EXPECT_TRUE(useless("name=x\n" + std::string(settings_text::most_kept, '#')));
  EXPECT_TRUE(useless("root:x:0:0:root:/root:/bin/bash\n"));
  EXPECT_EQ(first_remark(read_settings("\xFF")), "it is not UTF-8 text");
}

TEST(settings_as_text, can_always_be_read_again) {
  settings values;
  ASSERT_TRUE(values.name.assign("\xF0\x9F\x8C\xBF" + std::string(156, 'x')));
  values.period = settings::longest_period;
  settings_text::kept_lines kept;
  ASSERT_TRUE(kept.assign("#" + std::string(settings_text::most_kept - 2, 'x') + "\n"));
  const auto text = write_settings(values, kept);
  EXPECT_TRUE(text.view().ends_with(kept.view()));
  EXPECT_TRUE(read_settings(text).usable);
}

}  // namespace
}  // namespace gateway
