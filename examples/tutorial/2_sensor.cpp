// One room for all browsers: a coroutine measures it, every mounted store follows it, and one
// handler is a coroutine that takes a second.
#include <chrono>
#include <cstdint>
#include <string_view>

#include <musubi/asio/host.hpp>

using namespace std::chrono_literals;

// The state of the device, shared by all stores. This room is simulated.
struct climate {
  float celsius = 17;
  std::int32_t target = 20;
};
musubi::watch<climate> living_room;

float read_sensor(const climate& now) {
  return now.celsius + (static_cast<float>(now.target) - now.celsius) / 8;
}

musubi::task<> sample(musubi::watch<climate>& room) {
  for (;;) {
    const float measured = read_sensor(room.get());
    room.update([&](climate& now) { now.celsius = measured; });
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

  musubi::status mount(const Params&, musubi::context& ctx) { return ctx.follow(living_room); }
  State render() const {
    const climate now = living_room.get();
    return {now.celsius, now.target};
  }

  musubi::status handle(const SetTarget& command, musubi::context&) {
    if (command.celsius < 5 || command.celsius > 30) {
      return musubi::refuse("the target is from 5 to 30", "celsius");
    }
    living_room.update([&](climate& now) { now.target = command.celsius; });
    return {};
  }

  musubi::task<musubi::result<Average::Reply>> handle(const Average&, musubi::context&) {
    float sum = 0;
    for (int i = 0; i < 10; ++i) {
      sum += living_room.get().celsius;
      co_await musubi::sleep(100ms);
    }
    co_return Average::Reply{sum / 10};
  }
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
