#pragma once
/// A host on a virtual clock whose coroutines offload work, for tests that bring the threads.

#include "unit/async/virtual_host.hpp"

#include <gtest/gtest.h>
#include <optional>
#include <utility>
#include <vector>

#include <musubi/async/offload.hpp>
#include <musubi/async/task_group.hpp>

namespace musubi::test {

/// A fixture that derives from it resets `group_` before it ends the threads.
class offloading_host : public ::testing::Test {
 protected:
  /// Awaits `make()`, and keeps the result.
  template <class Make>
  static task<> ask(Make make, std::vector<result<int>>& answers) {
    auto work = make();
    answers.push_back(co_await work);
  }
  /// Starts a coroutine that awaits `make()`, and keeps the result in `answers_`.
  template <class Make>
  void start(Make make) {
    ASSERT_TRUE(group_->spawn(ask(std::move(make), answers_)).ok());
  }

  virtual_host host_;
  std::vector<result<int>> answers_;
  std::optional<task_group> group_{std::in_place};
};

}  // namespace musubi::test
