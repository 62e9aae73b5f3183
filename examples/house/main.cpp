// The thermostats of a house on one page: each is a server of its own, a board or a program, whose
// store is mounted here as a browser would mount it.

#include "links/thermostat_link.hpp"
#include "stores/house_socket.hpp"
#include "web_ui.hpp"

#include <chrono>
#include <cstdio>
#include <deque>
#include <string>
#include <string_view>

#include <musubi/asio/host.hpp>
#include <musubi/asio/remote_server.hpp>

namespace {

/// A thermostat on the command line.
struct wanted_zone {
  house::zone* shown;
  std::string url;
};
using wanted_zones = std::deque<wanted_zone>;

musubi::program::complaint take_zone(std::string_view value, wanted_zones& into) {
  const std::size_t equals = value.find('=');
  if (equals == std::string_view::npos || equals == 0) return "not NAME=URL";
  const auto name = house::zone_name::from(value.substr(0, equals));
  if (!name) return "a name has at most 24 bytes";
  if (house::all_zones.size() == house::zone_list::most) return "there is room for 16";
  house::zone* const fresh = house::all_zones.add(*name);
  if (fresh == nullptr) return "there is one of that name already";
  into.push_back({fresh, std::string(value.substr(equals + 1))});
  return {};
}

/// One server, and what is mounted there.
struct line {
  line(musubi::asio::server& host, const wanted_zone& wanted,
       const musubi::asio::remote_options& options)
      : server(host, wanted.url, options), link(server, *wanted.shown) {}
  musubi::asio::remote_server server;
  house::thermostat_link link;
};

}  // namespace

int main(int argc, char** argv) {
  wanted_zones wanted;
  // An answer may take less than a handler here may (limits::handler_timeout). A board that
  // vanishes is missed after ten seconds.
  musubi::asio::remote_options remote{.timeout = std::chrono::seconds(3),
                                      .heartbeat = std::chrono::seconds(5)};
  auto options = musubi::asio::from_command_line(
      argc, argv, "The thermostats of a house on one page.", {},
      {{"--thermostat NAME=URL", wanted, take_zone,
        "show this one, ws://192.0.2.7/socket or wss://…; once\nfor each"},
       {"--ca FILE", remote.authorities,
        "wss: trust the authorities in this file (PEM), not those\nof the system"}});
  options.remotes = static_cast<std::uint32_t>(wanted.size());

  musubi::asio::host<house::house_socket> host{options};
  if (!host.problem().empty()) return host.run();
  host.assets(web_ui);
  std::deque<line> lines;
  for (const wanted_zone& each : wanted) {
    line& fresh = lines.emplace_back(host, each, remote);
    if (!fresh.server.problem().empty()) musubi::program::refuse(argv, fresh.server.problem());
    if (!host.spawn(fresh.link.run()).ok()) return 1;
  }
  return host.run();
}
