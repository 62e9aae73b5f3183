#include "follow.hpp"

#include "unit/async/virtual_host.hpp"

#include <gtest/gtest.h>
#include <vector>

#include <musubi/async/task_group.hpp>
#include <musubi/hosted/internal/work_queue.hpp>

namespace sensors {
namespace {

using namespace std::chrono_literals;

/// A sensor that counts how often it was asked. The test is the thread that asks it.
class a_followed_sensor : public testing::Test {
 protected:
  a_followed_sensor() {
    host_.loop().employ(work_);
    const auto read = [this] { return musubi::result<int>(++asked_); };
    const auto publish = [this](const musubi::result<int>& found) {
      published_.push_back(found.ok() ? *found : -1);
    };
    EXPECT_TRUE(group_.spawn(follow(1s, 2s, read, publish)).ok());
    host_.run();
  }
  void work() {
    while (work_.run_next()) host_.run();
  }

  musubi::test::virtual_host host_;
  musubi::hosted::work_queue work_{8};
  musubi::task_group group_;
  int asked_ = 0;
  std::vector<int> published_;
};

TEST_F(a_followed_sensor, is_asked_again_after_the_pause) {
  work();
  host_.run_for(999ms);
  work();
  EXPECT_EQ(published_, (std::vector{1}));
  host_.run_for(1ms);
  work();
  EXPECT_EQ(published_, (std::vector{1, 2}));
}

TEST_F(a_followed_sensor, that_hangs_is_published_as_an_error_and_not_asked_again) {
  host_.run_for(4s);
  EXPECT_EQ(published_, (std::vector{-1, -1}));
  EXPECT_EQ(work_.metrics().used, 1U);
  work();
  EXPECT_EQ(published_, (std::vector{-1, -1, 1}));
}

}  // namespace
}  // namespace sensors
