#pragma once
/// A hash of text that tells versions apart. Not for secrets, nor against people who choose the
/// text.

#include <cstdint>
#include <string_view>

namespace musubi {

/// FNV-1a with 64 bits (draft-eastlake-fnv, section 2), of all that was added.
class fnv1a {
 public:
  constexpr fnv1a() noexcept = default;
  constexpr explicit fnv1a(std::string_view text) noexcept { add(text); }

  constexpr void add(std::string_view text) noexcept {
    for (const char each : text) {
      value_ = (value_ ^ static_cast<unsigned char>(each)) * 0x100000001b3;
    }
  }
  [[nodiscard]] constexpr std::uint64_t hash() const noexcept { return value_; }

 private:
  std::uint64_t value_ = 0xcbf29ce484222325;
};

}  // namespace musubi
