#include <algorithm>
#include <chrono>
#include <lwip/etharp.h>
#include <lwip/priv/tcp_priv.h>
#include <lwip/timeouts.h>
#include <string_view>
#include <utility>

#include <musubi/lwip/internal/usage.hpp>
#include <musubi/lwip/loop.hpp>

// The options that the port relies on, checked as lwIP's own init.c does.
#if !NO_SYS
#error "musubi: this port drives lwIP from a single loop: set NO_SYS 1"
#endif
#if TCP_QUEUE_OOSEQ && !TCP_OOSEQ_MAX_PBUFS && !TCP_OOSEQ_MAX_BYTES && !PBUF_POOL_FREE_OOSEQ
#error \
    "musubi: segments after a lost one hold buffers: set TCP_OOSEQ_MAX_PBUFS, or TCP_QUEUE_OOSEQ 0"
#endif
#if !LWIP_TIMERS && \
    (LWIP_IPV6 || LWIP_DHCP || LWIP_AUTOIP || LWIP_IGMP || LWIP_DNS || IP_REASSEMBLY)
#error \
    "musubi: only the timers of TCP and ARP are run without lwIP's list of them: set LWIP_TIMERS 1"
#endif

namespace musubi::lwip {

namespace {

board* ticking = nullptr;  // for sys_now, by which lwIP reads the time

#if !LWIP_TIMERS
constexpr duration timer_interval = std::chrono::milliseconds(TCP_TMR_INTERVAL);
#endif

/// Milliseconds that a handshake may take, and a client may say nothing, before it makes room for
/// others. Where eight can wait, 27 handshakes in a second keep nobody out.
constexpr std::int32_t handshake_patience = 250;
constexpr std::int32_t silent_patience = 1000;
/// The handshakes and silent connections of one address that are given this time: as many as a
/// browser opens to one host. Beyond them its oldest makes room at once.
constexpr std::size_t most_unused = std::min<std::size_t>(6, MEMP_NUM_TCP_PCB - 1);

/// The time in 1,024 us, for differences of up to a minute: lwIP's own clock has half seconds.
u16_t short_time(time_point now) noexcept {
  return static_cast<u16_t>(now.time_since_epoch().count() >> 10);
}

/// False for the little that comes first from who sends a request as slowly as he may: a request
/// comes whole, or at least this much of it.
bool may_be_whole(pbuf& data) noexcept {
  constexpr u16_t much = 256;
  if (data.tot_len >= much) return true;
  char end[4];
  constexpr std::string_view empty_line = "\r\n\r\n";
  return pbuf_copy_partial(&data, end, sizeof end, static_cast<u16_t>(data.tot_len - sizeof end)) ==
             sizeof end &&
         std::string_view(end, sizeof end) == empty_line;
}

}  // namespace

loop::loop(board& hardware, std::size_t streams, std::byte* memory) noexcept : board_(hardware) {
  carver region(memory);
  streams_ = block_pool("streams", region, sizeof(stream), streams);
  ticking = &hardware;
}

status loop::listen(net::service& host, std::uint16_t number) noexcept {
  host_ = &host;
  tcp_pcb* const fresh = tcp_new_ip_type(IPADDR_TYPE_ANY);
  if (fresh == nullptr) {
    return {errc::exhausted, literal("lwIP has no connection left: MEMP_NUM_TCP_PCB")};
  }
  if (tcp_bind(fresh, IP_ANY_TYPE, number) != ERR_OK) {
    (void)tcp_close(fresh);
    return fail("the port is in use");
  }
  // as many as lwIP has connections: a backlog would be full of handshakes that are not completed
  listening_ = tcp_listen(fresh);
  if (listening_ == nullptr) {
    (void)tcp_close(fresh);
    return {errc::exhausted,
            literal("lwIP has no listening connection left: MEMP_NUM_TCP_PCB_LISTEN")};
  }
  tcp_arg(listening_, this);
  tcp_accept(listening_, &loop::on_accept);
  return {};
}

#if !defined(MUSUBI_WITHOUT_STOP)
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
#endif

err_t loop::on_accept(void* self, tcp_pcb* fresh, err_t error) noexcept {
  if (fresh == nullptr || error != ERR_OK) return ERR_VAL;
  loop& here = *static_cast<loop*>(self);
  auto* const made = make_in<stream>(here.streams_, here, *fresh);
  if (made == nullptr) {
    tcp_abort(fresh);
    return ERR_ABRT;
  }
  here.open_.push_back(*made);
  return ERR_OK;
}

void loop::note_handshakes(time_point now) noexcept {
  for (tcp_pcb* each = tcp_active_pcbs; each != nullptr; each = each->next) {
    if (each->state != SYN_RCVD || each->bytes_acked != 0) return;  // lwIP puts new ones in front
    if (each->listener != reinterpret_cast<tcp_pcb_listen*>(listening_)) continue;
    // no bytes are acknowledged before the end of the handshake; not 0, and not in the future
    each->bytes_acked = static_cast<u16_t>(short_time(now) - 1U) | 1U;
  }
}

std::uint32_t loop::keep_connection_free(time_point now) noexcept {
  constexpr std::uint32_t long_time = 1000;
  const usage all = connections();
  if (all.used < all.all || tcp_tw_pcbs != nullptr) return long_time;
  const auto is_unused = [](const tcp_pcb& each) {
    return each.state == SYN_RCVD || stream::is_silent(each);
  };
  std::int32_t longest = -static_cast<std::int32_t>(long_time);
  tcp_pcb* oldest = nullptr;
  for (tcp_pcb* each = tcp_active_pcbs; each != nullptr; each = each->next) {
    if (!is_unused(*each)) continue;
    const u32_t half_seconds =
        each->state == SYN_RCVD ? tcp_ticks - each->tmr : u32_t{each->polltmr};
    std::int32_t overdue = static_cast<std::int32_t>(half_seconds) * 500 - silent_patience;
    if (each->bytes_acked != 0) {  // a handshake with this host
      overdue = static_cast<u16_t>(short_time(now) - each->bytes_acked) - handshake_patience;
    }
    std::size_t of_this_client = 0;
    for (const tcp_pcb* other = tcp_active_pcbs; other != nullptr; other = other->next) {
      if (is_unused(*other) && ip_addr_cmp(&other->remote_ip, &each->remote_ip)) ++of_this_client;
    }
    if (of_this_client > most_unused) overdue += silent_patience;
    if (overdue < longest) continue;
    longest = overdue;
    oldest = each;
  }
  if (longest < 0 || oldest == nullptr) return static_cast<std::uint32_t>(-longest);
  ++gave_way_;
  tcp_abandon(oldest, 0);  // without a reset, at which an attacker would come back at once
  return long_time;
}

bool loop::may_wait(const stream& receiver, pbuf& data) noexcept {
  if (host_->can_accept()) return true;  // in this turn
  const usage pool = buffers(open_);
  if (receiver.held_ != nullptr) return pool.used * 2 <= pool.all;
  if (pool.used < pool.all && may_be_whole(data)) return true;
  lost_ = true;
  return false;
}

bool loop::may_hold(const stream& receiver) noexcept {
  const usage pool = buffers(open_);
  // At most half of the receive buffers may hold unread data. Above that, a stream that receives
  // more is reset, unless it holds a single buffer.
  if (pool.used * 2 <= pool.all || receiver.buffers() <= 1) return true;
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
    if (!host_->can_accept()) {
      if (next->held_ == nullptr && !lost_) return;  // nobody makes room for who says nothing
      host_->make_room();
      if (!host_->can_accept()) return;
    }
    lost_ = false;
    next->taken_ = true;
    host_->accept(*next);  // may close any stream
  }
}

