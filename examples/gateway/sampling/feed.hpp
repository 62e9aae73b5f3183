#pragma once
/// A topic that remembers its latest reading, for pages that come between two of them.

#include <mutex>

#include <musubi/host/topic.hpp>

namespace gateway {

/// Readings of one kind. One thread publishes, every host's pages hear it.
template <class Reading>
class feed {
 public:
  /// Two on their way to another core are plenty: the newer one replaces the older on the page.
  using topic_type = musubi::topic<Reading, 2>;

  [[nodiscard]] topic_type& topic() noexcept { return topic_; }
  /// From a host's thread.
  void publish(const Reading& reading) noexcept {
    remember(reading);
    topic_.publish(reading);
  }
  /// From a thread that has no host.
  void post(const Reading& reading) noexcept {
    remember(reading);
    topic_.post(reading);
  }
  /// For those who come before the next one. From any thread.
  [[nodiscard]] Reading latest() const noexcept {
    const std::scoped_lock hold(lock_);
    return latest_;
  }

 private:
  void remember(const Reading& reading) noexcept {
    const std::scoped_lock hold(lock_);
    latest_ = reading;
  }

  topic_type topic_;
  mutable std::mutex lock_;  // a page may be mounted on another core
  Reading latest_;
};

}  // namespace gateway
