#include <algorithm>
#include <chrono>
#include <lwip/stats.h>
#include <lwip/timeouts.h>
#include <utility>

#include <musubi/lwip/loop.hpp>

// The options that the port relies on, checked as lwIP's own init.c does.
#if !NO_SYS
#error "musubi: this port drives lwIP from a single loop: set NO_SYS 1"
#endif
#if !LWIP_STATS || !MEM_STATS || !MEMP_STATS
#error \
    "musubi: sharing lwIP's memory fairly needs its metrics: set LWIP_STATS, MEM_STATS, MEMP_STATS 1"
#endif
#if !TCP_LISTEN_BACKLOG
#error "musubi: connections wait in lwIP until the host has room for them: set TCP_LISTEN_BACKLOG 1"
#endif
#if TCP_QUEUE_OOSEQ && !TCP_OOSEQ_MAX_PBUFS
#error \
    "musubi: segments after a lost one hold buffers: set TCP_OOSEQ_MAX_PBUFS, or TCP_QUEUE_OOSEQ 0"
#endif
#if MEM_LIBC_MALLOC
#error "musubi: firmware has no heap other than lwIP's own: set MEM_LIBC_MALLOC 0"
#endif

namespace musubi::lwip {

namespace {
board* ticking = nullptr;  // for sys_now, by which lwIP reads the time
}

loop::loop(board& hardware, std::size_t streams, std::byte* memory) noexcept : board_(hardware) {
  carver region(memory);
  streams_ = block_pool("streams", region, sizeof(stream), streams);
  ticking = &hardware;
}

status loop::listen(net::service& host, std::uint16_t number, std::uint8_t backlog) noexcept {
  host_ = &host;
  tcp_pcb* const fresh = tcp_new_ip_type(IPADDR_TYPE_ANY);
  if (fresh == nullptr) {
    return {errc::exhausted, literal("lwIP has no connection left: MEMP_NUM_TCP_PCB")};
  }
  if (tcp_bind(fresh, IP_ANY_TYPE, number) != ERR_OK) {
    (void)tcp_close(fresh);
    return fail("the port is in use");
  }
  listening_ = tcp_listen_with_backlog(fresh, backlog);
  if (listening_ == nullptr) {
    (void)tcp_close(fresh);
    return {errc::exhausted,
            literal("lwIP has no listening connection left: MEMP_NUM_TCP_PCB_LISTEN")};
  }
  tcp_arg(listening_, this);
  tcp_accept(listening_, &loop::on_accept);
  return {};
}

void loop::stop() noexcept {
  if (stopped_.load(std::memory_order_relaxed)) return;
  // not members: firmware that never stops spends no memory and no code on them
  static std::atomic<loop*> stopping{nullptr};
  static remote_job end([](remote_job&) noexcept {
    if (loop* const here = stopping.exchange(nullptr)) here->stop_here();
  });
  stopping.store(this);
  host_->loop().post(end);
}

void loop::stop_here() noexcept {
  if (listening_ != nullptr) (void)tcp_close(std::exchange(listening_, nullptr));
  host_->stop();
}

err_t loop::on_accept(void* self, tcp_pcb* fresh, err_t error) noexcept {
  if (fresh == nullptr || error != ERR_OK) return ERR_VAL;
  loop& here = *static_cast<loop*>(self);
  auto* const made = make_in<stream>(here.streams_, here, *fresh);
  if (made == nullptr) {
    tcp_abort(fresh);
    return ERR_ABRT;
  }
  tcp_backlog_delayed(fresh);
  here.open_.push_back(*made);
  return ERR_OK;
}

bool loop::may_hold(const stream& receiver) noexcept {
  const stats_mem& pool = *lwip_stats.memp[MEMP_PBUF_POOL];
  // At most half of the receive buffers may hold unread data. Above that, a stream that receives
  // more is reset, unless it holds a single buffer.
  if (pool.used * 2 <= pool.avail || pbuf_clen(receiver.held_) <= 1) return true;
  ++unread_;
  return false;
}

void loop::hand_over() noexcept {
  for (auto at = open_.begin(); at != open_.end();) {
    stream& each = *at;
    ++at;
    each.starved_ = false;
    if (each.taken_) {
      if (each.due()) tell_soon(each);
    } else if (each.pcb_ == nullptr) {
      release(each);
    }
  }
  while (stream* next = first_waiting()) {
    if (!host_->can_accept()) host_->make_room();
    if (!host_->can_accept()) return;
    next->taken_ = true;
    tcp_backlog_accepted(next->pcb_);
    host_->accept(*next);  // may close any stream
  }
}

stream* loop::first_waiting() noexcept {
  for (stream& each : open_) {
    if (!each.taken_) return &each;
  }
  return nullptr;
}

void loop::turn() noexcept {
  awake_.store(false, std::memory_order_relaxed);
  const bool received = board_.receive();
  sys_check_timeouts();
  host_->loop().advance(board_.now());
  hand_over();
  const std::optional<time_point> next = host_->poll();
  for (stream& each : open_) each.send_written();
  board_.alive();
  if (received) return;
  for (const stream& each : open_) {
    if (each.taken_ && each.due()) return;
  }
  const auto now = board_.now();
  auto until = now + std::chrono::milliseconds(std::min<u32_t>(sys_timeouts_sleeptime(), 1000));
  if (next && *next < until) until = *next;
  if (until > now) board_.sleep(until, awake_);
}

}  // namespace musubi::lwip

/// The time in milliseconds, for lwIP. Adds up the time since the last call, which was less than a
/// minute ago, so that no 64-bit division is needed.
extern "C" u32_t sys_now(void) {
  static musubi::time_point counted{};
  static u32_t milliseconds = 0;
  if (musubi::lwip::ticking == nullptr) return 0;
  const auto passed = static_cast<u32_t>((musubi::lwip::ticking->now() - counted).count()) / 1000;
  counted += musubi::duration(passed * 1000);
  return milliseconds += passed;
}