stream* loop::first_waiting() noexcept {
  stream* silent = nullptr;
  for (stream& each : open_) {
    if (each.taken_) continue;
    if (each.held_ != nullptr) return &each;
    if (silent == nullptr) silent = &each;
  }
  return silent;
}

void loop::end_turn() noexcept {
  for (auto at = open_.begin(); at != open_.end();) {
    stream& each = *at;
    ++at;
    each.end_turn();
  }
}

std::uint32_t loop::run_timers([[maybe_unused]] time_point now) noexcept {
#if LWIP_TIMERS
  sys_check_timeouts();
  return std::min<u32_t>(sys_timeouts_sleeptime(), 1000);
#else
  if (now >= next_tick_) {
    next_tick_ = now + timer_interval;
    tcp_tmr();
#if LWIP_ARP
    if (++ticks_ % (ARP_TMR_INTERVAL / TCP_TMR_INTERVAL) == 0) etharp_tmr();
#endif
  }
  return TCP_TMR_INTERVAL;
#endif
}

void loop::turn() noexcept {
  awake_.store(false, std::memory_order_relaxed);
  const bool received = board_.receive();
  const time_point begun = board_.now();
  note_handshakes(begun);
  std::uint32_t may_sleep = keep_connection_free(begun);
  may_sleep = std::min(may_sleep, run_timers(begun));
  host_->loop().advance(begun);
  hand_over();
  const std::optional<time_point> next = host_->poll();
  end_turn();
  board_.alive();
  if (received) return;
  for (const stream& each : open_) {
    if (each.taken_ && each.due()) return;
  }
  const auto now = board_.now();
  auto until = now + std::chrono::milliseconds(may_sleep);
  if (next && *next < until) until = *next;
  if (until > now) board_.sleep(until, awake_);
}

}  // namespace musubi::lwip

/// The time in milliseconds, for lwIP. Adds up the time since the last call, which was less than a
/// minute ago, so that no 64-bit division is needed. Weak: a program that runs lwIP already has
/// one.
extern "C" [[gnu::weak]] u32_t sys_now(void) {
  static musubi::time_point counted{};
  static u32_t milliseconds = 0;
  if (musubi::lwip::ticking == nullptr) return 0;
  const auto passed = static_cast<u32_t>((musubi::lwip::ticking->now() - counted).count()) / 1000;
  counted += musubi::duration(passed * 1000);
  return milliseconds += passed;
}
