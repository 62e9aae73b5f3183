#include <algorithm>

#include <musubi/memory_port/loop.hpp>

namespace musubi::memory_port {

namespace {
/// More turns than any host needs to become idle.
constexpr int most_turns = 1000000;
}  // namespace

loop::loop(loop_sizes sizes)
    : count_(sizes.streams),
      pipe_bytes_(sizes.pipe_bytes),
      // not value-initialized: pages never written to take no RAM
      room_(new std::byte[2 * sizes.streams * sizes.pipe_bytes]),
      streams_(new stream[sizes.streams]) {
  for (std::size_t i = 0; i < count_; ++i) free_.push_back(streams_[i]);
}

client loop::connect(std::string_view from) noexcept {
  stream* const fresh = stop_wanted_.load(std::memory_order_relaxed) ? nullptr : free_.pop_front();
  if (fresh == nullptr) return {};
  const auto index = static_cast<std::size_t>(fresh - streams_.get());
  fresh->connected(*this, {room_.get() + 2 * index * pipe_bytes_, 2 * pipe_bytes_}, ++connected_,
                   from);
  queue_.push_back(*fresh);
  ++used_;
  return client(*fresh);
}

void loop::release(stream& ended) noexcept {
  if (ended.place_ != stream::place::open || ended.held_ || !ended.host_closed_) return;
  ended.place_ = stream::place::free;
  free_.push_back(ended);
  --used_;
}

void loop::begin_turn() noexcept {
  host_->loop().make_current();
  host_->loop().advance(now_);
}

bool loop::accept_next() noexcept {
  if (!accepting_ || queue_.empty()) return false;
  if (!host_->can_accept()) host_->make_room();
  if (!host_->can_accept()) {
    accepting_ = false;  // until resume_accepting()
    return false;
  }
  stream& fresh = *queue_.pop_front();
  fresh.place_ = stream::place::open;
  if (faults_.next(operation::accept) != failure::none) {
    fresh.breaks();
    fresh.close();
    return true;
  }
  host_->accept(fresh);
  return true;
}

bool loop::turn() noexcept {
  bool busy = woken_.exchange(false, std::memory_order_acquire);
  begin_turn();
  if (stop_wanted_.load(std::memory_order_acquire) && !stopping_) stop_here();
  busy |= accept_next();
  for (std::size_t i = 0; i < count_; ++i) busy |= streams_[i].tell();
  next_ = host_->poll();
  if (busy || (next_ && *next_ <= now_) || (accepting_ && !queue_.empty())) return true;
  // a job may have asked for readiness that already exists
  return std::any_of(streams_.get(), streams_.get() + count_,
                     [](const stream& each) { return each.due(); });
}

bool loop::settle() {
  for (int turns = 0; turns < most_turns; ++turns) {
    if (!turn() && !woken_.load(std::memory_order_acquire)) return true;
  }
  return false;
}

bool loop::run_for(duration span) {
  const time_point end = now_ + span;
  bool rests = settle();
  while (rests && next_ && *next_ <= end) {
    now_ = *next_;
    rests = settle();
  }
  now_ = end;
  return rests && settle();
}

void loop::run() {
  while (!stopped_) {
    if (turn() || stopped_) continue;
    if (next_) {
      now_ = std::max(now_, *next_);
#if !defined(MUSUBI_SINGLE_THREADED)
    } else {
      woken_.wait(false, std::memory_order_acquire);  // without threads, only an interrupt wakes it
#endif
    }
  }
}

void loop::stop() noexcept {
  stop_wanted_.store(true, std::memory_order_release);
  wake();
}

void loop::stop_here() noexcept {
  stopping_ = true;
  while (stream* waiting = queue_.pop_front()) {
    waiting->place_ = stream::place::open;
    waiting->close();
  }
  host_->stop();
}

void loop::entropy(std::span<std::byte> into) noexcept {
  for (std::byte& each : into) {  // splitmix64
    entropy_ += 0x9E3779B97F4A7C15U;
    std::uint64_t mixed = entropy_;
    mixed = (mixed ^ (mixed >> 30U)) * 0xBF58476D1CE4E5B9U;
    mixed = (mixed ^ (mixed >> 27U)) * 0x94D049BB133111EBU;
    each = static_cast<std::byte>(mixed ^ (mixed >> 31U));
  }
}

}  // namespace musubi::memory_port
