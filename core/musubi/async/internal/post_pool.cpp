#include <musubi/async/internal/post_pool.hpp>

namespace musubi {

void* post_pool::take(std::size_t bytes) noexcept {
  for (std::uint32_t at = 0; bytes <= block_bytes_ && at < count_; ++at) {
    if (taken_[at].load(std::memory_order_relaxed) ||
        taken_[at].exchange(true, std::memory_order_acquire)) {
      continue;
    }
    const std::uint32_t used = used_.fetch_add(1, std::memory_order_relaxed) + 1;
    std::uint32_t most = high_water_.load(std::memory_order_relaxed);
    while (most < used &&
           !high_water_.compare_exchange_weak(most, used, std::memory_order_relaxed)) {
    }
    return base_ + std::size_t{block_bytes_} * at;
  }
  refused();
  return nullptr;
}

void post_pool::release(void* block) noexcept {
  const auto offset = static_cast<std::size_t>(static_cast<std::byte*>(block) - base_);
  used_.fetch_sub(1, std::memory_order_relaxed);
  taken_[offset / block_bytes_].store(false, std::memory_order_release);
}

pool_metrics post_pool::metrics() const noexcept {
  return {"posts",
          block_bytes_,
          count_,
          used_.load(std::memory_order_relaxed),
          high_water_.load(std::memory_order_relaxed),
          failures_.load(std::memory_order_relaxed)};
}

}  // namespace musubi
