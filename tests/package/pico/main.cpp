/// A lamp on a Pico W that already runs lwIP, polled.

#include <algorithm>
#include <lwipopts.h>
#include <pico/cyw43_arch.h>
#include <pico/rand.h>
#include <pico/stdlib.h>

#include <musubi/host/board_limits.hpp>
#include <musubi/lwip/host.hpp>

struct lamp {
  static constexpr std::string_view module = "Lamp";
  struct State {
    bool on;
  };
  struct Switch {
    bool on;
  };
  using commands = musubi::commands<Switch>;

  musubi::status handle(const Switch& command, musubi::context&) {
    on = command.on;
    cyw43_arch_gpio_put(CYW43_WL_GPIO_LED_PIN, on);
    return {};
  }
  [[nodiscard]] State render() const { return {.on = on}; }

  bool on = false;
};
struct lamp_socket {
  using roots = musubi::roots<lamp>;
};

/// What Musubi needs of the SDK.
class pico_w final : public musubi::lwip::board {
 public:
  [[nodiscard]] musubi::time_point now() noexcept override {
    return musubi::time_point(musubi::duration(static_cast<std::int64_t>(time_us_64())));
  }
  void entropy(std::span<std::byte> into) noexcept override {
    for (std::byte& each : into) each = static_cast<std::byte>(get_rand_32());
  }
  /// All that have come: the driver has buffers of its own.
  bool receive() noexcept override {
    cyw43_arch_poll();
    return false;
  }
  /// An interrupt that has set a value waits 10 ms at most, a frame not at all.
  void sleep(musubi::time_point until, const std::atomic<bool>& awake) noexcept override {
    if (awake.load()) return;
    const auto most = now() + std::chrono::milliseconds(10);
    cyw43_arch_wait_for_work_until(from_us_since_boot(
        static_cast<std::uint64_t>(std::min(until, most).time_since_epoch().count())));
  }
  void alive() noexcept override {}  // watchdog_update(), if it is enabled
};

constexpr musubi::limits sizes = musubi::board_limits(3);  // three browsers
using lamp_host = musubi::lwip::host<lamp_socket, sizes>;
static_assert(sizeof(lamp_host) < 16 * 1024);
static_assert(lamp_host::streams <= MEMP_NUM_TCP_PCB, "lwipopts.h has too few connections");

int main() {
  stdio_init_all();
  if (cyw43_arch_init() != 0) return 1;
  cyw43_arch_enable_sta_mode();
  if (cyw43_arch_wifi_connect_timeout_ms("network", "password", CYW43_AUTH_WPA2_AES_PSK, 30'000) !=
      0) {
    return 1;
  }
  static pico_w board;
  static lamp_host host(board);
  return host.problem().empty() ? host.run() : 1;
}
