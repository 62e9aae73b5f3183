#include <cerrno>
#include <fcntl.h>
#include <gtest/gtest.h>
#include <unistd.h>

#include <musubi/hosted/descriptor.hpp>

namespace musubi::hosted {
namespace {

int opened() {
  return ::open("/dev/null", O_RDONLY | O_CLOEXEC);
}

bool is_open(int number) {
  return ::fcntl(number, F_GETFD) >= 0;
}

TEST(descriptor, closes_what_it_owns_at_the_end_of_its_scope) {
  int number = -1;
  {
    const descriptor file(opened());
    ASSERT_TRUE(file);
    number = file.get();
    EXPECT_TRUE(is_open(number));
  }
  EXPECT_FALSE(is_open(number));
}

TEST(descriptor, closes_the_last_one_when_it_gets_another) {
  descriptor file(opened());
  const int last = ::fcntl(file.get(), F_DUPFD_CLOEXEC, 100);
  file.reset(last);
  file.reset(opened());
  EXPECT_FALSE(is_open(last));
  EXPECT_TRUE(is_open(file.get()));
}

TEST(descriptor, leaves_what_was_released_open) {
  int number = -1;
  {
    descriptor file(opened());
    number = file.release();
    EXPECT_FALSE(file);
  }
  EXPECT_TRUE(is_open(number));
  ::close(number);
}

TEST(descriptor, keeps_errno) {
  descriptor file(opened());
  errno = EPIPE;
  file.reset();
  EXPECT_EQ(errno, EPIPE);
}

}  // namespace
}  // namespace musubi::hosted
