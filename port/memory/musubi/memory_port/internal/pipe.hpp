#pragma once
/// One direction of an in-process connection.

#include <algorithm>
#include <cstddef>
#include <cstring>
#include <span>

namespace musubi::memory_port {

/// A ring buffer of the bytes in transit, in memory provided by the caller. When it is full, the
/// writer has to wait, as on a network when the other end does not read.
class pipe {
 public:
  pipe() noexcept = default;
  explicit pipe(std::span<std::byte> room) noexcept : room_(room) {}

  /// Stores as many bytes of `from` as fit; returns their number.
  std::size_t write(std::span<const std::byte> from) noexcept {
    const std::size_t taken = std::min(from.size(), room_.size() - size_);
    for (std::size_t done = 0; done != taken;) {
      const std::size_t at = (first_ + size_) % room_.size();
      const std::size_t piece = std::min(taken - done, room_.size() - at);
      std::memcpy(room_.data() + at, from.data() + done, piece);
      size_ += piece;
      done += piece;
    }
    return taken;
  }
  /// Moves the oldest bytes to `into`; returns their number.
  std::size_t read(std::span<std::byte> into) noexcept {
    const std::size_t moved = std::min(into.size(), size_);
    for (std::size_t done = 0; done != moved;) {
      const std::size_t piece = std::min(moved - done, room_.size() - first_);
      std::memcpy(into.data() + done, room_.data() + first_, piece);
      first_ = (first_ + piece) % room_.size();
      size_ -= piece;
      done += piece;
    }
    return moved;
  }
  [[nodiscard]] std::size_t size() const noexcept { return size_; }
  [[nodiscard]] bool empty() const noexcept { return size_ == 0; }
  [[nodiscard]] bool full() const noexcept { return size_ == room_.size(); }

 private:
  std::span<std::byte> room_;
  std::size_t first_ = 0;
  std::size_t size_ = 0;
};

}  // namespace musubi::memory_port
