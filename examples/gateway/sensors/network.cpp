#include "sensors/network.hpp"

#include "sensors/scan.hpp"

#include <algorithm>
#include <arpa/inet.h>
#include <cstring>
#include <net/if.h>
#include <netinet/in.h>
#include <sys/ioctl.h>
#include <sys/socket.h>

namespace gateway {
namespace {

link_state state_of(std::string_view operstate, std::optional<std::int64_t> carrier) noexcept {
  if (operstate == "up") return link_state::up;
  if (operstate == "dormant" || operstate == "testing") return link_state::waiting;
  if (operstate == "down" || operstate == "lowerlayerdown" || operstate == "notpresent") {
    return link_state::down;
  }
  // Loopback, tunnels and modems never say "up"; their carrier does.
  return carrier == 1 ? link_state::up : link_state::unknown;
}

template <class Number>
std::optional<Number> positive(std::optional<std::int64_t> value) noexcept {
  if (!value || *value <= 0 || *value > std::int64_t{0xFFFFFFFF}) return std::nullopt;
  return static_cast<Number>(*value);
}

}  // namespace

std::optional<musubi::text<16>> system_ipv4(std::string_view interface_name) noexcept {
  static const descriptor any(::socket(AF_INET, SOCK_DGRAM | SOCK_CLOEXEC, 0));
  ifreq request{};
  if (!any || interface_name.size() >= sizeof request.ifr_name) return std::nullopt;
  std::memcpy(request.ifr_name, interface_name.data(), interface_name.size());
  if (::ioctl(any.get(), SIOCGIFADDR, &request) != 0) return std::nullopt;
  sockaddr_in address;
  std::memcpy(&address, &request.ifr_addr, sizeof address);
  char text[INET_ADDRSTRLEN];
  if (!::inet_ntop(AF_INET, &address.sin_addr, text, sizeof text)) return std::nullopt;
  return musubi::text<16>::from(text);
}

network_sensor::tracked* network_sensor::track(std::string_view name) noexcept {
  for (tracked& known : tracked_) {
    if (known.name == name) return &known;
  }
  tracked fresh;
  if (!fresh.name.assign(name) || !tracked_.push_back(fresh)) return nullptr;
  return &tracked_.back();
}

void network_sensor::describe(interface_reading& reading) const noexcept {
  char buffer[64];
  const auto file = [&](std::string_view attribute) {
    return files_.path("/sys/class/net/", reading.name, "/", attribute);
  };
  const auto operstate = file_tree::line(file("operstate"), buffer);
  reading.state = state_of(operstate.value_or(""), file_tree::number(file("carrier")));
  reading.speed = positive<std::uint32_t>(file_tree::number(file("speed")));
  reading.mtu = positive<std::uint32_t>(file_tree::number(file("mtu")));
  if (const auto address = file_tree::line(file("address"), buffer)) {
    if (address->find_first_not_of("0:") != std::string_view::npos) {
      reading.hardware = shown<24>(*address);
    }
  }
  reading.ipv4 = ipv4_(reading.name);
}

network_reading network_sensor::sample(clock::time_point now) noexcept {
  network_reading reading;
  const clock::duration elapsed = now - last_;
  last_ = now;
  for (tracked& known : tracked_) known.seen = false;

  line_reader lines(files_.path("/proc/net/dev"));
  while (auto line = lines.next()) {
    // "  eth0: 1 2 3 ..."; the two lines of titles have no colon. An alias has two: eth0:1
    const std::size_t colon = line->rfind(':');
    if (colon == std::string_view::npos) continue;
    const std::string_view name = trimmed(line->substr(0, colon));
    std::string_view rest = line->substr(colon + 1);
    // received: bytes packets errors dropped fifo frame compressed multicast; sent: the same again
    std::uint64_t totals[12];
    if (name.empty() || !take_numbers(rest, totals)) continue;

    tracked* known = track(name);
    if (known == nullptr) {
      ++reading.interfaces_hidden;
      continue;
    }
    known->seen = true;
    known->received.read(totals[0]);
    known->sent.read(totals[8]);
    known->packets.read(totals[1] + totals[9]);
    known->errors.read(totals[2] + totals[10]);
    known->dropped.read(totals[3] + totals[11]);

    interface_reading found;
    found.name = known->name;
    describe(found);
    found.receive_rate = known->received.rate(elapsed);
    found.send_rate = known->sent.rate(elapsed);
    found.packet_rate = known->packets.rate(elapsed);
    found.received = known->received.sum();
    found.sent = known->sent.sum();
    found.errors = known->errors.sum();
    found.dropped = known->dropped.sum();
    (void)reading.interfaces.push_back(found);
  }

  // Those that were pulled out make room for others.
  for (std::size_t i = tracked_.size(); i-- > 0;) {
    if (!tracked_[i].seen) tracked_.erase(i);
  }
  return reading;
}

void network_sensor::reset() noexcept {
  for (tracked& known : tracked_) {
    for (counter* total :
         {&known.received, &known.sent, &known.packets, &known.errors, &known.dropped}) {
      total->reset();
    }
  }
}

}  // namespace gateway
