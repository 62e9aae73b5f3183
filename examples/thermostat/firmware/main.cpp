/// The thermostat on a board, without an operating system.

#include "../application/thermostat.hpp"
#include "sizes.hpp"
#include "web.hpp"

#include <musubi/board/hardware.hpp>
#include <musubi/board/machine.hpp>
#include <musubi/board/mdns.hpp>
#include <musubi/board/metrics.hpp>
#include <musubi/board/serial.hpp>

#if defined(BOARD_MQTT)
#include "broker.hpp"
#endif

#include <atomic>
#include <lwipopts.h>
#include <new>

#include <musubi/lwip/host.hpp>

#if defined(BOARD_TLS)
#include "certificate.hpp"

#include <musubi/mbedtls/front.hpp>
#endif

namespace {

using firmware = musubi::lwip::host<home::home_socket, board::sizes>;
static_assert(firmware::streams <= MEMP_NUM_TCP_PCB, "lwipopts.h has too few connections");

board::machine hardware;
#if defined(BOARD_TLS)
using tls_front = musubi::mbedtls::front<board::sizes>;
alignas(tls_front) std::byte tls_memory[sizeof(tls_front)];
#endif
alignas(firmware) std::byte firmware_memory[sizeof(firmware)];
constinit musubi::watch<home::reading> measured;  // set by the timer interrupt
home::plant room;
#if LWIP_MDNS_RESPONDER
musubi::text<16> build;
#endif
std::atomic<bool> relay{false};

/// Called from the timer interrupt.
void step_plant() {
  constexpr unsigned steps_per_reading = 5;
  static unsigned steps = 0;
  room.step(relay.load(std::memory_order_relaxed));
  if (++steps % steps_per_reading == 0) measured.set(room.read());
}

musubi::task<> control() {
  musubi::watch<home::reading>::receiver readings(measured);
  while (const auto fresh = co_await readings.changed()) {
    home::heating.measured(*fresh);
    const bool on = home::heating.state().get().heating;
    relay.store(on, std::memory_order_relaxed);
    board::led(on);
  }
}

/// A function of its own, so that the stack it uses is free again when the host runs.
[[gnu::noinline]] firmware* set_up() {
#if defined(BOARD_TLS)
  auto& secure =
      *new (tls_memory) tls_front({.certificate = server_certificate, .key = server_key});
  auto& host = *new (firmware_memory) firmware(hardware, {.port = 443}, secure);
#else
  auto& host = *new (firmware_memory) firmware(hardware);
#endif
  if (!host.problem().empty()) return nullptr;
  host.assets(web);
#if LWIP_MDNS_RESPONDER
  build = musubi::net::http::build_of(web);
  if (!board::mdns::announce(80, build)) return nullptr;
#endif
  (void)host.spawn(control());
#if defined(BOARD_MQTT)
  if (!board::share_heating(host)) return nullptr;
#endif
#if defined(BOARD_METRICS) && defined(BOARD_TLS)
  (void)host.spawn(board::answer_serial(host.core(), host.events(), &secure.guarding()));
#elif defined(BOARD_METRICS)
  (void)host.spawn(board::answer_serial(host.core(), host.events()));
#endif
  hardware.every_tenth_of_a_second(&step_plant);
  board::serial::write("ready\n");
  return &host;
}

}  // namespace

constinit home::controller home::heating;

int main() {
#if LWIP_DHCP
  hardware.start({.address = {}, .mask = {}, .gateway = {}, .name = "thermostat"});
#else
  hardware.start({.name = "thermostat"});
#endif
  firmware* const host = set_up();
  if (host == nullptr) return 1;
  host->run();
}
