#include "sensors/file_tree.hpp"

#include "machine_fixture.hpp"

#include <cerrno>
#include <fcntl.h>
#include <set>
#include <sys/stat.h>
#include <sys/syscall.h>
#include <unistd.h>

namespace gateway::test {

/// Linux 5.6 and later; QEMU's user emulation does not.
static bool kernel_resolves_below_a_folder() {
#ifdef SYS_openat2
  return ::syscall(SYS_openat2, AT_FDCWD, ".", nullptr, std::size_t{0}) >= 0 || errno != ENOSYS;
#else
  return false;
#endif
}

class a_file_reader : public machine {
 protected:
  const file_tree here_ = files();
  file_reader reader_{here_};
  char buffer_[64];
};

TEST_F(a_file_reader, reads_the_first_line_without_the_white_space_around_it) {
  write("/sys/name", "  coretemp \nmore\n");
  EXPECT_EQ(reader_.line(reader_.path("/sys/name"), buffer_), "coretemp");
}

TEST_F(a_file_reader, finds_nothing_where_a_file_is_missing_or_empty) {
  write("/sys/empty", "");
  for (const char* file : {"/sys/missing", "/sys/empty", "/sys", "/sys/empty/below"}) {
    EXPECT_FALSE(reader_.read(reader_.path(file), buffer_)) << file;
  }
  EXPECT_FALSE(reader_.failed());
}

TEST_F(a_file_reader, reads_a_number_and_refuses_anything_else) {
  write("/sys/number", "-42\n");
  write("/sys/words", "12 apples\n");
  write("/sys/huge", "99999999999999999999\n");
  EXPECT_EQ(reader_.number(reader_.path("/sys/number")), -42);
  EXPECT_FALSE(reader_.number(reader_.path("/sys/words")));
  EXPECT_FALSE(reader_.number(reader_.path("/sys/huge")));
}

TEST_F(a_file_reader, leaves_a_path_empty_that_is_too_long_and_reads_nothing_there) {
  std::string name = at("/x").string();
  name.resize(400, 'x');
  const auto path = reader_.path("/", name);
  EXPECT_TRUE(path.empty());
  EXPECT_FALSE(reader_.read(path, buffer_));
  EXPECT_FALSE(reader_.failed());
}

TEST_F(a_file_reader, follows_a_link_by_name_only) {
  link("/dev/mapper/root", "../dm-0");
  write("/dev/plain", "");
  EXPECT_EQ(reader_.link_name(reader_.path("/dev/mapper/root"), buffer_), "dm-0");
  EXPECT_FALSE(reader_.link_name(reader_.path("/dev/plain"), buffer_));
  EXPECT_FALSE(reader_.failed());
}

TEST_F(a_file_reader, does_not_leave_the_machine_by_a_link) {
  if (!kernel_resolves_below_a_folder()) GTEST_SKIP() << "links are followed as they are";
  write("/nix/store/os-release", "of the machine\n");
  link("/etc/static", "/nix/store");
  link("/etc/os-release", "/etc/static/os-release");
  link("/etc/up", "../../../../../../../../../etc/passwd");
  EXPECT_EQ(reader_.line(reader_.path("/etc/os-release"), buffer_), "of the machine");
  EXPECT_FALSE(reader_.line(reader_.path("/etc/up"), buffer_));
}

TEST_F(a_file_reader, does_not_wait_for_a_fifo) {
  write("/sys/other", "");
  ASSERT_EQ(::mkfifo(at("/sys/fifo").c_str(), 0600), 0);
  EXPECT_FALSE(reader_.read(reader_.path("/sys/fifo"), buffer_));
}

TEST_F(a_file_reader, has_failed_when_something_was_there_and_could_not_be_read) {
  fail("/sys/busy");
  EXPECT_FALSE(reader_.number(reader_.path("/sys/busy")));
  EXPECT_TRUE(reader_.failed());
  EXPECT_FALSE(reader_.exhausted());
  reader_.again();
  EXPECT_FALSE(reader_.failed());
}

TEST_F(a_file_reader, is_exhausted_when_there_is_no_descriptor_left) {
  write("/sys/name", "coretemp\n");
  const no_descriptors at_all;
  EXPECT_FALSE(reader_.line(reader_.path("/sys/name"), buffer_));
  EXPECT_TRUE(reader_.failed());
  EXPECT_TRUE(reader_.exhausted());
}

class the_root_of_a_machine : public machine {};

TEST_F(the_root_of_a_machine, is_a_folder_with_a_machine_in_it) {
  EXPECT_FALSE(file_tree().problem());
  EXPECT_EQ(files().problem(),
            "neither proc nor sys is in it: is the machine's root mounted there?");
  write("/sys/class/hwmon/hwmon0/name", "nvme");
  EXPECT_FALSE(files().problem());
  EXPECT_EQ(file_tree(at("/missing").string()).problem(), "there is no such folder");
  write("/file", "");
  EXPECT_EQ(file_tree(at("/file").string()).problem(), "it is not a folder");
  EXPECT_TRUE(file_tree(std::string(200, 'x')).problem());
}

TEST_F(the_root_of_a_machine, is_alive_where_the_kernel_answers) {
  EXPECT_TRUE(file_tree().is_own());
  EXPECT_TRUE(file_tree().is_live());
  write("/proc/uptime", "1 1\n");
  EXPECT_FALSE(files().is_own());
  EXPECT_FALSE(files().is_live());
}

class line_reader : public machine {
 protected:
  const file_tree here_ = files();
  file_reader reader_{here_};
};

TEST_F(line_reader, gives_every_line_of_a_file_longer_than_its_buffer) {
  std::string content;
  for (int i = 0; i < 5000; ++i) content += "line " + std::to_string(i) + "\n";
  write("/proc/many", content);
  gateway::line_reader lines(reader_, reader_.path("/proc/many"));
  int count = 0;
  while (auto line = lines.next()) {
    ASSERT_EQ(*line, "line " + std::to_string(count));
    ++count;
  }
  EXPECT_EQ(count, 5000);
}

TEST_F(line_reader, gives_a_last_line_that_lacks_its_end) {
  write("/proc/file", "one\ntwo");
  gateway::line_reader lines(reader_, reader_.path("/proc/file"));
  EXPECT_EQ(lines.next(), "one");
  EXPECT_EQ(lines.next(), "two");
  EXPECT_FALSE(lines.next());
}

TEST_F(line_reader, gives_the_first_part_of_a_line_longer_than_its_buffer) {
  write("/proc/file", "short\n" + std::string(10'000, 'x') + "\nnext\n");
  gateway::line_reader lines(reader_, reader_.path("/proc/file"));
  EXPECT_EQ(lines.next(), "short");
  const auto cut = lines.next();
  ASSERT_TRUE(cut);
  EXPECT_EQ(*cut, std::string(cut->size(), 'x'));
  EXPECT_EQ(lines.next(), "next");
  EXPECT_FALSE(lines.next());
}

TEST_F(line_reader, has_no_lines_when_the_file_is_missing) {
  gateway::line_reader lines(reader_, reader_.path("/proc/file"));
  EXPECT_FALSE(lines.is_open());
  EXPECT_FALSE(lines.next());
}

TEST_F(line_reader, takes_the_second_file_where_the_first_is_absent_and_not_where_it_failed) {
  write("/proc/second", "two\n");
  EXPECT_EQ(
      gateway::line_reader(reader_, reader_.path("/proc/1/first"), reader_.path("/proc/second"))
          .next(),
      "two");
  fail("/proc/1/first");
  EXPECT_FALSE(
      gateway::line_reader(reader_, reader_.path("/proc/1/first"), reader_.path("/proc/second"))
          .next());
  EXPECT_TRUE(reader_.failed());
}

class folder_reader : public machine {
 protected:
  const file_tree here_ = files();
  file_reader reader_{here_};
};

TEST_F(folder_reader, gives_every_name_of_a_folder_larger_than_its_buffer) {
  std::set<std::string> expected;
  for (int i = 0; i < 300; ++i) {
    const std::string name = "a-name-of-some-length-" + std::to_string(i);
    write("/sys/class/" + name, "");
    expected.insert(name);
  }
  std::set<std::string> found;
  gateway::folder_reader names(reader_, reader_.path("/sys/class"));
  while (auto name = names.next()) found.insert(std::string(*name));
  EXPECT_EQ(found, expected);
}

TEST_F(folder_reader, has_no_names_when_the_folder_is_missing) {
  gateway::folder_reader names(reader_, reader_.path("/sys/class"));
  EXPECT_FALSE(names.is_open());
  EXPECT_FALSE(names.next());
}

}  // namespace gateway::test
