#include <chrono>
#include <lwip/priv/tcp_priv.h>
#include <lwip/stats.h>

#include <musubi/async/sleep.hpp>
#include <musubi/board/hardware.hpp>
#include <musubi/board/machine.hpp>
#include <musubi/board/metrics.hpp>
#include <musubi/board/network.hpp>
#include <musubi/board/serial.hpp>
#include <musubi/host/host_core.hpp>
#include <musubi/lwip/loop.hpp>

#if defined(BOARD_TLS)
#include <musubi/mbedtls/guard.hpp>
#include <musubi/mbedtls/memory.hpp>
#endif

namespace board {

namespace {

void say(std::string_view what, std::uint32_t number) {
  serial::write(what);
  serial::write(" ");
  serial::write(number);
  serial::write("\n");
}

void say(const musubi::pool_metrics& pool) {
  if (pool.capacity == 0) return;
  say(pool.name, pool.block_bytes);
  say("  used", pool.used);
  say("  most", pool.high_water);
  say("  of", pool.capacity);
  if (pool.failures != 0) say("  failures", pool.failures);
}

#if MEM_STATS || MEMP_STATS
/// One of lwIP's pools in blocks of `bytes`, or its heap.
void say(const char* name, std::uint32_t bytes, const stats_mem& pool) {
  say({.name = name,
       .block_bytes = bytes,
       .capacity = pool.avail,
       .used = pool.used,
       .high_water = pool.max,
       .failures = pool.err});
}
#endif

/// What lwIP's statistics count.
void say_lwip() {
#if MEM_STATS
  say("lwip_heap", 1, lwip_stats.mem);
#else
  serial::write("lwip_heap unknown: MEM_STATS is 0\n");
#endif
#if MEMP_STATS
  say("lwip_connections", sizeof(tcp_pcb), *lwip_stats.memp[MEMP_TCP_PCB]);
  say("lwip_segments", sizeof(tcp_seg), *lwip_stats.memp[MEMP_TCP_SEG]);
  say("lwip_buffers", PBUF_POOL_BUFSIZE, *lwip_stats.memp[MEMP_PBUF_POOL]);
#else
  serial::write("lwip_pools unknown: MEMP_STATS is 0\n");
#endif
}

/// Every way in which a client is refused or cut off.
constexpr struct {
  std::string_view name;
  musubi::tally musubi::counters::*count;
} refusals[] = {
    {"upgrades_refused", &musubi::counters::upgrades_refused},
    {"upgrades_full", &musubi::counters::upgrades_full},
    {"heads_refused", &musubi::counters::heads_refused},
    {"heads_too_long", &musubi::counters::heads_too_long},
    {"head_timeouts", &musubi::counters::head_timeouts},
    {"joins_refused", &musubi::counters::joins_refused},
    {"message_timeouts", &musubi::counters::message_timeouts},
    {"closed_by_peer", &musubi::counters::closed_by_peer},
    {"closed_idle", &musubi::counters::closed_idle},
    {"closed_stalled", &musubi::counters::closed_stalled},
    {"closed_behind", &musubi::counters::closed_behind},
    {"closed_overload", &musubi::counters::closed_overload},
    {"closed_for_room", &musubi::counters::closed_for_room},
    {"closed_violation", &musubi::counters::closed_violation},
};

void say(const musubi::counters& counted) {
  for (const auto& [name, count] : refusals) say(name, static_cast<std::uint32_t>(counted.*count));
}

#if defined(BOARD_TLS)
void say(const musubi::mbedtls::guard& secure) {
  say("tls_handshaken", static_cast<std::uint32_t>(secure.counted().tls_1_2));
  for (std::size_t i = 0; i < musubi::tls::failures; ++i) {
    const auto why = static_cast<musubi::tls::failure>(i);
    serial::write("tls_failed_");
    say(to_text(why), static_cast<std::uint32_t>(secure.counted().of(why)));
  }
  say(secure.connections());
  say(secure.handshakes());
  say(musubi::mbedtls::memory::use());
}
#endif

}  // namespace

musubi::task<> answer_serial(musubi::host_core& host, musubi::lwip::loop& events,
                             [[maybe_unused]] const musubi::mbedtls::guard* secure) {
  using namespace std::chrono_literals;
  for (;;) {
    co_await musubi::sleep(200ms);
    const int asked = serial::get();
    if (asked < 0) continue;
    if (asked == '!') __builtin_trap();
    say("stack", static_cast<std::uint32_t>(stack_used()));
    say(host.counted());
    say("unread", events.unread());
    say("gave_way", events.gave_way());
    say("frames_dropped", network::dropped());
    host.each_pool([](const musubi::pool_metrics& pool) { say(pool); });
    say(events.streams());
    say_lwip();
#if defined(BOARD_TLS)
    say(*secure);
#endif
    serial::write("end\n");
  }
}

}  // namespace board
