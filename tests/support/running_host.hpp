#pragma once
/// A host on threads of its own.

#include <gtest/gtest.h>
#include <thread>

namespace musubi::test {

/// Runs a host until it is told to stop, or goes.
template <class Host>
class running_host {
 public:
  explicit running_host(Host& host) : host_(host), thread_([&host] { EXPECT_EQ(host.run(), 0); }) {}
  ~running_host() { stop(); }
  running_host(const running_host&) = delete;
  running_host& operator=(const running_host&) = delete;
  void stop() {
    if (!thread_.joinable()) return;
    host_.stop();
    thread_.join();
  }

 private:
  Host& host_;
  std::thread thread_;
};

}  // namespace musubi::test
