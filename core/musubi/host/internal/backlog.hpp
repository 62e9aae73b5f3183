#pragma once
/// The bytes that a slow client has not received yet.

#include <cstddef>
#include <cstdint>
#include <span>

#include <musubi/async/internal/timer.hpp>
#include <musubi/memory/block_pool.hpp>
#include <musubi/net/stream.hpp>

namespace musubi {

/// The blocks of all backlogs of a host. One is reserved for each connection, so that others cannot
/// use up the blocks for its replies.
struct backlog_pool {
  block_pool blocks;
  std::uint32_t reserved = 0;  ///< connections without a block, for each of which one is reserved
  std::uint32_t most_bytes = 0;
};

/// A queue of bytes in blocks of a pool, for one client. A connection has one only while its client
/// is behind.
class backlog {
 public:
  explicit backlog(backlog_pool& pool, job& stalled) noexcept : pool_(&pool), timer_(stalled) {}
  ~backlog();
  backlog(const backlog&) = delete;
  backlog& operator=(const backlog&) = delete;

  /// Stores all of `bytes`, or nothing: returns false if the limit or the end of the pool is
  /// reached.
  [[nodiscard]] bool append(std::span<const std::byte> bytes) noexcept;
  /// Writes as much as `to` accepts. Returns `closed` if it failed, and `done` if nothing is left.
  net::io drain(net::stream& to, std::size_t& written) noexcept;
  [[nodiscard]] bool empty() const noexcept { return bytes_ == 0; }
  /// Whether it holds more than its reserved block.
  [[nodiscard]] bool shares() const noexcept { return blocks_ > 1; }
  /// Whether `bytes` more are refused for lack of blocks, and not because of the client's own
  /// limit.
  [[nodiscard]] bool within_limit(std::size_t bytes) const noexcept {
    return bytes_ + bytes <= pool_->most_bytes;
  }
  /// Expires when the client has received nothing for too long.
  [[nodiscard]] timer& stall_timer() noexcept { return timer_; }

 private:
  struct block {
    block* next;
    [[nodiscard]] std::byte* data() noexcept { return reinterpret_cast<std::byte*>(this + 1); }
  };
  [[nodiscard]] std::size_t block_room() const noexcept {
    return pool_->blocks.block_bytes() - sizeof(block);
  }
  void release_first() noexcept;

  backlog_pool* pool_;
  block* first_ = nullptr;
  block* last_ = nullptr;
  std::size_t first_offset_ = 0;  // bytes of the first block already written
  std::size_t last_used_ = 0;
  std::size_t bytes_ = 0;
  std::uint32_t blocks_ = 0;
  timer timer_;
};

}  // namespace musubi
