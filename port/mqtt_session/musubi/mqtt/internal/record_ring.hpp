#pragma once
/// A queue of records of any length in a fixed number of bytes.

#include <cstddef>
#include <cstdint>
#include <cstring>
#include <span>

namespace musubi::mqtt {

/// Records lie behind each other, each in one piece; one that would not fit at the end begins at
/// the start. Not thread-safe.
class record_ring {
 public:
  record_ring() noexcept = default;
  /// `memory` must be aligned for a `std::uint32_t`.
  explicit record_ring(std::span<std::byte> memory) noexcept
      : memory_(memory.first(memory.size() / step * step)) {}

  [[nodiscard]] bool empty() const noexcept { return records_ == 0; }
  [[nodiscard]] std::uint32_t records() const noexcept { return records_; }
  /// Bytes that are in use, those that are left over at the end included.
  [[nodiscard]] std::size_t used() const noexcept {
    if (records_ == 0) return 0;
    return tail_ > head_ ? tail_ - head_ : memory_.size() - head_ + tail_;
  }
  [[nodiscard]] std::size_t size() const noexcept { return memory_.size(); }

  /// Room for a record of `bytes` at the end; null if there is none.
  [[nodiscard]] std::byte* push(std::size_t bytes) noexcept {
    const std::size_t needed = step + (bytes + step - 1) / step * step;
    if (records_ == 0) head_ = tail_ = 0;
    std::size_t at = tail_;
    if (records_ == 0 || tail_ > head_) {
      if (memory_.size() - tail_ < needed) {  // not at the end: at the start
        if (records_ == 0 || head_ < needed) return nullptr;
        if (memory_.size() - tail_ >= step) put(tail_, skip);
        at = 0;
      }
    } else if (head_ - tail_ < needed) {  // also if they are equal: it is full
      return nullptr;
    }
    put(at, static_cast<std::uint32_t>(bytes));
    tail_ = at + needed;
    ++records_;
    return memory_.data() + at + step;
  }
  /// A place in the ring, of the oldest record or of one behind it.
  struct place {
    std::size_t at;
    std::uint32_t left;  ///< records from here to the end
  };
  [[nodiscard]] place begin() const noexcept { return {head_, records_}; }
  /// The record at a place with `left` > 0.
  [[nodiscard]] std::span<std::byte> record(place& where) const noexcept {
    where.at = begin_of(where.at);
    return {memory_.data() + where.at + step, get(where.at)};
  }
  void next(place& where) const noexcept {
    where.at = begin_of(where.at);
    where.at += step + (get(where.at) + step - 1) / step * step;
    --where.left;
  }
  [[nodiscard]] std::span<std::byte> front() const noexcept {
    place first = begin();
    return record(first);
  }
  void pop() noexcept {
    place first = begin();
    next(first);
    head_ = first.at;
    records_ = first.left;
  }
  void clear() noexcept { head_ = tail_ = records_ = 0; }

 private:
  static constexpr std::size_t step = 8;
  static constexpr std::uint32_t skip = 0xFFFF'FFFF;

  [[nodiscard]] std::size_t begin_of(std::size_t at) const noexcept {
    return memory_.size() - at < step || get(at) == skip ? 0 : at;
  }
  void put(std::size_t at, std::uint32_t bytes) noexcept {
    std::memcpy(memory_.data() + at, &bytes, sizeof bytes);
  }
  [[nodiscard]] std::uint32_t get(std::size_t at) const noexcept {
    std::uint32_t bytes = 0;
    std::memcpy(&bytes, memory_.data() + at, sizeof bytes);
    return bytes;
  }

  std::span<std::byte> memory_;
  std::size_t head_ = 0;
  std::size_t tail_ = 0;
  std::uint32_t records_ = 0;
};

}  // namespace musubi::mqtt
