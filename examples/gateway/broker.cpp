#include "broker.hpp"

#include "sampling/news.hpp"

#include <cstdlib>

#include <musubi/mqtt/broker_url.hpp>

namespace gateway {

namespace {

std::string prefix_of(const options& chosen, std::string_view host_name) {
  std::string name(chosen.broker_name.view());
  if (name.empty()) name = host_name.empty() ? "gateway" : host_name;
  return "musubi/gateway/" + name;
}

}  // namespace

broker_link::broker_link(const options& chosen, std::string_view host_name)
    : url_(chosen.broker.view()),
      authority_(chosen.broker_ca.view()),
      prefix_(prefix_of(chosen, host_name)),
      online_(prefix_ + "/online"),
      hub_(address()) {
  hub_.send(news::machine, prefix_ + "/machine");
  hub_.send(news::network, prefix_ + "/network");
  hub_.send(news::disks, prefix_ + "/disks");
  hub_.send(news::surroundings, prefix_ + "/surroundings");
  hub_.send(news::processes, prefix_ + "/processes");
  if (problem_.empty()) problem_ = hub_.problem();
}

musubi::mqtt::options broker_link::address() {
  musubi::mqtt::options made{.client = prefix_, .ca_file = authority_, .will = {.topic = online_}};
  made.limits.payload_bytes = 16384;
  made.limits.waiting_bytes = 2 * made.limits.payload_bytes;
  if (const auto wrong = musubi::mqtt::read_broker_url(url_, made); !wrong.empty()) {
    problem_ = "--broker: " + std::string(wrong.view());
  }
  // The command line would show them to every user of the machine.
  if (const char* user = std::getenv("MQTT_USER")) made.user = user;
  if (const char* password = std::getenv("MQTT_PASSWORD")) made.password = password;
  return made;
}

}  // namespace gateway
