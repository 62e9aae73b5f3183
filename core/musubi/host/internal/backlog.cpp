#include <algorithm>
#include <cstring>

#include <musubi/host/internal/backlog.hpp>

namespace musubi {

backlog::~backlog() {
  while (first_ != nullptr) release_first();
}

void backlog::release_first() noexcept {
  block* gone = first_;
  first_ = gone->next;
  if (first_ == nullptr) last_ = nullptr;
  pool_->blocks.deallocate(gone);
  if (--blocks_ == 0) ++pool_->reserved;
}

bool backlog::append(std::span<const std::byte> bytes) noexcept {
  if (bytes.size() > pool_->most_bytes - std::min<std::size_t>(bytes_, pool_->most_bytes)) {
    return false;
  }
  const std::size_t room_in_last = last_ == nullptr ? 0 : block_room() - last_used_;
  const std::size_t beyond = bytes.size() > room_in_last ? bytes.size() - room_in_last : 0;
  const std::size_t wanted = (beyond + block_room() - 1) / block_room();
  // our own reserved block counts as ours once we hold none
  const std::size_t others = pool_->reserved - (blocks_ == 0 ? 1U : 0U);
  if (wanted + others > pool_->blocks.available()) {
    pool_->blocks.count_failure();
    return false;
  }
  while (!bytes.empty()) {
    if (last_ == nullptr || last_used_ == block_room()) {
      void* memory = pool_->blocks.allocate();
      if (memory == nullptr) return false;  // only if a test injects this failure
      auto* fresh = new (memory) block{nullptr};
      (last_ == nullptr ? first_ : last_->next) = fresh;
      last_ = fresh;
      last_used_ = 0;
      if (blocks_++ == 0) --pool_->reserved;
    }
    const std::size_t piece = std::min(bytes.size(), block_room() - last_used_);
    std::memcpy(last_->data() + last_used_, bytes.data(), piece);
    last_used_ += piece;
    bytes_ += piece;
    bytes = bytes.subspan(piece);
  }
  return true;
}

net::io backlog::drain(net::stream& to, std::size_t& written) noexcept {
  written = 0;
  while (first_ != nullptr) {
    const std::size_t end = first_ == last_ ? last_used_ : block_room();
    const std::span<const std::byte> rest(first_->data() + first_offset_, end - first_offset_);
    const net::io_result result = to.try_write(rest);
    if (result.outcome == net::io::closed) return net::io::closed;
    written += result.bytes;
    bytes_ -= result.bytes;
    first_offset_ += result.bytes;
    if (first_offset_ != end) return net::io::would_block;
    release_first();
    first_offset_ = 0;
  }
  return net::io::done;
}

}  // namespace musubi
