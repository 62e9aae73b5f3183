#include "sensors/file_tree.hpp"

#include "machine_fixture.hpp"

#include <set>
#include <sys/stat.h>

namespace gateway::test {

class file_tree : public machine {};

TEST_F(file_tree, reads_the_first_line_without_the_white_space_around_it) {
  write("/sys/name", "  coretemp \nmore\n");
  char buffer[64];
  EXPECT_EQ(gateway::file_tree::line(files().path("/sys/name"), buffer), "coretemp");
}

TEST_F(file_tree, answers_nothing_for_a_file_that_is_missing_or_empty) {
  write("/sys/empty", "");
  char buffer[64];
  EXPECT_FALSE(gateway::file_tree::read(files().path("/sys/missing"), buffer));
  EXPECT_FALSE(gateway::file_tree::read(files().path("/sys/empty"), buffer));
  EXPECT_FALSE(gateway::file_tree::read(files().path("/sys"), buffer));
}

TEST_F(file_tree, reads_a_number_and_refuses_anything_else) {
  write("/sys/number", "-42\n");
  write("/sys/words", "12 apples\n");
  write("/sys/huge", "99999999999999999999\n");
  EXPECT_EQ(gateway::file_tree::number(files().path("/sys/number")), -42);
  EXPECT_FALSE(gateway::file_tree::number(files().path("/sys/words")));
  EXPECT_FALSE(gateway::file_tree::number(files().path("/sys/huge")));
}

TEST_F(file_tree, leaves_a_path_empty_that_is_too_long_and_reads_nothing_there) {
  std::string name = at("/x").string();
  name.resize(400, 'x');
  const auto path = files().path("/", name);
  char buffer[64];
  EXPECT_TRUE(path.empty());
  EXPECT_FALSE(gateway::file_tree::read(path, buffer));
}

TEST_F(file_tree, follows_a_link_by_name_only) {
  link("/dev/mapper/root", "../dm-0");
  write("/dev/plain", "");
  char buffer[64];
  EXPECT_EQ(gateway::file_tree::link_name(files().path("/dev/mapper/root"), buffer), "dm-0");
  EXPECT_FALSE(gateway::file_tree::link_name(files().path("/dev/plain"), buffer));
}

TEST_F(file_tree, does_not_wait_for_a_fifo) {
  write("/sys/other", "");
  ASSERT_EQ(::mkfifo(at("/sys/fifo").c_str(), 0600), 0);
  char buffer[64];
  EXPECT_FALSE(gateway::file_tree::read(files().path("/sys/fifo"), buffer));
}

class line_reader : public machine {};

TEST_F(line_reader, gives_every_line_of_a_file_longer_than_its_buffer) {
  std::string content;
  for (int i = 0; i < 5000; ++i) content += "line " + std::to_string(i) + "\n";
  write("/proc/many", content);
  gateway::line_reader lines(files().path("/proc/many"));
  int count = 0;
  while (auto line = lines.next()) {
    ASSERT_EQ(*line, "line " + std::to_string(count));
    ++count;
  }
  EXPECT_EQ(count, 5000);
}

TEST_F(line_reader, gives_a_last_line_that_lacks_its_end) {
  write("/proc/file", "one\ntwo");
  gateway::line_reader lines(files().path("/proc/file"));
  EXPECT_EQ(lines.next(), "one");
  EXPECT_EQ(lines.next(), "two");
  EXPECT_FALSE(lines.next());
}

TEST_F(line_reader, gives_the_first_part_of_a_line_longer_than_its_buffer) {
  write("/proc/file", "short\n" + std::string(10'000, 'x') + "\nnext\n");
  gateway::line_reader lines(files().path("/proc/file"));
  EXPECT_EQ(lines.next(), "short");
  const auto cut = lines.next();
  ASSERT_TRUE(cut);
  EXPECT_EQ(*cut, std::string(cut->size(), 'x'));
  EXPECT_EQ(lines.next(), "next");
  EXPECT_FALSE(lines.next());
}

TEST_F(line_reader, has_no_lines_when_the_file_is_missing) {
  gateway::line_reader lines(files().path("/proc/file"));
  EXPECT_FALSE(lines.is_open());
  EXPECT_FALSE(lines.next());
}

class folder_reader : public machine {};

TEST_F(folder_reader, gives_every_name_of_a_folder_larger_than_its_buffer) {
  std::set<std::string> expected;
  for (int i = 0; i < 300; ++i) {
    const std::string name = "a-name-of-some-length-" + std::to_string(i);
    write("/sys/class/" + name, "");
    expected.insert(name);
  }
  std::set<std::string> found;
  gateway::folder_reader names(files().path("/sys/class"));
  while (auto name = names.next()) found.insert(std::string(*name));
  EXPECT_EQ(found, expected);
}

TEST_F(folder_reader, has_no_names_when_the_folder_is_missing) {
  gateway::folder_reader names(files().path("/sys/class"));
  EXPECT_FALSE(names.is_open());
  EXPECT_FALSE(names.next());
}

}  // namespace gateway::test
