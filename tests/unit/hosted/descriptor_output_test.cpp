#include "support/counting_allocator.hpp"

#include <array>
#include <cstdio>
#include <fcntl.h>
#include <gtest/gtest.h>
#include <regex>
#include <string>
#include <sys/stat.h>
#include <unistd.h>

#include <musubi/hosted/internal/descriptor_output.hpp>

namespace musubi::hosted {
namespace {

/// A pipe that a log writes to, and what has come out of it.
class log_pipe {
 public:
  log_pipe() {
    EXPECT_EQ(::pipe(ends_.data()), 0);
    EXPECT_EQ(::fcntl(ends_[0], F_SETFL, O_NONBLOCK), 0);
  }
  ~log_pipe() {
    for (const int end : ends_) ::close(end);
  }
  log_pipe(const log_pipe&) = delete;
  log_pipe& operator=(const log_pipe&) = delete;

  [[nodiscard]] int entrance() const { return ends_[1]; }
  std::string read() const {
    std::string all;
    char part[4096];
    for (ssize_t got = 0; (got = ::read(ends_[0], part, sizeof part)) > 0;) {
      all.append(part, static_cast<std::size_t>(got));
    }
    return all;
  }
  /// "DEVICE:INODE", as systemd names the stream that it reads.
  [[nodiscard]] std::string name() const {
    struct stat status {};
    EXPECT_EQ(::fstat(ends_[1], &status), 0);
    return std::to_string(status.st_dev) + ":" + std::to_string(status.st_ino);
  }

 private:
  std::array<int, 2> ends_{};
};

TEST(descriptor_output, writes_a_notice_as_it_is_and_others_with_time_and_level) {
  const log_pipe pipe;
  descriptor_output out(pipe.entrance(), nullptr);
  out.write(log_level::notice, "listening on http://127.0.0.1:4000/");
  out.write(log_level::warning, "limit reached");
  const std::regex expected(
      "listening on http://127\\.0\\.0\\.1:4000/\n"
      "[0-9]{4}-[0-9]{2}-[0-9]{2} [0-9]{2}:[0-9]{2}:[0-9]{2} warning: limit reached\n");
  const std::string written = pipe.read();
  EXPECT_TRUE(std::regex_match(written, expected)) << written;
}

TEST(descriptor_output, gives_the_journal_priorities) {
  const log_pipe pipe;
  descriptor_output out(pipe.entrance(), pipe.name().c_str());
  for (const log_level each : {log_level::error, log_level::warning, log_level::notice,
                               log_level::info, log_level::debug}) {
    out.write(each, to_text(each));
  }
  EXPECT_EQ(pipe.read(), "<3>error\n<4>warning\n<5>notice\n<6>info\n<7>debug\n");
}

TEST(descriptor_output, gives_no_priorities_where_stderr_was_sent_elsewhere) {
  const log_pipe pipe;
  const log_pipe journal;
  for (const std::string& named : {journal.name(), std::string("8:"), std::string("x:1"),
                                   std::string(), pipe.name() + "1", pipe.name() + " "}) {
    descriptor_output out(pipe.entrance(), named.c_str());
    out.write(log_level::notice, "here");
    EXPECT_EQ(pipe.read(), "here\n") << named;
  }
}

TEST(descriptor_output, never_waits_for_a_reader_and_says_later_what_was_left_out) {
  const log_pipe pipe;
  descriptor_output out(pipe.entrance(), pipe.name().c_str());
  const std::string line(400, 'x');
  for (int i = 0; i < 1000; ++i) out.write(log_level::notice, line);  // returns, and that is it
  const std::string first = pipe.read();
  const std::size_t whole = first.size() / (line.size() + 4);
  EXPECT_EQ(first.size(), whole * (line.size() + 4)) << "a line was cut";
  EXPECT_LT(whole, 1000U);
  out.write(log_level::notice, "again");
  EXPECT_EQ(pipe.read(), "<4>" + std::to_string(1000 - whole) +
                             " lines dropped because stderr was not read\n<5>again\n");
}

TEST(descriptor_output, survives_a_reader_that_has_gone) {
  std::array<int, 2> ends{};
  ASSERT_EQ(::pipe(ends.data()), 0);
  descriptor_output out(ends[1], nullptr);
  ::close(ends[0]);
  out.write(log_level::notice, "nobody reads this");  // no SIGPIPE either
  ::close(ends[1]);
}

TEST(descriptor_output, does_not_write_to_what_later_has_the_number_of_a_closed_stderr) {
  const log_pipe pipe;
  const int number = ::dup(pipe.entrance());
  ::close(number);
  descriptor_output out(number, nullptr);
  ASSERT_EQ(::dup2(pipe.entrance(), number), number);  // a file of the application, say
  out.write(log_level::notice, "to stderr");
  EXPECT_EQ(pipe.read(), "");
  ::close(number);
}

TEST(descriptor_output, allocates_nothing) {
  const log_pipe pipe;
  descriptor_output out(pipe.entrance(), nullptr);
  out.write(log_level::warning, "the C library has now read what it wants to of the time zone");
  const test::heap_watch watch(test::heap_scope::this_thread);
  for (int i = 0; i < 10; ++i) out.write(log_level::warning, "limit reached");
  EXPECT_EQ(watch.allocations(), 0U);
}

}  // namespace
}  // namespace musubi::hosted
