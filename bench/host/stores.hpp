#pragma once
/// The two roots that are measured, and the socket they are declared on.

#include <cstdint>
#include <string_view>

#include <musubi/host/host.hpp>

namespace musubi::bench {

/// What the sensor tells. All three change with every reading, and the load generator knows which
/// one follows which by `uptime`.
struct reading {
  float temperature = 20;
  float humidity = 45;
  std::int32_t uptime = 0;
};

/// The newest reading, for a page that is mounted between two of them, on whatever core.
inline watch<reading> newest;
inline topic<reading> readings;

/// Takes the next reading and tells it to every page that subscribed.
inline void take_reading() noexcept {
  reading next = newest.get();
  ++next.uptime;
  next.temperature = 20 + static_cast<float>(next.uptime % 100) / 10;
  next.humidity = 45 + static_cast<float>(next.uptime % 70) / 5;
  newest.set(next);
  readings.publish(next);
}

/// W1: each client's own counter. Also the control client's, whose `tick` makes a reading.
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
    // a benchmark may run for long: wrap, never overflow
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

/// W2: what every client sees of the one sensor.
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
