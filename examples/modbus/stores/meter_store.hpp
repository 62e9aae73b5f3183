#pragma once
/// The root store: the meter as browsers see it, and the command that writes one of its registers.

#include "meter/poller.hpp"

#include <cstdint>
#include <optional>
#include <string_view>

#include <musubi/host/host.hpp>

namespace meter {

/// The program's meter, and whether it exists in this program alone. Set before the host starts.
inline poller* the_meter = nullptr;
inline bool is_simulated = false;

struct meter_store {
  static constexpr std::string_view module = "Plant.Meter";

  struct State {
    std::optional<musubi::fixed<1>> voltage;
    std::optional<musubi::fixed<2>> current;
    std::optional<std::int32_t> power;
    std::optional<musubi::fixed<2>> power_factor;
    std::optional<musubi::fixed<2>> frequency;
    std::optional<musubi::fixed<2>> imported;
    std::optional<musubi::fixed<2>> exported;
    std::optional<std::int32_t> pulse_width;
    std::optional<musubi::text<64>> problem;
    std::uint32_t silent_seconds;
    bool simulated;

    static constexpr auto fields = musubi::fields(
        musubi::field("voltage", &State::voltage, "V"),
        musubi::field("current", &State::current, "A"),
        musubi::field("power", &State::power, "W; negative while it is fed in."),
        musubi::field("power_factor", &State::power_factor, "From -1 to 1."),
        musubi::field("frequency", &State::frequency, "Hz"),
        musubi::field("imported", &State::imported, "kWh"),
        musubi::field("exported", &State::exported, "kWh"),
        musubi::field("pulse_width", &State::pulse_width, "ms; 60, 100 or 200."),
        musubi::field("problem", &State::problem, "Why the meter cannot be read now."),
        musubi::field("silent_seconds", &State::silent_seconds,
                      "The age of the values while there is a problem."),
        musubi::field("simulated", &State::simulated,
                      "No meter was named when the program was started."));
  };
  struct SetPulseWidth {
    std::int32_t milliseconds;
  };
  using commands = musubi::commands<SetPulseWidth>;

  /// With `Digits` digits after the point: more would be noise, and change with every reading.
  template <unsigned Digits>
  [[nodiscard]] static std::optional<musubi::fixed<Digits>> rounded(float value) noexcept {
    const auto found = sdm230::scaled(value, Digits == 1 ? 10.0F : 100.0F);
    if (!found) return std::nullopt;
    return musubi::fixed<Digits>::from_scaled(*found);
  }

  musubi::status mount(musubi::context& ctx) { return ctx.follow(the_meter->known()); }

  musubi::task<musubi::status> handle(const SetPulseWidth& command, musubi::context&) {
    const std::int32_t wanted = command.milliseconds;
    if (wanted != 60 && wanted != 100 && wanted != 200) {
      co_return musubi::refuse("a pulse takes 60, 100 or 200 ms", "milliseconds");
    }
    co_return co_await the_meter->set_pulse_width(wanted);
  }

  [[nodiscard]] State render() const {
    const knowledge now = the_meter->known().get();
    State state{};
    if (now.last) {
      state.voltage = rounded<1>(now.last->voltage);
      state.current = rounded<2>(now.last->current);
      state.power = sdm230::scaled(now.last->power);
      state.power_factor = rounded<2>(now.last->power_factor);
      state.frequency = rounded<2>(now.last->frequency);
      state.imported = rounded<2>(now.last->imported);
      state.exported = rounded<2>(now.last->exported);
    }
    state.pulse_width = now.pulse_width;
    if (!now.problem.empty()) state.problem = now.problem;
    state.silent_seconds = now.silent_seconds;
    state.simulated = is_simulated;
    return state;
  }
};

struct plant_socket {
  using roots = musubi::roots<meter_store>;
};

}  // namespace meter
