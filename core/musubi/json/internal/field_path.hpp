#pragma once
/// A position in a JSON document: `schedule[2].celsius`.

#include <array>
#include <cstddef>
#include <cstdint>

#include <musubi/json/internal/string_token.hpp>
#include <musubi/json/internal/writer.hpp>

namespace musubi::json {

/// Filled from the innermost step outwards. Small, because every function that reads a payload has
/// one on its stack.
class field_path {
 public:
  /// Maximum number of steps; of a deeper path, the outermost steps are left out.
  static constexpr std::size_t max_steps = 8;

  field_path() noexcept {}  // the steps are not set

  /// Adds a key, whose text must outlive this path.
  void add(const string_token& key) noexcept {
    if (count_ == max_steps) return;
    if (key.escaped_) escaped_ = static_cast<std::uint8_t>(escaped_ | 1U << count_);
    steps_[count_++] = {key.inside_.data(), static_cast<std::uint32_t>(key.inside_.size())};
  }
  void add(std::size_t index) noexcept {
    if (count_ != max_steps) steps_[count_++] = {nullptr, static_cast<std::uint32_t>(index)};
  }
  void clear() noexcept { count_ = escaped_ = 0; }
  /// Writes the path as the inside of a JSON string.
  void write(writer& out) const noexcept;

 private:
  struct step {
    const char* key;  // null: an element
    std::uint32_t size_or_index;
  };
  std::array<step, max_steps> steps_;  // what is not used yet is not set: most reads go well
  std::uint8_t count_ = 0;
  std::uint8_t escaped_ = 0;  // which keys are, one bit each
};

}  // namespace musubi::json
