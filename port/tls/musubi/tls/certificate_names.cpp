#include <algorithm>
#include <string_view>
#include <unistd.h>
#include <utility>

#include <musubi/hosted/listening_addresses.hpp>
#include <musubi/memory/slice.hpp>
#include <musubi/net/http/authority.hpp>
#include <musubi/net/ip_address.hpp>
#include <musubi/tls/certificate_names.hpp>

namespace musubi::tls {

namespace {

std::string own_name() {
  char name[256] = "";
  return ::gethostname(name, sizeof name - 1) == 0 ? name : "";
}

bool can_be_certified(const std::string& name) {
  net::http::authority read;
  net::ip_address address;
  if (net::read_ip(name, address)) return true;
  return !name.empty() && net::http::read_authority(name, read) &&
         read.host.size() == name.size() && name.find('_') == std::string::npos;
}

}  // namespace

std::vector<std::string> certificate_names(const host_names& of) {
  std::vector<std::string> all;
  const auto add = [&all](std::string name) {
    if (!can_be_certified(name) || std::find(all.begin(), all.end(), name) != all.end()) return;
    all.push_back(std::move(name));
  };
  const std::string own = of.device_name.empty() ? own_name() : of.device_name;
  const std::string label(slice(own, 0, own.find('.')));
  add(own);
  add(label);
  if (!label.empty()) add(label + ".local");
  for (const std::string& each : of.further) add(each);
  add(of.found_as);
  for (const char* each : {"localhost", "127.0.0.1", "::1"}) add(each);
  if (of.bind.empty()) return all;
  const hosted::listening_addresses reachable(of.bind);
  for (const std::string_view address : reachable.view()) add(std::string(address));
  return all;
}

}  // namespace musubi::tls
