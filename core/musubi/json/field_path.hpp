#pragma once
/// Where in a JSON document something is: `schedule[2].celsius`.

#include <array>
#include <cstddef>
#include <cstdint>

#include <musubi/json/string_token.hpp>
#include <musubi/json/writer.hpp>

namespace musubi::json {

/// Filled from the inside out: the innermost step first. Small, since it is on the stack of
/// everything that reads a payload.
class field_path {
 public:
  /// Deepest path that is kept whole; of a deeper one, the outermost steps are left out.
  static constexpr std::size_t max_steps = 8;

  /// A key of a text that outlives this.
  void add(const string_token& key) noexcept {
    if (count_ == max_steps) return;
    if (key.escaped_) escaped_ = static_cast<std::uint8_t>(escaped_ | 1U << count_);
    steps_[count_++] = {key.inside_.data(), static_cast<std::uint32_t>(key.inside_.size())};
  }
  void add(std::size_t index) noexcept {
    if (count_ != max_steps) steps_[count_++] = {nullptr, static_cast<std::uint32_t>(index)};
  }
  void clear() noexcept { count_ = escaped_ = 0; }
  /// As the inside of a JSON string.
  void write(writer& out) const noexcept;

 private:
  struct step {
    const char* key;  // null: an element
    std::uint32_t size_or_index;
  };
  std::array<step, max_steps> steps_{};
  std::uint8_t count_ = 0;
  std::uint8_t escaped_ = 0;  // which keys are, one bit each
};

}  // namespace musubi::json
