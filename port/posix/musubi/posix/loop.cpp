#include <algorithm>
#include <cstdlib>
#include <limits>
#include <new>

#include <musubi/posix/loop.hpp>

namespace musubi::posix {

namespace {
/// The pause before the next `accept` when the system is out of descriptors or memory.
constexpr duration pause_span = std::chrono::milliseconds(100);
/// Most connections accepted in one turn, so that connected clients get theirs.
constexpr int accepts_per_turn = 16;
/// How long a lost wake-up may stay unnoticed, on systems where one can be lost.
constexpr duration longest_unsure_wait = std::chrono::seconds(1);
}  // namespace

loop::loop(std::size_t streams, std::byte* memory, entropy_source random) noexcept
    : random_(random) {
  carver region(memory);
  streams_ = block_pool("streams", region, sizeof(stream), streams);
  set_ = reinterpret_cast<pollfd*>(region.take((streams + others) * sizeof(pollfd)));
}

loop::~loop() {
  while (stream* left = open_.pop_front()) release(*left);
}

status loop::listen(net::service& host, const listen_address& where) noexcept {
  host_ = &host;
  std::byte probe{};
  if (random_ == nullptr || !random_({&probe, 1})) {
    return fail("this system has no source of entropy: options::entropy gives one");
  }
  if (const status woken = wakeup_.open(); !woken.ok()) return woken;
  return listener_.open(where);
}

void loop::entropy(std::span<std::byte> into) noexcept {
  if (random_ == nullptr || !random_(into)) std::abort();
}

void loop::run() noexcept {
  next_ = {};  // timers may have been set before `run`
  while (!has_stopped_) turn(true);
}

void loop::poll() noexcept {
  if (!has_stopped_) turn(false);
}

void loop::turn(bool may_wait) noexcept {
  const std::size_t count = gather();
  int ready = sys::poll(set_, static_cast<nfds_t>(count), may_wait ? milliseconds_to_wait() : 0);
  if (ready < 0 && errno != EINTR) {
    // the system has no memory for so many descriptors: poll only the wake-up for now
    pause();
    ready = sys::poll(set_, 1, may_wait ? milliseconds_to_wait() : 0);
  }
  host_->loop().advance(now());
  if (ready > 0) {
    spread();
  } else if (!wakeup::sure) {
    waking_.store(false, std::memory_order_relaxed);  // what woke it may be lost: ring again
  }
  if (stop_wanted_.exchange(false, std::memory_order_relaxed)) {
    listener_.close();
    host_->stop();
  }
  next_ = host_->poll().value_or(time_point::max());
}

std::size_t loop::gather() noexcept {
  const bool paused = now() < paused_until_;
  std::size_t count = 0;
  watch(count++, wakeup_.descriptor(), POLLIN);
  accepting_ = listener_ && !paused && !full_ && !streams_.exhausted();
  if (accepting_) watch(count++, listener_.descriptor(), POLLIN);
  for (stream& each : open_) {
    each.starved_ = each.starved_ && paused;
    if (const short events = each.events(); events != 0) {
      watch(count++, each.socket_.get(), events);
    }
  }
  return count;
}

void loop::watch(std::size_t at, int descriptor, short events) noexcept {
  auto& entry = *new (static_cast<void*>(set_ + at)) pollfd;
  entry.fd = descriptor;
  entry.events = events;
  entry.revents = 0;
}

void loop::spread() noexcept {
  std::size_t at = 0;
  if (set_[at++].revents != 0) {
    wakeup_.quieten();
    // a later ring wakes the next turn; this turn handles all earlier ones
    (void)waking_.exchange(false, std::memory_order_acq_rel);
  }
  const bool called = accepting_ && set_[at++].revents != 0;
  for (stream& each : open_) {
    if (each.events() != 0) each.became(set_[at++].revents);
  }
  if (called) accept_waiting();
}

int loop::milliseconds_to_wait() noexcept {
  time_point until = next_;
  const time_point start = now();
  if (!wakeup::sure) until = std::min(until, start + longest_unsure_wait);
  if (paused_until_ > start) until = std::min(until, paused_until_);
  if (until == time_point::max()) return -1;
  if (until <= start) return 0;
  const auto left = std::chrono::ceil<std::chrono::milliseconds>(until - start).count();
  constexpr std::int64_t most = std::numeric_limits<int>::max();
  return static_cast<int>(std::min<std::int64_t>(left, most));
}

void loop::accept_waiting() noexcept {
  for (int taken = 0; taken < accepts_per_turn; ++taken) {
    if (!host_->can_accept()) host_->make_room();
    full_ = !host_->can_accept();
    if (full_ || !accept_one()) return;
  }
}

bool loop::accept_one() noexcept {
  if (streams_.exhausted()) return false;
  sys::descriptor fresh(sys::accept(listener_.descriptor(), nullptr, nullptr));
  if (!fresh) {
    if (errno == ECONNABORTED) return true;  // this client has left; another may be waiting
    if (!sys::would_block()) pause();
    return false;
  }
  if (!sys::never_blocks(fresh.get())) return true;
  const int yes = 1;
  // the host already combines its writes, so Nagle's algorithm would only delay them
  (void)sys::setsockopt(fresh.get(), IPPROTO_TCP, TCP_NODELAY, &yes, sizeof yes);
#if defined(SO_NOSIGPIPE)
  (void)sys::setsockopt(fresh.get(), SOL_SOCKET, SO_NOSIGPIPE, &yes, sizeof yes);
#endif
  auto* const made = make_in<stream>(streams_, *this, fresh.get());
  if (made == nullptr) return false;
  (void)fresh.release();
  open_.push_back(*made);
  host_->accept(*made);
  return true;
}

void loop::pause() noexcept {
  paused_until_ = now() + pause_span;
}

#if !defined(MUSUBI_WITHOUT_STOP)
void loop::stop() noexcept {
  stop_wanted_.store(true, std::memory_order_relaxed);
  wake();
}
#endif

void loop::wake() noexcept {
  if (waking_.exchange(true, std::memory_order_acq_rel)) return;
  if (!wakeup_.ring()) waking_.store(false, std::memory_order_release);  // the next one tries again
}

}  // namespace musubi::posix
