#include "broker.hpp"

#include "../application/thermostat.hpp"

#include <cstddef>
#include <new>

#include <musubi/board/serial.hpp>
#include <musubi/lwip_mqtt/link.hpp>

namespace board {

namespace {

// A product keeps these in its settings. The emulator forwards this address to the broker.
constexpr std::string_view broker_address = "10.0.2.100";
constexpr std::string_view site = "board";
constexpr std::int32_t coldest = 5;  // as in SetTarget: others send a plain number
constexpr std::int32_t warmest = 30;

/// Two values and the will; what is sent here has at most a hundred bytes.
constexpr musubi::mqtt::link_limits limits{.shares = 2,
                                           .values = 2,
                                           .payload_bytes = 128,
                                           .waiting_bytes = 640,
                                           .in_flight = 2,
                                           .echoes = 1};
using link = musubi::lwip_mqtt::link<limits>;

alignas(link) std::byte link_memory[sizeof(link)];  // never destroyed
constinit musubi::watch<shared_reading> reading;
constinit musubi::watch<std::int32_t> target{21};

shared_reading shown(const home::situation& now) noexcept {
  const auto tenths = [](std::int32_t hundredths) {
    return musubi::fixed<1>::from_scaled(hundredths / 10);
  };
  return {musubi::text<16>::clipped(site), tenths(now.measured.inside),
          tenths(now.measured.outside), now.heating};
}

void report(void*, musubi::mqtt::note what, std::string_view text) noexcept {
  serial::write(what == musubi::mqtt::note::connected ? "broker: connected to " : "broker: ");
  serial::write(text);
  serial::write("\n");
}

}  // namespace

musubi::mqtt::any_link* open_link() noexcept {
  auto& hub = *new (link_memory) link(
      {.host = broker_address, .client = site, .will = {"plant/board/online", "false", "true"}});
  hub.report_to(nullptr, &report);
  hub.send(reading, "plant/{site}/reading");
  hub.share(target, "plant/board/target");
  if (hub.problem().empty()) return &hub;
  report(nullptr, musubi::mqtt::note::lost, hub.problem());
  return nullptr;
}

musubi::task<> publish_heating() {
  musubi::watch<home::situation>::receiver changes(home::heating.state());
  std::int32_t known = home::heating.state().get().target;
  while (const auto now = co_await changes.changed()) {
    reading.set(shown(*now));
    if (now->target == known) continue;
    known = now->target;
    target.set(known);
  }
}

musubi::task<> follow_target() {
  musubi::watch<std::int32_t>::receiver targets(target);
  while (const auto wanted = co_await targets.changed()) {
    const std::int32_t is = home::heating.state().get().target;
    if (*wanted == is) continue;
    if (*wanted >= coldest && *wanted <= warmest) {
      home::heating.target(*wanted);
    } else {
      target.set(is);  // for everybody
    }
  }
}

musubi::task<> serve_link(musubi::mqtt::any_link& hub) {
  musubi::watch<shared_reading>::receiver first(reading);
  (void)co_await first.changed();
  co_await hub.run();
}

}  // namespace board
