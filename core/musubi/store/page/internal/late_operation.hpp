#pragma once
/// An operation whose text is written when it is sent.

#include <musubi/async/clock.hpp>
#include <musubi/json/internal/writer.hpp>

namespace musubi {

/// An upload operation of which only the latest counts, so its text is written when it is sent.
class late_operation {
 public:
  late_operation() noexcept = default;
  late_operation(const late_operation&) = delete;
  late_operation& operator=(const late_operation&) = delete;
  /// Whether it should be sent at `now`.
  [[nodiscard]] virtual bool leaves(time_point now) noexcept = 0;
  virtual void write(json::writer& out) const noexcept = 0;

  bool queued = false;  ///< for the queue

 protected:
  ~late_operation() = default;
};

}  // namespace musubi
