#pragma once
/// What a task and a command's coroutine have in common.

#include <coroutine>
#include <utility>

namespace musubi::detail {

/// Owns the frame of a coroutine. Movable, not copyable.
template <class Promise>
class coroutine_owner {
 public:
  coroutine_owner() noexcept = default;
  coroutine_owner(coroutine_owner&& other) noexcept
      : coroutine_(std::exchange(other.coroutine_, nullptr)) {}
  coroutine_owner& operator=(coroutine_owner&& other) noexcept {
    if (this != &other) {
      reset();
      coroutine_ = std::exchange(other.coroutine_, nullptr);
    }
    return *this;
  }
  ~coroutine_owner() { reset(); }

  /// False if no frame was free for the coroutine, or after a move.
  [[nodiscard]] bool valid() const noexcept { return coroutine_ != nullptr; }
  /// True when it ended by throwing.
  [[nodiscard]] bool threw() const noexcept {
    return coroutine_ != nullptr && coroutine_.promise().threw();
  }
  /// Cancels the coroutine: destroys the frame, whatever it is waiting for.
  void reset() noexcept {
    if (coroutine_ != nullptr) std::exchange(coroutine_, nullptr).destroy();
  }

 protected:
  explicit coroutine_owner(std::coroutine_handle<Promise> coroutine) noexcept
      : coroutine_(coroutine) {}

  std::coroutine_handle<Promise> coroutine_ = nullptr;
};

}  // namespace musubi::detail
