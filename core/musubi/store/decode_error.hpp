#pragma once
/// Which field of a payload was wrong, and what was expected there.

#include <array>
#include <cstddef>
#include <string_view>

#include <musubi/json/string_token.hpp>
#include <musubi/json/writer.hpp>

namespace musubi {

/// Filled from the inside out while a decode fails: the innermost field first.
class decode_error {
 public:
  /// Deepest path that is told whole; of a deeper one, the outermost steps are left out.
  static constexpr std::size_t max_steps = 8;

  /// Says what was expected; the text must live for ever.
  bool expect(std::string_view what) noexcept {
    expected_ = what;
    return false;
  }
  bool within(std::string_view field) noexcept { return within(json::string_token(field)); }
  /// A key of the text that is read, which outlives this.
  bool within(const json::string_token& key) noexcept {
    if (count_ < max_steps) steps_[count_++] = {key, 0, false};
    return false;
  }
  bool within(std::size_t index) noexcept {
    if (count_ < max_steps) steps_[count_++] = {{}, index, true};
    return false;
  }
  /// Starts anew, with the same rules.
  void forget() noexcept { count_ = 0; }
  [[nodiscard]] std::string_view expected() const noexcept { return expected_; }
  /// The field as the inside of a JSON string: `schedule[2].celsius`.
  void write_field(json::writer& out) const noexcept {
    for (std::size_t i = count_; i-- > 0;) {
      if (steps_[i].is_index) {
        out.raw('[');
        out.number(steps_[i].index);
        out.raw(']');
      } else {
        if (i + 1 != count_) out.raw('.');
        steps_[i].field.write(out);
      }
    }
  }

  /// Whether an absent optional field is an error: yes in a command (contract section 4.8), not in
  /// mount params.
  bool absent_means_null = false;

 private:
  struct step {
    json::string_token field;
    std::size_t index;
    bool is_index;
  };
  std::array<step, max_steps> steps_{};
  std::size_t count_ = 0;
  std::string_view expected_;
};

}  // namespace musubi
