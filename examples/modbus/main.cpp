// A Modbus meter as a live object. Reading and writing block, so threads of the port do it while
// the host goes on serving. Without a meter, it simulates one.

#include "inspector.hpp"
#include "meter/poller.hpp"
#include "simulator/simulated_meter.hpp"
#include "stores/meter_store.hpp"

#include <chrono>
#include <cmath>
#include <cstdint>
#include <cstdio>
#include <memory>

#include <musubi/asio/host.hpp>

using namespace std::chrono_literals;
using musubi::program::complaint;

namespace {

complaint take_parity(std::string_view value, char& into) {
  if (value != "N" && value != "E" && value != "O") return "not N, E or O";
  into = value[0];
  return {};
}

complaint take_server(std::string_view value, meter::bus_address& into) {
  const std::size_t colon = value.rfind(':');
  into.host = value.substr(0, colon);
  if (colon != std::string_view::npos) into.port = value.substr(colon + 1);
  return into.host.empty() || into.port.empty() ? "not HOST or HOST:PORT" : complaint();
}

/// The address of the meter, and the milliseconds between two readings.
struct settings {
  meter::bus_address at;
  std::uint32_t period = 1000;
};

/// A household that draws more and less, once in two minutes.
musubi::task<> vary(meter::simulated_meter& simulated) {
  meter::measurement now{.voltage = 230, .frequency = 50};
  for (float phase = 0;; phase += 0.05F) {
    now.power = 800 + 600 * std::sin(phase);
    now.power_factor = 0.95F;
    now.voltage = 231 - now.power / 1000;
    now.current = now.power / now.voltage / now.power_factor;
    now.imported += now.power / 3'600'000;
    simulated.measure(now);
    co_await musubi::sleep(1s);
  }
}

settings chosen;

/// The options of the command line.
musubi::asio::options configure(int argc, char** argv) {
  return musubi::asio::from_command_line(
      argc, argv, "A Modbus meter (Eastron SDM230). Without --serial and --tcp, simulates one.", {},
      {{"--serial DEVICE", chosen.at.serial, "the serial port of a meter, such as /dev/ttyUSB0"},
       {"--baud NUMBER", musubi::program::between(chosen.at.baud, 300, 115'200), "its speed"},
       {"--parity LETTER", chosen.at.parity, take_parity, "N, E or O", "N"},
       {"--tcp HOST[:PORT]", chosen.at, take_server, "the address of a meter or of its gateway"},
       {"--unit NUMBER", musubi::program::between(chosen.at.unit, 1, 247), "its number"},
       {"--period MS", musubi::program::between(chosen.period, 100, 3'600'000),
        "time between two readings"}});
}

/// A simulated meter, if none was chosen.
std::unique_ptr<meter::simulated_meter> simulate() {
  if (!chosen.at.serial.empty() || !chosen.at.host.empty()) return nullptr;
  auto made = std::make_unique<meter::simulated_meter>();
  chosen.at = made->address();
  return made;
}

}  // namespace

int main(int argc, char** argv) {
  const musubi::asio::options options = configure(argc, argv);
  const auto simulated = simulate();
  static meter::bus line(chosen.at);  // as long as the program: a thread may be using it
  if (!line.problem().ok()) {
    std::fprintf(stderr, "modbus: %s\n", line.problem().reason().data());
    return 2;
  }
  static meter::poller poller(line, std::chrono::milliseconds(chosen.period));
  meter::the_meter = &poller;
  meter::is_simulated = simulated != nullptr;

  musubi::asio::host<meter::plant_socket> host{options};
  host.assets(inspector);  // a page made of the store
  if (simulated && !host.spawn(vary(*simulated)).ok()) return 1;
  if (!host.spawn(poller.run()).ok()) return 1;
  return host.run();
}
