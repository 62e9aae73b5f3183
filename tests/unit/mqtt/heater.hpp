#pragma once
/// A store that has what Home Assistant can show, and what it cannot.

#include <cstdint>
#include <optional>
#include <string_view>

#include <musubi/host/host.hpp>

namespace musubi::test {

struct heater_device {
  fixed<1> temperature = fixed<1>::from_scaled(195);
  std::int32_t target = 21;
  bool breaks = false;
};
inline watch<heater_device> the_heater;

enum class heater_mode : std::uint8_t { off, eco = 2, comfort };

struct heater {
  static constexpr std::string_view module = "Test.Heater";

  struct Params {
    text<16> room = "cellar";
  };
  struct valve {
    bool open;
  };
  struct State {
    text<16> room;
    fixed<1> temperature;
    std::int32_t target;
    heater_mode mode;
    heater_mode season;
    std::optional<bool> window;
    bool locked;
    valve inlet;
    list<int, 2> history;
    text<256> essay;

    static constexpr auto about =
        musubi::about(musubi::field(&State::temperature)
                          .unit("°C")
                          .device_class("temperature")
                          .state_class("measurement"),
                      musubi::field(&State::target).unit("°C"),
                      musubi::field(&State::window).device_class("window"),
                      musubi::field(&State::locked).device_class("lock"));
  };
  struct SetTarget {
    std::int32_t celsius;
    static constexpr auto about = musubi::about(musubi::field(&SetTarget::celsius).range(5, 30));
  };
  struct SetMode {
    heater_mode mode;
  };
  struct SetLocked {
    bool on;
  };
  struct Boost {
    fixed<1> hours;
    static constexpr auto about =
        musubi::about(musubi::field(&Boost::hours).unit("h").range(0, 2.5));
  };
  struct Break {};
  struct Rename {
    text<8> name;
  };
  struct SetLevel {
    std::int32_t level;
  };
  struct Plan {
    std::int32_t from;
    std::int32_t to;
  };
  using commands =
      musubi::commands<SetTarget, SetMode, SetLocked, Boost, Break, Rename, SetLevel, Plan>;

  status mount(const Params& params, context& ctx) {
    room = params.room;
    return ctx.follow(the_heater);
  }
  status handle(const SetTarget& command, context&) {
    if (command.celsius == 13) return refuse("not on a Friday", "celsius");
    the_heater.update([&](heater_device& now) { now.target = command.celsius; });
    return {};
  }
  status handle(const SetMode& command, context&) {
    mode = command.mode;
    return {};
  }
  status handle(const SetLocked& command, context&) {
    locked = command.on;
    return {};
  }
  status handle(const Boost&, context&) { return {}; }
  status handle(const Break&, context&) { return fail("it is broken"); }
  status handle(const Rename&, context&) { return {}; }
  status handle(const SetLevel&, context&) { return {}; }
  status handle(const Plan&, context&) { return {}; }

  [[nodiscard]] State render() const {
    const heater_device now = the_heater.get();
    State shown{};
    shown.room = room;
    shown.temperature = now.temperature;
    shown.target = now.target;
    shown.mode = mode;
    shown.locked = locked;
    return shown;
  }

  text<16> room;
  heater_mode mode = heater_mode::off;
  bool locked = false;
};

struct heater_socket {
  using roots = musubi::roots<heater>;
};

}  // namespace musubi::test
