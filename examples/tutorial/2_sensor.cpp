// One room for all browsers: a coroutine measures it and publishes to a topic, every mounted store
// follows, and a handler that is a coroutine takes its time.
#include <chrono>
#include <cstdint>
#include <string_view>

#include <musubi/asio/host.hpp>
#include <musubi/async/sleep.hpp>

using namespace std::chrono_literals;

struct reading {
  float celsius;
};

// The device: what there is once, however many look at it. This room is simulated.
struct room {
  float celsius = 17;
  std::int32_t target = 20;
  musubi::topic<reading> readings;
};
room living_room;

float read_sensor(room& measured) {
  measured.celsius += (static_cast<float>(measured.target) - measured.celsius) / 8;
  return measured.celsius;
}

musubi::task<> sample(room& measured) {
  for (;;) {
    measured.readings.publish({read_sensor(measured)});
    co_await musubi::sleep(1s);
  }
}

struct thermostat {
  static constexpr std::string_view module = "Home.Thermostat";

  struct Params {};
  struct State {
    float temperature;
    std::int32_t target;
  };
  struct SetTarget {
    std::int32_t celsius;
  };
  struct Average {
    struct Reply {
      float celsius;
    };
  };
  using commands = musubi::commands<SetTarget, Average>;

  musubi::status mount(const Params&, musubi::context& ctx) {
    latest = {living_room.celsius};
    return ctx.subscribe(*this, living_room.readings);
  }
  void handle_info(const reading& fresh, musubi::context&) { latest = fresh; }
  State render() const { return {latest.celsius, living_room.target}; }

  musubi::status handle(const SetTarget& command, musubi::context&) {
    if (command.celsius < 5 || command.celsius > 30) {
      return musubi::refuse("the target is from 5 to 30", "celsius");
    }
    living_room.target = command.celsius;
    living_room.readings.publish({living_room.celsius});  // the others see the target now
    return {};
  }

  musubi::task<musubi::result<Average::Reply>> handle(const Average&, musubi::context&) {
    float sum = 0;
    for (int i = 0; i < 10; ++i) {
      sum += living_room.celsius;
      co_await musubi::sleep(100ms);
    }
    co_return Average::Reply{sum / 10};
  }

  reading latest{};
};

struct home_socket {
  using roots = musubi::roots<thermostat>;
};

int main(int argc, char** argv) {
  const auto options =
      musubi::asio::from_command_line(argc, argv, "The tutorial's room, measured once a second.");
  musubi::asio::host<home_socket> host{options};
  if (const musubi::status started = host.spawn(sample(living_room)); !started.ok()) return 1;
  return host.run();
}
