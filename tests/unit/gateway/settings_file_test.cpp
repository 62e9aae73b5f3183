#include "settings/settings_file.hpp"

#include "failing_calls.hpp"
#include "machine_fixture.hpp"
#include "sensors/scan.hpp"

#include <atomic>
#include <cstdlib>
#include <iterator>
#include <sstream>
#include <sys/mman.h>
#include <sys/socket.h>
#include <sys/stat.h>
#include <sys/un.h>
#include <sys/wait.h>
#include <unistd.h>

namespace gateway::test {

class a_settings_file : public machine {
 protected:
  a_settings_file() : machine(in_memory()) {}
  [[nodiscard]] file_path path(std::string_view below = "/settings") const {
    return files().path(below);
  }
  [[nodiscard]] std::string content(std::string_view below = "/settings") const {
    std::ostringstream all;
    all << std::ifstream(at(below)).rdbuf();
    return all.str();
  }
  /// How many names there are in a folder.
  [[nodiscard]] std::ptrdiff_t count(std::string_view below = "/") const {
    const std::filesystem::directory_iterator names(at(below));
    return std::distance(begin(names), end(names));
  }
  [[nodiscard]] mode_t mode(std::string_view below) const {
    struct stat about {};
    EXPECT_EQ(::lstat(at(below).c_str(), &about), 0);
    return about.st_mode;
  }
  static std::ptrdiff_t descriptors() {
    const std::filesystem::directory_iterator open("/proc/self/fd");
    return std::distance(begin(open), end(open));
  }
  static settings named(std::string_view name, std::uint32_t period = 250) {
    settings values;
    EXPECT_TRUE(values.name.assign(name));
    values.period = period;
    return values;
  }
  static std::string_view first_remark(const opened_settings& opened) {
    return opened.remarks.empty() ? std::string_view() : opened.remarks[0].view();
  }
  /// Opens, saves and closes again.
  static musubi::status save(const file_path& to, const settings& values,
                             file_calls& calls = file_calls::of_the_system()) {
    settings_file file(to, calls);
    (void)file.open();
    return file.save(values).outcome;
  }
};

TEST_F(a_settings_file, gives_back_what_was_saved_but_the_pause) {
  settings values = named("Cellar = 1");
  values.paused = true;
  values.resets = 3;
  ASSERT_TRUE(save(path(), values));
  settings_file file(path());
  const opened_settings opened = file.open();
  EXPECT_FALSE(opened.refusal);
  EXPECT_TRUE(opened.remarks.empty()) << first_remark(opened);
  EXPECT_EQ(opened.values.name.view(), "Cellar = 1");
  EXPECT_EQ(opened.values.period, 250U);
  EXPECT_FALSE(opened.values.paused);
  EXPECT_EQ(opened.values.resets, 0U);
}

TEST_F(a_settings_file, is_there_only_once_something_was_saved) {
  settings_file file(path("/a/b/settings"));
  EXPECT_TRUE(file.open().remarks.empty());
  EXPECT_FALSE(std::filesystem::exists(at("/a/b/settings")));
  ASSERT_TRUE(file.save(named("Cellar")).outcome);
  EXPECT_EQ(content("/a/b/settings"), "name=Cellar\nperiod=250\n");
  EXPECT_EQ(mode("/a/b/settings") & 07777U, 0600U);
  EXPECT_EQ(mode("/a/b") & 07777U, 0700U);
}

TEST_F(a_settings_file, has_only_its_lock_beside_it) {
  ASSERT_TRUE(save(path("/state/settings"), named("Cellar")));
  ASSERT_TRUE(save(path("/state/settings"), named("Attic")));
  EXPECT_EQ(count("/state"), 2);
  EXPECT_TRUE(std::filesystem::exists(at("/state/settings.lock")));
}

TEST_F(a_settings_file, keeps_comments_and_what_another_version_wrote) {
  write("/settings", "# mine\nname=Cellar\nunits=F\n");
  ASSERT_TRUE(save(path(), named("Attic")));
  EXPECT_EQ(content(), "name=Attic\nperiod=250\n# mine\nunits=F\n");
}

TEST_F(a_settings_file, belongs_to_one_gateway_at_a_time) {
  settings_file first(path());
  ASSERT_FALSE(first.open().refusal);
  ASSERT_TRUE(first.save(named("First")).outcome);  // which replaces the file
  {
    settings_file second(path());
    const opened_settings opened = second.open();
    ASSERT_TRUE(opened.refusal);
    EXPECT_EQ(opened.refusal->view(),
              "another gateway uses it: process " + std::to_string(::getpid()));
    EXPECT_EQ(second.save(named("Second")).outcome.reason(),
              "another gateway uses the settings file");
  }
  EXPECT_EQ(content(), "name=First\nperiod=250\n");
  std::filesystem::create_directory_symlink(at("/"), at("/elsewhere"));
  link("/same", "settings");
  for (const std::string_view other : {"/elsewhere/settings", "/same", "/./settings"}) {
    settings_file same(path(other));
    EXPECT_TRUE(same.open().refusal) << other;
  }
}

TEST_F(a_settings_file, is_free_again_when_its_gateway_has_ended) {
  { ASSERT_FALSE(settings_file(path()).open().refusal); }
  write("/settings.lock", "999999999999");
  ASSERT_FALSE(settings_file(path()).open().refusal);
}

TEST_F(a_settings_file, is_what_links_lead_to_and_they_stay) {
  write("/data/real", "name=Cellar\n");
  link("/etc/settings", "../hop");
  link("/hop", "data/real");
  settings_file file(path("/etc/settings"));
  EXPECT_EQ(file.open().values.name.view(), "Cellar");
  ASSERT_TRUE(file.save(named("Attic")).outcome);
  EXPECT_TRUE(S_ISLNK(mode("/etc/settings")));
  EXPECT_TRUE(S_ISLNK(mode("/hop")));
  EXPECT_EQ(content("/data/real"), "name=Attic\nperiod=250\n");
  EXPECT_EQ(count("/etc"), 1);
}

TEST_F(a_settings_file, may_be_linked_before_it_is_there) {
  link("/settings", at("/data/deep/real").string());
  ASSERT_TRUE(save(path(), named("Attic")));
  EXPECT_TRUE(S_ISLNK(mode("/settings")));
  EXPECT_EQ(content("/data/deep/real"), "name=Attic\nperiod=250\n");
}

TEST_F(a_settings_file, may_not_be_a_circle_of_links) {
  link("/settings", "other");
  link("/other", "settings");
  settings_file file(path());
  EXPECT_EQ(first_remark(file.open()),
            "settings cannot be saved: the path of the settings file has too many symbolic links");
}

TEST_F(a_settings_file, keeps_its_mode_and_its_owner) {
  write("/settings", "name=Cellar\n");
  ASSERT_EQ(::chmod(at("/settings").c_str(), 0640), 0);
  const bool root = ::geteuid() == 0;
  if (root) {
    ASSERT_EQ(::chown(at("/settings").c_str(), 12345, 23456), 0);
  }
  ASSERT_TRUE(save(path(), named("Attic")));
  struct stat about {};
  ASSERT_EQ(::lstat(at("/settings").c_str(), &about), 0);
  EXPECT_EQ(about.st_mode & 07777U, 0640U);
  if (root) {
    EXPECT_EQ(about.st_uid, 12345U);
    EXPECT_EQ(about.st_gid, 23456U);
  }
}

TEST_F(a_settings_file, is_a_regular_file_or_none) {
  std::filesystem::create_directory(at("/folder"));
  ASSERT_EQ(::mkfifo(at("/fifo").c_str(), 0600), 0);
  sockaddr_un address{};
  address.sun_family = AF_UNIX;
  const int listener = ::socket(AF_UNIX, SOCK_STREAM, 0);
  ASSERT_LT(at("/socket").string().copy(address.sun_path, sizeof address.sun_path - 1), 107U);
  ASSERT_EQ(::bind(listener, reinterpret_cast<sockaddr*>(&address), sizeof address), 0);
  ::close(listener);
  link("/null", "/dev/null");
  for (const std::string_view other : {"/folder", "/fifo", "/socket", "/null"}) {
    settings_file file(path(other));
    const opened_settings opened = file.open();
    ASSERT_TRUE(opened.refusal) << other;
    EXPECT_EQ(opened.refusal->view(), "it is not a regular file");
    EXPECT_EQ(file.save(named("x")).outcome.reason(), "the settings file is not a regular file");
  }
  EXPECT_EQ(settings_file(path("/folder/")).open().refusal->view(), "it is a folder");
  EXPECT_TRUE(S_ISDIR(mode("/folder")));
  EXPECT_TRUE(S_ISFIFO(mode("/fifo")));
  EXPECT_TRUE(S_ISSOCK(mode("/socket")));
}

TEST_F(a_settings_file, is_never_a_device) {
  for (const char* device : {"/dev/null", "/dev/full", "/dev/zero"}) {
    settings_file file(*file_path::from(device));
    EXPECT_TRUE(file.open().refusal) << device;
    EXPECT_FALSE(file.save(named("x")).outcome) << device;
    struct stat about {};
    ASSERT_EQ(::lstat(device, &about), 0);
    EXPECT_TRUE(S_ISCHR(about.st_mode)) << device;
    EXPECT_FALSE(std::filesystem::exists(std::string(device) + ".lock"));
  }
}

TEST_F(a_settings_file, that_turns_into_something_else_is_not_replaced) {
  settings_file file(path());
  ASSERT_FALSE(file.open().refusal);
  std::filesystem::create_directory(at("/settings"));
  EXPECT_EQ(file.save(named("x")).outcome.reason(), "the settings file is not a regular file");
  EXPECT_TRUE(S_ISDIR(mode("/settings")));
}

TEST_F(a_settings_file, that_is_not_understood_is_told_and_left_alone) {
  const std::string passwords = "root:x:0:0:root:/root:/bin/bash\n";
  write("/settings", passwords);
  settings_file file(path());
  const opened_settings opened = file.open();
  EXPECT_FALSE(opened.refusal);
  ASSERT_EQ(opened.remarks.size(), 2U);
  EXPECT_EQ(opened.remarks[0].view(), "no line of it is a setting");
  EXPECT_EQ(opened.remarks[1].view(), "it will not be changed: new settings will not be saved");
  EXPECT_EQ(file.save(named("x")).outcome.reason(),
            "the settings file could not be understood and was not changed");
  EXPECT_EQ(content(), passwords);
}

TEST_F(a_settings_file, is_read_no_further_than_it_can_be_understood) {
  write("/settings", "name=x\n");
  ASSERT_EQ(::truncate(at("/settings").c_str(), 1'000'000'000), 0);
  settings_file file(path());
  EXPECT_EQ(first_remark(file.open()), "it is longer than 4096 bytes");
}

TEST_F(a_settings_file, says_which_lines_it_did_not_understand) {
  write("/settings", "name=Cellar\nperiod=5\n");
  settings_file file(path());
  const opened_settings opened = file.open();
  EXPECT_EQ(first_remark(opened), "line 2 (period=5): the period is 100 to 60000 milliseconds");
  EXPECT_EQ(opened.values.name.view(), "Cellar");
  EXPECT_TRUE(file.save(named("Attic")).outcome);
}

TEST_F(a_settings_file, says_at_the_start_that_it_cannot_be_saved) {
  write("/file", "");
  settings_file below_a_file(path("/file/settings"));
  const opened_settings opened = below_a_file.open();
  EXPECT_FALSE(opened.refusal);
  const std::string reason = "a part of the path of the settings file is not a folder";
  EXPECT_EQ(first_remark(opened), "settings cannot be saved: " + reason);
  EXPECT_EQ(below_a_file.save(named("x")).outcome.reason(), reason);

  failing_calls calls;
  calls.mount_points = true;  // as docker -v settings:/state/settings makes it
  write("/settings", "name=Cellar\n");
  settings_file mounted(path(), calls);
  EXPECT_EQ(first_remark(mounted.open()),
            "settings cannot be saved: the settings file is a mount point and cannot be replaced: "
            "mount its folder instead");
  EXPECT_EQ(content(), "name=Cellar\n");
}

TEST_F(a_settings_file, is_saved_as_soon_as_what_stood_in_the_way_is_gone) {
  write("/state", "a file where the folder should be");
  settings_file file(path("/state/settings"));
  EXPECT_FALSE(file.open().remarks.empty());
  EXPECT_FALSE(file.save(named("x")).outcome);
  remove("/state");
  EXPECT_TRUE(file.save(named("x")).outcome);
  EXPECT_EQ(content("/state/settings"), "name=x\nperiod=250\n");
}

TEST_F(a_settings_file, that_was_never_read_is_not_overwritten) {
  write("/state", "a file where the folder should be");
  settings_file file(path("/state/settings"));
  EXPECT_FALSE(file.open().remarks.empty());
  remove("/state");
  write("/state/settings", "name=Cellar\n");
  EXPECT_EQ(file.save(named("x")).outcome.reason(),
            "the settings file could not be read and was not changed");
  EXPECT_EQ(content("/state/settings"), "name=Cellar\n");
}

TEST_F(a_settings_file, without_a_path_keeps_nothing) {
  settings_file file;
  const opened_settings opened = file.open();
  EXPECT_FALSE(opened.refusal);
  EXPECT_TRUE(opened.values.name.empty());
  EXPECT_TRUE(file.save(named("x")).outcome);
}

TEST_F(a_settings_file, takes_away_what_a_killed_gateway_left_and_nothing_else) {
  write("/settings.abcdefghjkmn.new", "half");
  for (const std::string other :
       {"/settings.new", "/settings.abcdefghjkm.new", "/settings.abcdefghjkl0.new",
        "/settings.abcdefghjkmn.old", "/mysettings.abcdefghjkmn.new"}) {
    write(other, "somebody's");
  }
  link("/settings.bbbbbbbbbbbb.new", "settings.new");
  { EXPECT_TRUE(settings_file(path()).open().remarks.empty()); }
  EXPECT_FALSE(std::filesystem::exists(at("/settings.abcdefghjkmn.new")));
  EXPECT_EQ(count(), 7);  // five, the link, the lock
}

TEST_F(a_settings_file, is_written_whole_by_many_small_writes) {
  failing_calls calls;
  calls.short_writes = true;
  ASSERT_TRUE(save(path(), named("Cellar"), calls));
  EXPECT_EQ(content(), "name=Cellar\nperiod=250\n");
}

TEST_F(a_settings_file, survives_the_failure_of_any_system_call) {
  const std::string before = "name=Before\nperiod=250\n# mine\n";
  const std::string after = "name=After\nperiod=500\n# mine\n";
  const std::ptrdiff_t open = descriptors();
  for (const int error : {EIO, ENOSPC, EMFILE, EINTR}) {
    for (std::uint32_t nth = 1;; ++nth) {
      SCOPED_TRACE(testing::Message() << "call " << nth << ", error " << error);
      write("/settings", before);
      failing_calls calls;
      calls.arm(nth, error);
      {
        settings_file file(path(), calls);
        const opened_settings opened = file.open();
        const bool at_the_start = calls.fired();
        // What was read is right or not there, and what is not there is told.
        EXPECT_TRUE(opened.values.name == "Before" || !opened.remarks.empty());
        const saved_settings saved = file.save(named("After", 500));
        EXPECT_TRUE(saved.written || !saved.outcome.ok());
        EXPECT_EQ(content(), saved.written ? after : before);
        EXPECT_TRUE(saved.outcome.ok() || calls.fired());
        // Whatever failed once stands in nobody's way, unless the file was never read.
        calls.disarm();
        if (!at_the_start) {
          EXPECT_TRUE(file.save(named("After", 500)).outcome);
          EXPECT_EQ(content(), after);
        }
        if (error == EINTR) {
          EXPECT_TRUE(saved.written) << saved.outcome.reason();
        }
      }
      EXPECT_EQ(descriptors(), open);
      { (void)settings_file(path()).open(); }
      EXPECT_EQ(count(), 2);  // the settings and the lock
      if (!calls.fired()) {
        EXPECT_GT(nth, error == EINTR ? 15U : 35U);
        break;
      }
      ASSERT_LT(nth, 100U);
    }
  }
}

/// A gateway of its own process: what it was told to save is counted in memory that outlives it.
class a_killed_gateway : public a_settings_file {
 protected:
  struct shared {
    std::atomic<std::uint32_t> asked = 0;
    std::atomic<std::uint32_t> saved = 0;
  };
  a_killed_gateway() {
    void* const memory =
        ::mmap(nullptr, sizeof(shared), PROT_READ | PROT_WRITE, MAP_SHARED | MAP_ANONYMOUS, -1, 0);
    if (memory == MAP_FAILED) std::abort();
    told_ = new (memory) shared;
  }
  ~a_killed_gateway() override { ::munmap(told_, sizeof(shared)); }

  /// In a child: saves one number after the other until it is killed.
  template <class Ready>
  pid_t run(const Ready& ready) {
    const pid_t child = ::fork();
    if (child != 0) return child;
    failing_calls calls;
    settings_file file(path(), calls);
    if (file.open().refusal) ::_exit(1);
    ready(calls);
    for (std::uint32_t next = told_->saved + 1;; ++next) {
      told_->asked = next;
      if (!file.save(named(std::to_string(next))).outcome) ::_exit(2);
      told_->saved = next;
    }
  }
  static void expect_killed(pid_t child) {
    int status = 0;
    ASSERT_EQ(::waitpid(child, &status, 0), child);
    EXPECT_TRUE(WIFSIGNALED(status)) << WEXITSTATUS(status);
  }
  /// Another gateway finds the last settings that were saved, or those on their way.
  void expect_nothing_lost() {
    settings_file file(path());
    const opened_settings opened = file.open();
    EXPECT_FALSE(opened.refusal);
    EXPECT_TRUE(opened.remarks.empty()) << first_remark(opened);
    const auto found = to_number<std::uint32_t>(opened.values.name.view()).value_or(0);
    EXPECT_GE(found, told_->saved);
    EXPECT_LE(found, told_->asked);
    told_->saved = found;
    EXPECT_LE(count(), 2);
  }
  shared* told_;
};

TEST_F(a_killed_gateway, loses_nothing_at_whatever_system_call) {
  ASSERT_TRUE(save(path(), named("0")));
  for (const auto how :
       {failing_calls::ending::killed_before, failing_calls::ending::killed_after}) {
    for (std::uint32_t nth = 1; nth < 30; ++nth) {  // more than one save makes
      SCOPED_TRACE(nth);
      expect_killed(run([&](failing_calls& calls) { calls.arm(nth, 0, how); }));
      expect_nothing_lost();
    }
  }
}

TEST_F(a_killed_gateway, loses_nothing_two_hundred_times_at_any_moment) {
  ASSERT_TRUE(save(path(), named("0")));
  std::uint32_t random = 12345;
  for (int i = 0; i < 200; ++i) {
    SCOPED_TRACE(i);
    const std::uint32_t before = told_->saved;
    const pid_t child = run([](failing_calls&) {});
    // At work, and then for a while that is never the same.
    while (told_->saved == before && ::waitpid(child, nullptr, WNOHANG) == 0) ::usleep(50);
    ASSERT_GT(told_->saved, before) << "it could not save";
    random = random * 1664525U + 1013904223U;
    ::usleep(random >> 22U);
    ASSERT_EQ(::kill(child, SIGKILL), 0);
    expect_killed(child);
    expect_nothing_lost();
  }
}

}  // namespace gateway::test
