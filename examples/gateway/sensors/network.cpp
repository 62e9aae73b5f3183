#include "sensors/network.hpp"

#include "sensors/scan.hpp"

#include <algorithm>
#include <arpa/inet.h>
#include <cerrno>
#include <cstring>
#include <net/if.h>
#include <netinet/in.h>
#include <sys/ioctl.h>
#include <sys/socket.h>
#include <sys/stat.h>

namespace gateway {
namespace {

std::optional<std::uint64_t> inode(const file_path& file) noexcept {
  char path[file_path::capacity + 1];
  const std::string_view name = file;
  std::copy(name.begin(), name.end(), path);
  path[name.size()] = '\0';
  struct stat about {};
  if (::stat(path, &about) != 0) return std::nullopt;
  return about.st_ino;
}

std::optional<std::uint32_t> positive(std::optional<std::int64_t> value) noexcept {
  if (!value || *value <= 0 || *value > 0x7FFFFFFF) return std::nullopt;
  return static_cast<std::uint32_t>(*value);
}

/// The rate of two counters together.
std::optional<std::uint64_t> rate(const counter& a, const counter& b) noexcept {
  if (!a.step() || !b.step()) return std::nullopt;
  return per_second(static_cast<double>(*a.step()) + static_cast<double>(*b.step()), a.elapsed());
}

}  // namespace

/// "  eth0: 1 2 3 ..."; the two lines of titles have no colon. An alias has two: "eth0:1:1 2 3"
std::optional<interface_line> parse_interface(std::string_view line) noexcept {
  const std::size_t colon = line.rfind(':');
  if (colon == std::string_view::npos) return std::nullopt;
  interface_line found;
  found.name = trimmed(line.substr(0, colon));
  line.remove_prefix(colon + 1);
  // received: bytes packets errors dropped fifo frame compressed multicast; sent: the same again
  std::uint64_t numbers[12];
  if (found.name.empty() || !take_numbers(line, numbers)) return std::nullopt;
  found.received = {numbers[0], numbers[1], numbers[2], numbers[3]};
  found.sent = {numbers[8], numbers[9], numbers[10], numbers[11]};
  return found;
}

link_state parse_link_state(std::string_view operstate,
                            std::optional<std::int64_t> carrier) noexcept {
  if (operstate == "up") return link_state::up;
  if (operstate == "dormant" || operstate == "testing") return link_state::waiting;
  if (operstate == "down" || operstate == "lowerlayerdown" || operstate == "notpresent") {
    return link_state::down;
  }
  // Loopback, tunnels and modems never report "up", but their carrier does.
  return carrier == 1 ? link_state::up : link_state::unknown;
}

std::optional<std::uint32_t> link_speed(link_state state,
                                        std::optional<std::int64_t> told) noexcept {
  constexpr std::int64_t unknown = 0xFFFF;    // -1 in 16 bits; in 32 bits it exceeds `most`
  constexpr std::int64_t most = 100'000'000;  // faster than any link, even of many in a bond
  if (state != link_state::up || !told) return std::nullopt;
  if (*told <= 0 || *told == unknown || *told > most) return std::nullopt;
  return static_cast<std::uint32_t>(*told);
}

std::optional<musubi::text<24>> parse_hardware(std::string_view address) noexcept {
  constexpr std::string_view digits = "0123456789abcdefABCDEF";
  if (address.size() != 17 && address.size() != 23) return std::nullopt;  // 48 bits, or 64
  for (std::size_t i = 0; i < address.size(); ++i) {
    const bool fits = i % 3 == 2 ? address[i] == ':' : digits.find(address[i]) != digits.npos;
    if (!fits) return std::nullopt;
  }
  if (address.find_first_not_of("0:") == std::string_view::npos) return std::nullopt;
  return musubi::text<24>::from(address);
}

std::optional<musubi::text<16>> system_ipv4(file_reader& reader,
                                            std::string_view interface_name) noexcept {
  static descriptor any;
  if (!any) any.reset(::socket(AF_INET, SOCK_DGRAM | SOCK_CLOEXEC, 0));
  ifreq request{};
  if (interface_name.size() >= sizeof request.ifr_name) return std::nullopt;
  std::memcpy(request.ifr_name, interface_name.data(), interface_name.size());
  if (!any || ::ioctl(any.get(), SIOCGIFADDR, &request) != 0) {
    if (errno != EADDRNOTAVAIL && errno != EAFNOSUPPORT) reader.note(errno);
    return std::nullopt;
  }
  sockaddr_in address;
  std::memcpy(&address, &request.ifr_addr, sizeof address);
  char text[INET_ADDRSTRLEN];
  if (!::inet_ntop(AF_INET, &address.sin_addr, text, sizeof text)) return std::nullopt;
  return musubi::text<16>::from(text);
}

/// Compares the inodes of /proc/*/net/dev, which differ between network namespaces. The links to
/// the namespaces themselves need privileges to read.
ipv4_lookup ipv4_of(const file_tree& files) noexcept {
  auto theirs = inode(files.path("/proc/1/net/dev"));
  if (!theirs) theirs = inode(files.path("/proc/net/dev"));
  return theirs && theirs == inode(file_tree().path("/proc/self/net/dev")) ? system_ipv4 : nullptr;
}

void network_sensor::totals::read(const interface_line::direction& told,
                                  clock::time_point now) noexcept {
  bytes.read(told.bytes, now);
  packets.read(told.packets, now);
  errors.read(told.errors, now);
  dropped.read(told.dropped, now);
}

void network_sensor::totals::reset() noexcept {
  for (counter* each : {&bytes, &packets, &errors, &dropped}) each->reset();
}

network_sensor::tracked* network_sensor::track(std::string_view name,
                                               std::optional<std::int64_t> index) noexcept {
  tracked* namesake = nullptr;
  for (tracked& known : tracked_) {
    if (known.seen || known.name != name) continue;
    if (!index || !known.index || *index == *known.index) {
      if (index) known.index = index;
      return &known;
    }
    namesake = &known;
  }
  tracked fresh;
  fresh.index = index;
  if (!fresh.name.assign(name)) return nullptr;
  for (tracked& known : tracked_) {
    if (known.seen || !index || known.index != index) continue;
    known.name = fresh.name;  // renamed
    return &known;
  }
  if (namesake != nullptr) {
    *namesake = fresh;  // another device has its name now
    return namesake;
  }
  return tracked_.push_back(fresh) ? &tracked_.back() : nullptr;
}

/// Leaves values that cannot be read unchanged.
template <class Value, class Read>
void network_sensor::refresh(Value& value, const Read& read) const noexcept {
  file_reader reader(files_);
  const Value found = read(reader);
  if (!reader.failed()) value = found;
}

void network_sensor::describe(tracked& known) const noexcept {
  interface_reading& described = known.described;
  described.name = shown<16>(known.name);
  if (!is_described()) return;
  char buffer[64];
  const auto file = [&](std::string_view attribute) {
    return files_.path("/sys/class/net/", known.name, "/", attribute);
  };
  refresh(described.state, [&](file_reader& reader) {
    const auto operstate = reader.line(file("operstate"), buffer).value_or("");
    return parse_link_state(operstate, reader.number(file("carrier")));
  });
  refresh(described.speed, [&](file_reader& reader) {
    return link_speed(described.state, reader.number(file("speed")));
  });
  refresh(described.mtu, [&](file_reader& reader) { return positive(reader.number(file("mtu"))); });
  refresh(described.hardware, [&](file_reader& reader) {
    return parse_hardware(reader.line(file("address"), buffer).value_or(""));
  });
  if (ipv4_ != nullptr) {
    refresh(described.ipv4, [&](file_reader& reader) { return ipv4_(reader, known.name); });
  }
}

network_reading network_sensor::sample(clock::time_point now) noexcept {
  network_reading reading;
  file_reader reader(files_);
  for (tracked& known : tracked_) known.seen = false;

  line_reader lines(reader, reader.path("/proc/1/net/dev"), reader.path("/proc/net/dev"));
  while (const auto line = lines.next()) {
    const auto told = parse_interface(*line);
    if (!told) continue;
    const auto index = is_described()
                           ? reader.number(reader.path("/sys/class/net/", told->name, "/ifindex"))
                           : std::nullopt;
    if (reader.failed()) break;
    tracked* known = track(told->name, index);
    if (known == nullptr) {
      ++reading.interfaces_hidden;
      continue;
    }
    known->seen = true;
    known->received.read(told->received, now);
    known->sent.read(told->sent, now);
    describe(*known);

    interface_reading found = known->described;
    const totals& in = known->received;
    const totals& out = known->sent;
    found.receive_rate = in.bytes.rate();
    found.send_rate = out.bytes.rate();
    found.packet_rate = rate(in.packets, out.packets);
    found.received = in.bytes.sum();
    found.sent = out.bytes.sum();
    found.errors = in.errors.sum() + out.errors.sum();
    found.dropped = in.dropped.sum() + out.dropped.sum();
    (void)reading.interfaces.push_back(found);
  }
  if (reader.failed()) {
    for (interface_reading& each : last_.interfaces) each.stale = true;
    return last_;
  }

  // Removed interfaces make room for others.
  for (std::size_t i = tracked_.size(); i-- > 0;) {
    if (!tracked_[i].seen) tracked_.erase(i);
  }
  return last_ = reading;
}

void network_sensor::reset() noexcept {
  for (tracked& known : tracked_) {
    known.received.reset();
    known.sent.reset();
  }
}

}  // namespace gateway
