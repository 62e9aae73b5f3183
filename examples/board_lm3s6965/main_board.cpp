/// The thermostat on an LM3S6965, without an operating system.

#include "../thermostat/application/thermostat.hpp"
#include "board/ethernet.hpp"
#include "board/lm3s6965.hpp"
#include "board/serial.hpp"
#include "web.hpp"

#include <atomic>
#include <lwip/priv/tcp_priv.h>
#include <lwip/stats.h>
#include <lwipopts.h>
#include <new>

#include <musubi/async/mailbox.hpp>
#include <musubi/async/sleep.hpp>
#include <musubi/lwip/host.hpp>

namespace {

/// The size of everything, found by running it and asking for the figures over the serial port.
constexpr musubi::limits sizes{.connections = BOARD_CONNECTIONS,
                               .handshakes = BOARD_HANDSHAKES,
                               .pages = BOARD_CONNECTIONS,
                               .channels = 2,
                               .subscriptions = BOARD_CONNECTIONS,
                               .read_bytes = 2048,
                               .read_buffers = BOARD_HANDSHAKES,
                               .message_bytes = 1024,
                               .large_messages = 0,
                               .decode_bytes = 512,
                               .topic_bytes = 96,
                               .transmit_bytes = 1024,
                               .backlog_block_bytes = 128,
                               .backlog_blocks = 16,
                               .backlog_bytes = 1024,
                               .mailbox = 2,
                               .mail = {{{64, 2}, {0, 0}, {0, 0}}},
                               .frames = {{{128, 6}, {192, 2}, {384, 2}, {512, 2}}}};

using firmware = musubi::lwip::host<home::home_socket, sizes>;
static_assert(firmware::streams <= MEMP_NUM_TCP_PCB, "lwipopts.h has too few connections");

board::lm3s6965 hardware;
alignas(firmware) std::byte firmware_memory[sizeof(firmware)];
alignas(musubi::mailbox<home::reading, 2>) std::byte
    readings_memory[sizeof(musubi::mailbox<home::reading, 2>)];
musubi::mailbox<home::reading, 2>* readings = nullptr;
home::plant room;
std::atomic<bool> relay{false};

/// From the timer interrupt.
void step_plant() {
  constexpr unsigned steps_per_reading = 5;
  static unsigned steps = 0;
  room.step(relay.load(std::memory_order_relaxed));
  if (++steps % steps_per_reading == 0) (void)readings->try_send(room.read());
}

musubi::task<> control() {
  for (;;) {
    co_await readings->arrived();
    while (const auto measured = readings->try_receive()) home::heating.measured(*measured);
    relay.store(home::heating.now().heating, std::memory_order_relaxed);
    hardware.led(home::heating.now().heating);
  }
}

void say(std::string_view what, std::uint32_t number) {
  board::serial::write(what);
  board::serial::write(" ");
  board::serial::write(number);
  board::serial::write("\n");
}

void say(const musubi::pool_figures& pool) {
  if (pool.capacity == 0) return;
  say(pool.name, pool.block_bytes);
  say("  used", pool.used);
  say("  most", pool.high_water);
  say("  of", pool.capacity);
  if (pool.failures != 0) say("  failures", pool.failures);
}

/// One of lwIP's pools, or its heap, in blocks of `bytes`.
void say(std::string_view name, std::uint32_t bytes, const stats_mem& pool) {
  say({.name = name,
       .block_bytes = bytes,
       .capacity = pool.avail,
       .used = pool.used,
       .high_water = pool.max,
       .failures = pool.err});
}

/// What can be asked over the serial port: any byte asks for all of it.
musubi::task<> answer_serial(musubi::host_core& host, musubi::lwip::loop& events) {
  using namespace std::chrono_literals;
  for (;;) {
    co_await musubi::sleep(200ms);
    if (board::serial::read() < 0) continue;
    say("stack", static_cast<std::uint32_t>(board::stack_used()));
    say("unread", events.unread());
    say("frames_dropped", board::ethernet::dropped());
    host.each_pool([](const musubi::pool_figures& pool) { say(pool); });
    say(events.streams());
    say("lwip_heap", 1, lwip_stats.mem);
    say("lwip_connections", sizeof(tcp_pcb), *lwip_stats.memp[MEMP_TCP_PCB]);
    say("lwip_segments", sizeof(tcp_seg), *lwip_stats.memp[MEMP_TCP_SEG]);
    say("lwip_receive_buffers", PBUF_POOL_BUFSIZE, *lwip_stats.memp[MEMP_PBUF_POOL]);
    board::serial::write("end\n");
  }
}

}  // namespace

musubi::topic<home::situation, 2> home::news;
home::controller home::heating{home::news};

int main() {
  hardware.start();
  auto& host = *new (firmware_memory) firmware(hardware);
  if (!host.problem().ok()) return 1;
  host.assets(web);
  readings = new (readings_memory) musubi::mailbox<home::reading, 2>;
  (void)host.spawn(control());
  (void)host.spawn(answer_serial(host.core(), host.events()));
  hardware.every_tenth_of_a_second(&step_plant);
  board::serial::write("ready\n");
  host.run();
}
