#pragma once
/// The thermostat as a device of Home Assistant.

#include "application/thermostat.hpp"

#include <cstdlib>
#include <optional>
#include <string>
#include <string_view>

#include <musubi/mqtt/broker_url.hpp>
#include <musubi/mqtt/home_assistant.hpp>

namespace home {

/// What the command line says of it.
struct house_options {
  musubi::mqtt::options broker = {.host = {}};
  std::string_view device = "thermostat";
};

inline musubi::program::complaint take_broker(std::string_view url, musubi::mqtt::options& into) {
  return musubi::mqtt::read_broker_url(url, into);
}

/// Does nothing unless a broker was named. Must outlive its host.
class house {
 public:
  explicit house(const house_options& chosen)
      : online_("musubi/" + std::string(chosen.device) + "/online") {
    if (chosen.broker.host.empty()) return;
    hub_.emplace(with_will(chosen));
    device_.emplace(*hub_, musubi::mqtt::home_assistant_options{.device = chosen.device});
  }

  /// What is wrong with the options, as a sentence.
  [[nodiscard]] std::string_view problem() const noexcept {
    return device_ ? device_->problem() : std::string_view();
  }
  template <class Host>
  void spawn_on(Host& host) {
    if (!device_) return;
    hub_->log_to(host.log());
    device_->log_to(host.log());
    (void)host.spawn(device_->run(host));
    (void)host.spawn(hub_->run());
  }

 private:
  [[nodiscard]] musubi::mqtt::options with_will(const house_options& chosen) const {
    musubi::mqtt::options broker = chosen.broker;
    // The command line would show them to every user of the machine.
    if (const char* user = std::getenv("MQTT_USER")) broker.user = user;
    if (const char* password = std::getenv("MQTT_PASSWORD")) broker.password = password;
    broker.client = chosen.device;
    broker.will = {.topic = online_};
    return broker;
  }

  std::string online_;
  std::optional<musubi::mqtt::link> hub_;
  std::optional<musubi::mqtt::home_assistant<thermostat>> device_;
};

}  // namespace home
