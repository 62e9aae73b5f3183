#include <asio/post.hpp>
#include <cstdio>
#include <random>

#include <musubi/asio/internal/loop.hpp>

namespace musubi::asio {

namespace {
/// The pause before the next `accept` when the system is out of descriptors or memory.
constexpr duration accept_retry = std::chrono::milliseconds(100);
/// Most connections accepted in one turn, so that connected clients get theirs.
constexpr int accepts_per_turn = 16;
}  // namespace

// not value-initialized: pages never written to take no RAM
loop::loop(std::size_t streams)
    : memory_(new std::byte[sockets::bytes(streams)]),
      sockets_(*this, context_, memory_.get(), streams) {}

loop::~loop() {
  ::asio::error_code ignored;
  acceptor_.close(ignored);
}

void loop::listen(listening_socket listening, int family, net::service& host) {
  host_ = &host;
  acceptor_.assign(::asio::generic::stream_protocol(family, 0), listening);
  acceptor_.non_blocking(true);
  sockets_.start();
  resume_accepting();
}

void loop::drive(net::service& host) {
  host_ = &host;
  sockets_.start();
}

void loop::resume_accepting() noexcept {
  if (accepting_ || !acceptor_.is_open()) return;
  accepting_ = true;
  acceptor_.async_wait(acceptor::wait_read,
                       bound_handler<loop, &loop::on_acceptable>(*this, accept_memory_));
}

void loop::on_acceptable(const ::asio::error_code&) {
  accepting_ = false;
  if (!acceptor_.is_open()) return;
  begin_turn();
  ::asio::error_code error;
  bool room = true;
  for (int taken = 0; taken < accepts_per_turn && !error; ++taken) {
    if (!host_->can_accept()) host_->make_room();
    room = host_->can_accept();
    if (!room) break;  // until resume_accepting()
    if (net::stream* fresh = sockets_.accept(acceptor_, error)) host_->accept(*fresh);
  }
  if (!error || error == ::asio::error::would_block || error == ::asio::error::connection_aborted) {
    if (room) resume_accepting();
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
  sockets_.tell();
  const std::optional<time_point> next = host_->poll();
  sockets_.sweep();
  if (sockets_.waiting()) wake();
  if (!next) return;
  if (*next <= host_->loop().now()) return wake();
  if (!timing_) {
    timing_ = true;
    armed_ = *next;
    timer_.expires_at(std::chrono::steady_clock::time_point(next->time_since_epoch()));
    timer_.async_wait(bound_handler<loop, &loop::on_timer>(*this, timer_memory_));
  } else if (*next < armed_) {
    armed_ = *next;
    timer_.cancel();  // its handler runs a turn, which arms the timer again
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
  context_.restart();  // a context without pending work has stopped by itself
  turn();
  context_.poll();
}

}  // namespace musubi::asio
