#pragma once

#include <cstddef>

namespace musubi::tls {

/// While one lives, the region gives this thread no block of more than `most` bytes: a client must
/// not take the memory of many by the size that it announces for a message.
class block_limit {
 public:
  explicit block_limit(std::size_t most) noexcept : before_(now) { now = most; }
  ~block_limit() { now = before_; }
  block_limit(const block_limit&) = delete;
  block_limit& operator=(const block_limit&) = delete;

  [[nodiscard]] static bool allows(std::size_t bytes) noexcept { return bytes <= now; }

 private:
  static thread_local std::size_t now;
  std::size_t before_;
};

}  // namespace musubi::tls
