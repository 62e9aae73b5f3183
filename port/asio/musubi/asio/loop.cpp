#include <asio/posix/stream_descriptor.hpp>
#include <asio/post.hpp>
#include <cstdio>
#include <random>
#include <unistd.h>
#include <vector>

#include <musubi/asio/loop.hpp>

#if __has_include(<fcntl.h>)
#include <fcntl.h>
#endif

namespace musubi::asio {

namespace {
/// The system is out of descriptors, or of memory: waiting a little is all one can do.
constexpr duration accept_retry = std::chrono::milliseconds(100);
}  // namespace

loop::loop(std::size_t streams) {
  carver measure;
  (void)block_pool("streams", measure, sizeof(stream), streams);
  (void)block_pool("write_waits", measure, sizeof(operation_memory), streams);
  // plain new: untouched memory stays the system's
  memory_.reset(new std::byte[measure.used()]);
  carver memory(memory_.get());
  streams_ = block_pool("streams", memory, sizeof(stream), streams);
  write_memory_ = block_pool("write_waits", memory, sizeof(operation_memory), streams);
  reserve_descriptors(streams);
}

loop::~loop() {
  ::asio::error_code ignored;
  acceptor_.close(ignored);
  if (next_ != nullptr) next_->close();
}

void loop::reserve_descriptors([[maybe_unused]] std::size_t streams) {
#if defined(ASIO_HAS_EPOLL)
  // Asio's reactor keeps a record for every descriptor, allocates it when it first needs one and
  // keeps it for later ones. Registering something that cannot be polled makes the records, and no
  // more.
  const int null = ::open("/dev/null", O_RDONLY | O_CLOEXEC);
  if (null < 0) return;
  using descriptor = ::asio::posix::basic_stream_descriptor<executor>;
  std::vector<descriptor> reserved;
  reserved.reserve(streams + 1);
  ::asio::error_code ignored;
  for (std::size_t i = 0; i <= streams; ++i) reserved.emplace_back(context_).assign(null, ignored);
  for (descriptor& each : reserved) (void)each.release();
  ::close(null);
#endif
}

operation_memory* loop::take_write_memory() {
  return make_in<operation_memory>(write_memory_);
}

void loop::give_write_memory(operation_memory* memory) noexcept {
  destroy_in(write_memory_, memory);
}

void loop::release(stream& closed) noexcept {
  destroy_in(streams_, &closed);
  if (host_ != nullptr) resume_accepting();
}

void loop::listen(listening_socket listening, int family, net::service& host) {
  host_ = &host;
  acceptor_.assign(::asio::generic::stream_protocol(family, 0), listening);
  acceptor_.non_blocking(true);
  resume_accepting();
}

void loop::resume_accepting() noexcept {
  if (accepting_ || !acceptor_.is_open() || !host_->can_accept()) return;
  accept_next();
}

void loop::accept_next() {
  if (next_ == nullptr) next_ = make_in<stream>(streams_, *this);
  if (next_ == nullptr) return;  // release() comes back
  accepting_ = true;
  acceptor_.async_accept(next_->accepted(),
                         bound_handler<loop, &loop::on_accept>(*this, accept_memory_));
}

void loop::on_accept(const ::asio::error_code& error) {
  accepting_ = false;
  if (!acceptor_.is_open()) return;
  begin_turn();
  if (!error) {
    stream& fresh = *std::exchange(next_, nullptr);
    fresh.prepare();
    host_->accept(fresh);
    resume_accepting();
  } else {
    host_->loop().arm_after(retry_timer_, accept_retry);
  }
  turn();
}

time_point loop::now() noexcept {
  return time_point(
      std::chrono::duration_cast<duration>(std::chrono::steady_clock::now().time_since_epoch()));
}

void loop::entropy(std::span<std::byte> into) noexcept {
  std::random_device system;
  for (std::byte& each : into) each = static_cast<std::byte>(system());
}

void loop::turn() {
  const std::optional<time_point> next = host_->poll();
  if (!next) return;
  if (*next <= host_->loop().now()) return wake();
  if (!timing_) {
    timing_ = true;
    armed_ = *next;
    timer_.expires_at(std::chrono::steady_clock::time_point(next->time_since_epoch()));
    timer_.async_wait(bound_handler<loop, &loop::on_timer>(*this, timer_memory_));
  } else if (*next < armed_) {
    armed_ = *next;
    timer_.cancel();  // on_timer arms it anew
  }
}

void loop::on_timer(const ::asio::error_code&) {
  timing_ = false;
  turn();
}

void loop::wake() noexcept {
  if (waking_.exchange(true, std::memory_order_acq_rel)) return;
  ::asio::post(context_, bound_handler<loop, &loop::on_wake>(*this, wake_memory_));
}

void loop::on_wake() {
  (void)waking_.exchange(false, std::memory_order_acq_rel);
  if (stop_wanted_.exchange(false, std::memory_order_relaxed)) {
    ::asio::error_code ignored;
    acceptor_.close(ignored);
    host_->stop();
  }
  turn();
}

void loop::stop() noexcept {
  stop_wanted_.store(true, std::memory_order_relaxed);
  wake();
}

void loop::stopped() noexcept {
  has_stopped_ = true;
  context_.stop();
}

void loop::run() {
  const auto working = ::asio::make_work_guard(context_);
  wake();
  context_.run();
}

void loop::poll() {
  if (has_stopped_) return;
  context_.restart();  // it stops by itself when nothing is waited for
  turn();
  context_.poll();
}

}  // namespace musubi::asio
