#pragma once
/// Failure on demand, for tests: the nth request to any pool is refused.

#include <cstdint>

namespace musubi {

/// Counts requests to pools and refuses the one it was armed for. Costs one comparison when
/// unarmed. Not thread-safe: arm it before the threads start, or with one host.
class fault {
 public:
  /// Refuses the `nth` request from now (1 is the next one); 0 refuses none.
  static void arm(std::uint32_t nth) noexcept { countdown_ = nth; }
  static void disarm() noexcept { countdown_ = 0; }
  /// True when the armed request has not come yet.
  [[nodiscard]] static bool armed() noexcept { return countdown_ != 0; }
  /// True for the request that is to fail.
  [[nodiscard]] static bool strikes() noexcept { return countdown_ != 0 && --countdown_ == 0; }

 private:
  inline static std::uint32_t countdown_ = 0;
};

}  // namespace musubi
