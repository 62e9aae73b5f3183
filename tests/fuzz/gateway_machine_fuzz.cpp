/// A machine whose files hold arbitrary bytes, in a folder in memory, looked at twice by all
/// sensors: whatever they tell can be sent to a browser and makes sense.
///
/// The input is a row of files: the number of a path, the length of its content, the content.

#include "sensors/climate.hpp"
#include "sensors/cpu.hpp"
#include "sensors/disks.hpp"
#include "sensors/identity.hpp"
#include "sensors/load.hpp"
#include "sensors/memory.hpp"
#include "sensors/network.hpp"
#include "sensors/power.hpp"
#include "sensors/processes.hpp"
#include "sensors/scan.hpp"

#include <algorithm>
#include <cstdint>
#include <cstdlib>
#include <fcntl.h>
#include <filesystem>
#include <iterator>
#include <string>
#include <string_view>
#include <unistd.h>

namespace {

using namespace gateway;

constexpr const char* paths[] = {
    "proc/1/mountinfo",
    "proc/diskstats",
    "proc/1/net/dev",
    "proc/stat",
    "proc/meminfo",
    "proc/loadavg",
    "proc/uptime",
    "proc/7/stat",
    "proc/1/stat",
    "proc/cpuinfo",
    "etc/os-release",
    "etc/hostname",
    "sys/class/dmi/id/product_name",
    "sys/class/hwmon/hwmon0/name",
    "sys/class/hwmon/hwmon0/temp1_input",
    "sys/class/hwmon/hwmon0/temp1_label",
    "sys/class/hwmon/hwmon0/temp1_crit",
    "sys/class/hwmon/hwmon0/temp1_fault",
    "sys/class/hwmon/hwmon0/temp2_input",
    "sys/class/hwmon/hwmon0/temp2_label",
    "sys/class/hwmon/hwmon0/fan1_input",
    "sys/class/hwmon/hwmon1/name",
    "sys/class/hwmon/hwmon1/temp1_input",
    "sys/class/hwmon/hwmon1/temp1_label",
    "sys/class/hwmon/hwmon1/fan1_input",
    "sys/class/hwmon/hwmon2/device/name",
    "sys/class/hwmon/hwmon2/device/temp1_input",
    "sys/class/thermal/thermal_zone0/type",
    "sys/class/thermal/thermal_zone0/temp",
    "sys/class/thermal/thermal_zone1/type",
    "sys/class/thermal/thermal_zone1/temp",
    "sys/class/power_supply/BAT0/type",
    "sys/class/power_supply/BAT0/status",
    "sys/class/power_supply/BAT0/capacity",
    "sys/class/power_supply/BAT0/energy_now",
    "sys/class/power_supply/BAT0/energy_full",
    "sys/class/power_supply/BAT0/voltage_now",
    "sys/class/power_supply/BAT0/current_now",
    "sys/class/power_supply/AC/type",
    "sys/class/power_supply/AC/online",
    "sys/class/net/eth0/operstate",
    "sys/class/net/eth0/speed",
    "sys/class/net/eth0/address",
    "sys/class/net/eth0/ifindex",
};

void require(bool invariant) {
  if (!invariant) std::abort();
}

/// Of this process; gone at its end.
class folder {
 public:
  folder() {
    const char* const memory = "/dev/shm";
    path_ = (::access(memory, W_OK) == 0 ? std::string(memory)
                                         : std::filesystem::temp_directory_path().string()) +
            "/gateway-fuzz-XXXXXX";
    require(::mkdtemp(path_.data()) != nullptr);
    for (const char* each : paths) {
      std::filesystem::create_directories(std::filesystem::path(at(each)).parent_path());
    }
  }
  ~folder() {
    std::error_code ignored;
    std::filesystem::remove_all(path_, ignored);
  }
  [[nodiscard]] std::string at(const char* file) const { return path_ + "/" + file; }
  [[nodiscard]] const std::string& path() const { return path_; }

  void write(std::size_t number, std::string_view content) {
    written_[number] = true;
    const int file = ::open(at(paths[number]).c_str(), O_WRONLY | O_CREAT | O_TRUNC, 0600);
    require(file >= 0);
    require(::write(file, content.data(), content.size()) == static_cast<ssize_t>(content.size()));
    ::close(file);
  }
  void clear() {
    for (std::size_t i = 0; i < std::size(paths); ++i) {
      if (written_[i]) ::unlink(at(paths[i]).c_str());
      written_[i] = false;
    }
  }

 private:
  std::string path_;
  bool written_[std::size(paths)] = {};
};

void require_text(std::string_view text) {
  while (!text.empty()) {
    const std::size_t length = detail::character(text);
    require(length > 0);
    text.remove_prefix(length);
  }
}
template <class Text>
void require_text(const std::optional<Text>& text) {
  if (text) require_text(std::string_view(*text));
}

template <class Items>
void require_named(const Items& items) {
  for (const auto& each : items) {
    require_text(std::string_view(each.name));
    require(!each.stale);  // whatever is in a file, it could be read
  }
}
template <class Items>
void require_different_names(const Items& items) {
  for (const auto& each : items) {
    require(std::count_if(items.begin(), items.end(),
                          [&](const auto& other) { return other.name == each.name; }) == 1);
  }
}
void require_percent(const std::optional<float>& value) {
  require(!value || (*value >= 0.0F && *value <= 100.0F));
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  static folder machine;
  machine.clear();
  std::string_view rest(reinterpret_cast<const char*>(data), size);
  while (rest.size() >= 2) {
    const std::size_t number = static_cast<unsigned char>(rest[0]) % std::size(paths);
    const std::size_t length =
        std::min<std::size_t>(static_cast<unsigned char>(rest[1]), rest.size() - 2);
    machine.write(number, rest.substr(2, length));
    rest.remove_prefix(2 + length);
  }

  const file_tree files(machine.path());
  cpu_sensor cpu(files);
  network_sensor network(files, nullptr);
  space_at_once space;
  disks_sensor disks(files, space);
  chips_at_once chips(files);
  climate_sensor climate(files, chips);
  power_sensor power(files);
  static processes_sensor* processes = nullptr;
  delete processes;
  processes = new processes_sensor(files);
  clock::time_point now{std::chrono::hours(1)};
  for (int looks = 0; looks < 2; ++looks, now += std::chrono::seconds(1)) {
    const auto busy = cpu.sample();
    require_percent(busy.busy);
    for (const core_load& each : busy.cores) require_percent(each.busy);
    require_named(network.sample(now).interfaces);
    const auto seen = disks.sample(now);
    require_named(seen.disks);
    for (const disk_reading& each : seen.disks) {
      require_text(std::string_view(each.mount));
      require_text(std::string_view(each.filesystem));
      require_percent(each.busy);
    }
    const auto warm = climate.sample();
    require_named(warm.temperatures);
    require_different_names(warm.temperatures);
    require_named(warm.fans);
    require_different_names(warm.fans);
    const auto supplied = power.sample();
    require_named(supplied.batteries);
    for (const battery& each : supplied.batteries) require_percent(each.percent);
    processes->begin(now);
    while (processes->step(16)) {
    }
    for (const process& each : processes->reading().busiest) {
      require_text(std::string_view(each.name));
    }
  }
  file_reader reader(files);
  (void)read_memory(reader);
  (void)read_load(reader);
  (void)read_uptime(reader);
  require(!reader.failed());
  const machine_identity identity = read_identity(files);
  require_text(identity.host);
  require_text(identity.model);
  require_text(identity.processor);
  require_text(identity.system);
  return 0;
}
