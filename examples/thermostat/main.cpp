/// The thermostat on an operating system, with the same store, page and model as on the boards.

#include "simulation.hpp"
#include "web.hpp"

#include <musubi/asio/host.hpp>
#include <musubi/mdns/announcement.hpp>
#include <musubi/qr/terminal.hpp>

#if defined(THERMOSTAT_HAS_MQTT)
#include "house.hpp"
#endif

constinit home::controller home::heating;

int main(int argc, char** argv) {
#if defined(THERMOSTAT_HAS_MQTT)
  home::house_options chosen;
#endif
  const auto options = musubi::asio::from_command_line(
      argc, argv, "A thermostat and the room that it heats, simulated.", {}, {
#if defined(THERMOSTAT_HAS_MQTT)
        {"--home-assistant URL", chosen.broker, home::take_broker,
         "show it in Home Assistant, through this MQTT broker, as\nin mqtt://127.0.0.1:1883; "
         "$MQTT_USER and $MQTT_PASSWORD\nare its user and password"},
            {"--broker-ca FILE", chosen.broker.ca_file,
             "speak TLS with the broker, whose certificate is of this\nauthority (PEM)"},
            {"--device NAME", chosen.device, "the name of this device in Home Assistant"},
#endif
      });
#if defined(THERMOSTAT_HAS_MQTT)
  home::house house(chosen);
  if (const auto wrong = house.problem(); !wrong.empty()) musubi::program::refuse(argv, wrong);
#endif
  musubi::asio::host<home::home_socket> host{options};
  host.assets(web);
  if (!host.problem().empty()) return host.run();
  (void)host.spawn(home::simulate());
#if defined(THERMOSTAT_HAS_MQTT)
  house.spawn_on(host);
#endif
  // where other machines can connect
  const musubi::mdns::announcement found{host.place(), {.name = "Thermostat"}, host.log()};
  (void)musubi::qr::show(musubi::hosted::url_to_open(host.place()));
  return host.run();
}
