#pragma once
// Values that are loaded in the background: the page shows loading, then the value or the error,
// and stays responsive in the meantime.
#include <chrono>
#include <cstdint>
#include <string_view>

#include <musubi/musubi.hpp>

using place = musubi::text<24>;

struct outlook {
  musubi::text<15> sky;
  std::int32_t celsius;
};
struct self_test {
  std::int32_t sensors;
};

// A real device would query a service or a slow sensor here.
inline musubi::task<musubi::result<outlook>> fetch_outlook(place where) {
  co_await musubi::sleep(std::chrono::seconds(2));
  if (where == "Atlantis") co_return musubi::refuse("no such place");
  co_return outlook{"clear", 21};
}
inline musubi::task<musubi::result<self_test>> test_sensors() {
  co_await musubi::sleep(std::chrono::seconds(3));
  co_return self_test{4};
}

struct weather_station {
  static constexpr std::string_view module = "Example.WeatherStation";

  struct State {
    musubi::async<outlook> weather;  // {status, data, error} in the browser
    musubi::text<40> diagnosis;
  };
  struct Refresh {
    place where;
  };
  struct Stop {};
  struct Diagnose {};
  using commands = musubi::commands<Refresh, Stop, Diagnose>;

  // The reply is sent at once. The old value stays while the new one loads; after ten seconds the
  // value fails with "timeout".
  musubi::status handle(const Refresh& command, musubi::context& ctx) {
    return ctx.assign_async<&weather_station::weather>(*this, fetch_outlook(command.where),
                                                       {.timeout = std::chrono::seconds(10)});
  }
  musubi::status handle(const Stop&, musubi::context& ctx) {
    ctx.cancel_async<&weather_station::weather>("stopped");
    return {};
  }

  // The same for a result that is not shown directly: it is passed to `handle_async`.
  musubi::status handle(const Diagnose&, musubi::context& ctx) {
    (void)diagnosis.assign("testing");
    return ctx.start_async(*this, test_sensors());
  }
  void handle_async(const musubi::result<self_test>& done, musubi::context&) {
    const bool well = done.ok() && done->sensors == 4;
    (void)diagnosis.assign(well ? "all sensors answer" : "call for service");
  }
  State render() const { return {weather, diagnosis}; }

  musubi::async<outlook> weather;
  musubi::text<40> diagnosis;
};
