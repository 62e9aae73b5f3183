// A store with typed mount params, a State with several kinds of fields, and commands that are
// validated, refused and answered. Each browser that mounts it has its own thermostat; 2_sensor.cpp
// shares one.
#include <cstdint>
#include <optional>
#include <string_view>

#include <musubi/asio/host.hpp>

enum class heating { off, eco, comfort };

struct period {
  std::int32_t hour;
  heating mode;
};

struct thermostat {
  static constexpr std::string_view module = "Home.Thermostat";

  struct Params {
    musubi::text<16> room;
    std::optional<std::int32_t> target;
  };
  struct State {
    musubi::text<16> room;
    std::int32_t target;
    heating mode;
    std::optional<musubi::text<64>> note;
    musubi::list<period, 4> schedule;
  };

  struct SetTarget {
    std::int32_t celsius;
  };
  struct SetSchedule {
    musubi::list<period, 4> periods;
    std::optional<musubi::text<64>> note;
  };
  struct Estimate {
    float outside;
    struct Reply {
      std::int32_t minutes;
    };
  };
  using commands = musubi::commands<SetTarget, SetSchedule, Estimate>;

  musubi::status mount(const Params& params, musubi::context&) {
    if (params.room.empty()) return musubi::refuse("a room has a name", "room");
    state.room = params.room;
    state.target = params.target.value_or(20);
    return {};
  }
  State render() const { return state; }

  musubi::status handle(const SetTarget& command, musubi::context&) {
    if (command.celsius < 5 || command.celsius > 30) {
      return musubi::refuse("the target is from 5 to 30", "celsius");
    }
    state.target = command.celsius;
    return {};
  }

  musubi::status handle(const SetSchedule& command, musubi::context&) {
    for (const period& each : command.periods) {
      if (each.hour < 0 || each.hour > 23) return musubi::refuse("no such hour", "periods");
    }
    state.schedule = command.periods;
    state.note = command.note;
    return {};
  }

  musubi::result<Estimate::Reply> handle(const Estimate& command, musubi::context&) {
    if (state.mode == heating::off) return musubi::refuse("the heating is off");
    const float degrees = static_cast<float>(state.target) - command.outside;
    return Estimate::Reply{degrees > 0 ? static_cast<std::int32_t>(degrees * 6) : 0};
  }

  State state{{}, 20, heating::eco, {}, {}};
};

struct home_socket {
  using roots = musubi::roots<thermostat>;
};

int main(int argc, char** argv) {
  const auto options = musubi::asio::from_command_line(argc, argv, "The tutorial's thermostat.");
  musubi::asio::host<home_socket> host{options};
  return host.run();
}
