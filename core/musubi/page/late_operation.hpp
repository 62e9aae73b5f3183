#pragma once
/// An operation whose text is written when it leaves.

#include <musubi/async/clock.hpp>
#include <musubi/json/writer.hpp>

namespace musubi {

/// An upload operation of which only the latest counts: its text is written when it leaves.
class late_operation {
 public:
  late_operation() noexcept = default;
  late_operation(const late_operation&) = delete;
  late_operation& operator=(const late_operation&) = delete;
  /// It would leave at `now`: whether it is worth telling.
  [[nodiscard]] virtual bool leaves(time_point now) noexcept = 0;
  virtual void write(json::writer& out) const noexcept = 0;

  bool queued = false;  ///< for the queue

 protected:
  ~late_operation() = default;
};

}  // namespace musubi
