#pragma once
/// Fault injection for tests: the nth request to any pool fails.

#include <cstdint>

namespace musubi {

/// Counts requests to pools and makes a chosen one fail. Costs one comparison when unarmed.
/// Not thread-safe: arm it before threads start, or use only one host.
class fault {
 public:
  /// Fails the `nth` request from now (1 is the next one); 0 fails none.
  static void arm(std::uint32_t nth) noexcept { countdown_ = nth; }
  static void disarm() noexcept { countdown_ = 0; }
  /// True while the armed request is still to come.
  [[nodiscard]] static bool armed() noexcept { return countdown_ != 0; }
  /// Counts one request. Returns true if it is the one to fail.
  [[nodiscard]] static bool strikes() noexcept { return countdown_ != 0 && --countdown_ == 0; }

 private:
  inline static std::uint32_t countdown_ = 0;
};

}  // namespace musubi
