#pragma once
/// The two measured roots, and their socket.

#include <cstdint>
#include <string_view>

#include <musubi/host/host.hpp>

namespace musubi::bench {

/// A reading of the sensor. All three values change with every reading; from `uptime`, the load
/// generator knows their order.
struct reading {
  float temperature = 20;
  float humidity = 45;
  std::int32_t uptime = 0;
};

/// The newest reading, for pages that are mounted on any core.
inline watch<reading> newest;
inline topic<reading> readings;

/// Takes the next reading and publishes it to all subscribed pages.
inline void take_reading() noexcept {
  reading next = newest.get();
  ++next.uptime;
  next.temperature = 20 + static_cast<float>(next.uptime % 100) / 10;
  next.humidity = 45 + static_cast<float>(next.uptime % 70) / 5;
  newest.set(next);
  readings.publish(next);
}

/// W1: a counter for each client. The control client also uses it: its `tick` takes a reading.
struct counter {
  static constexpr std::string_view module = "App.Counter";

  struct Params {};
  struct State {
    std::int32_t count;
  };
  struct Increment {
    std::int32_t amount;
  };
  struct Tick {};
  using commands = musubi::commands<Increment, Tick>;

  status handle(const Increment& command, context&) noexcept {
    // wraps, because signed overflow would be undefined in a long benchmark
    count = static_cast<std::int32_t>(static_cast<std::uint32_t>(count) +
                                      static_cast<std::uint32_t>(command.amount));
    return {};
  }
  status handle(const Tick&, context&) noexcept {
    take_reading();
    return {};
  }
  State render() const noexcept { return {count}; }

  std::int32_t count = 0;
};

/// W2: the sensor, as every client sees it.
struct sensor {
  static constexpr std::string_view module = "App.Sensor";

  struct Params {};
  struct State {
    float temperature;
    float humidity;
    std::int32_t uptime;
  };

  status mount(const Params&, context& ctx) noexcept { return ctx.subscribe(*this, readings); }
  void handle_info(const reading& fresh, context&) noexcept { shown = fresh; }
  State render() const noexcept { return {shown.temperature, shown.humidity, shown.uptime}; }

  reading shown = newest.get();
};

struct socket {
  using roots = musubi::roots<counter, sensor>;
};

}  // namespace musubi::bench
