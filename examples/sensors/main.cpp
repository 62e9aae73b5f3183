// Sensors on the pins of a Linux board, by the kernel's own interfaces: GPIO, I2C and IIO. What is
// not named on the command line is not there.

#include "bench_store.hpp"
#include "follow.hpp"
#include "iio.hpp"
#include "inspector.hpp"
#include "lm75.hpp"

#include <charconv>
#include <chrono>
#include <cstdio>
#include <optional>
#include <string>

#include <musubi/asio/host.hpp>

using namespace std::chrono_literals;
using musubi::program::complaint;
using sensors::latest;
using sensors::readings;

namespace {

/// "/dev/gpiochip0:17" or "/dev/i2c-1:72".
struct place {
  std::string device;
  std::uint16_t number = 0;
};

complaint take_place(std::string_view value, place& into) {
  const std::size_t colon = value.rfind(':');
  if (colon == std::string_view::npos || colon == 0) return "not DEVICE:NUMBER";
  into.device = value.substr(0, colon);
  const char* const end = value.data() + value.size();
  const auto [stopped, error] = std::from_chars(value.data() + colon + 1, end, into.number);
  if (error != std::errc() || stopped != end) return "not DEVICE:NUMBER";
  return {};
}

// What the command line names. It lives as long as the program: a thread may be using it.
place button_at;
place lamp_at;
place thermometer_at;
std::string light_at;
std::optional<sensors::gpio_line> button;
std::optional<sensors::gpio_line> lamp;

template <class T>
std::optional<T> known(const musubi::result<T>& found) noexcept {
  return found.ok() ? std::optional(*found) : std::nullopt;
}

void publish_temperature(const musubi::result<std::int32_t>& tenths) noexcept {
  latest.update([&](readings& now) { now.tenths = known(tenths); });
}

void publish_light(const musubi::result<float>& lux) noexcept {
  latest.update([&](readings& now) { now.light = known(lux); });
}

void publish_button(const musubi::result<std::optional<bool>>& change) noexcept {
  if (change.ok() && !change->has_value()) return;  // nobody touched it
  latest.update([&](readings& now) {
    now.pressed = change.ok() ? *change : std::nullopt;
    if (now.pressed == true) ++now.presses;
  });
}

/// Asks for a line; ends the program if it is not given.
void take(std::optional<sensors::gpio_line>& into, const place& at, sensors::gpio_line::use as) {
  if (at.device.empty()) return;
  into.emplace(at.device, at.number, as);
  if (into->problem().ok()) return;
  std::fprintf(stderr, "sensors: %s:%u: %s\n", at.device.c_str(), unsigned{at.number},
               into->problem().reason().data());
  std::exit(1);
}

template <class Host>
musubi::status start(Host& host) {
  musubi::status started;
  if (started.ok() && button) {
    const auto wait = [] { return button->wait(1s); };  // a thread waits for the next edge
    started = host.spawn(sensors::follow(0s, 2s, wait, publish_button));
  }
  if (started.ok() && !thermometer_at.device.empty()) {
    const auto read = [] {
      return sensors::read_lm75(thermometer_at.device, thermometer_at.number);
    };
    started = host.spawn(sensors::follow(1s, 2s, read, publish_temperature));
  }
  if (started.ok() && !light_at.empty()) {
    const auto read = [] { return sensors::read_iio(light_at, "illuminance"); };
    started = host.spawn(sensors::follow(1s, 2s, read, publish_light));
  }
  return started;
}

}  // namespace

int main(int argc, char** argv) {
  const auto options = musubi::asio::from_command_line(
      argc, argv, "Sensors on the pins of a Linux board.", {},
      {{"--button CHIP:LINE", button_at, take_place, "a GPIO line, such as /dev/gpiochip0:17"},
       {"--lamp CHIP:LINE", lamp_at, take_place, "another one"},
       {"--lm75 BUS:ADDRESS", thermometer_at, take_place, "a thermometer, such as /dev/i2c-1:72"},
       {"--light FOLDER", light_at, "a light sensor, such as /sys/bus/iio/devices/iio:device0"}});
  take(button, button_at, sensors::gpio_line::use::button);
  take(lamp, lamp_at, sensors::gpio_line::use::output);
  if (lamp) sensors::lamp = &*lamp;

  musubi::asio::host<sensors::bench_socket> host{options};
  host.assets(inspector);  // a page made of the store
  if (!start(host).ok()) return 1;
  return host.run();
}
