#pragma once
/// Which field of a payload was wrong, and what was expected there.

#include <cstddef>
#include <string_view>

#include <musubi/json/internal/field_path.hpp>
#include <musubi/json/internal/refusal.hpp>
#include <musubi/json/internal/string_token.hpp>
#include <musubi/json/internal/writer.hpp>

namespace musubi {

/// Filled from the innermost field outwards while a decode fails.
class decode_error {
 public:
  /// Maximum number of steps; of a deeper path, the outermost steps are left out.
  static constexpr std::size_t max_steps = json::field_path::max_steps;

  /// Sets what was expected; the text must have static lifetime.
  bool expect(std::string_view what) noexcept {
    expected_ = what;
    return false;
  }
  bool within(std::string_view field) noexcept { return within(json::string_token(field)); }
  /// Adds a key of the text that is read, which must outlive this object.
  bool within(const json::string_token& key) noexcept {
    field_.add(key);
    return false;
  }
  bool within(std::size_t index) noexcept {
    field_.add(index);
    return false;
  }
  /// Resets the error, keeping the rules.
  void forget() noexcept { field_.clear(); }
  [[nodiscard]] std::string_view expected() const noexcept { return expected_; }
  /// The field as the inside of a JSON string: `schedule[2].celsius`.
  void write_field(json::writer& out) const noexcept { field_.write(out); }
  /// What the sender of the payload is told; a view of this object.
  [[nodiscard]] refusal refused_as(std::string_view reason) const noexcept {
    return {reason, &field_, expected_};
  }

  /// One that has met nothing yet, with the same rules.
  [[nodiscard]] decode_error another() const noexcept {
    decode_error made;
    made.general_ = general_;
    made.absent_means_null = absent_means_null;
    made.null_means_nan = null_means_nan;
    return made;
  }
  /// A short way was tried and did not get through: what follows is read the general way, so that
  /// nothing is tried twice at each level of nesting.
  void go_general() noexcept {
    forget();
    general_ = true;
  }
  [[nodiscard]] bool general() const noexcept { return general_; }

  /// Whether an absent optional field is an error: yes in a command (contract section 4.8), not in
  /// mount params.
  bool absent_means_null = false;
  /// Whether null is a number: what a server writes for infinities and NaN, in a State that a
  /// client reads. No payload has it.
  bool null_means_nan = false;

 private:
  json::field_path field_;
  std::string_view expected_;
  bool general_ = false;
};

}  // namespace musubi
