#pragma once
/// Runs the sensors: a table of them, and a coroutine for each, all driven by one pulse.

#include "sampling/cadence.hpp"
#include "sampling/chips.hpp"
#include "sampling/pulse.hpp"
#include "sampling/reading_ages.hpp"
#include "sampling/readings.hpp"
#include "sampling/spaces.hpp"
#include "settings/settings.hpp"

#include <array>

#include <musubi/async/remote_signal.hpp>
#include <musubi/async/task.hpp>
#include <musubi/host/watch.hpp>

namespace gateway {

/// Looks at the machine and publishes what it sees. A look may block (for a bus, for a disk whose
/// server is gone), so a thread of the port takes it while the host goes on serving.
///
///      beat          a thread looks           the host
///   -----------> in progress ------------> publishes: news, charts
///                   |  takes longer than `patience`: once a second
///                   +-- publishes the last reading again, as stale and with its age
///
/// A sensor whose look is in progress is not asked again before it returns. Belongs to the host
/// that is current when it is constructed, and lives as long as the program: a look may hang for
/// longer than the host exists.
class sampler {
 public:
  /// A look that takes longer makes the sensor's last reading stale.
  static constexpr musubi::duration patience = std::chrono::seconds(2);

  explicit sampler(const file_tree& files, space_lookup space = system_space,
                   chip_lookup chip = read_chip) noexcept;

  /// Spawns the sensors on `host`. Each looks at once.
  template <class Host>
  musubi::status start(Host& host) noexcept {
    for (const sensor& each : sensors) {
      if (const musubi::status spawned = host.spawn(watch(each)); !spawned.ok()) return spawned;
    }
    follow();
    return {};
  }
  /// Whether every sensor has looked once.
  [[nodiscard]] bool has_looked() const noexcept { return looked_ == sensors.size(); }
  /// The settings may have changed. Call from any thread.
  void settings_changed() noexcept { nudge_.raise(); }

 private:
  /// A step of a sensor that may block, on a thread of the port. `resets` is the number of times
  /// that counters were reset so far.
  using step = void (sampler::*)(std::uint32_t resets) noexcept;

  struct sensor {
    step sample;
    /// Publishes the result of the look `now`. If null, the look is late, and the last reading is
    /// published as stale.
    void (sampler::*publish)(const look* now) noexcept;
    /// Queries the sources of the sensor, if each may hang on its own.
    musubi::task<> (sampler::*ask)() = nullptr;
    /// Finds the sources. Runs `finds` times at the start, because one source may hide another
    /// until it has answered.
    step find = nullptr;
    int finds = 0;
    /// Least time between two looks.
    musubi::duration pause{};
  };
  /// In the order in which their readings are published: the machine's charts add up the others.
  static const std::array<sensor, 6> sensors;

  musubi::task<> watch(const sensor& of);
  [[nodiscard]] musubi::task<musubi::status> run(const sensor& of, step what);

  void look_at_machine(std::uint32_t resets) noexcept;
  void look_at_network(std::uint32_t resets) noexcept;
  void look_at_disks(std::uint32_t resets) noexcept;
  void look_at_climate(std::uint32_t resets) noexcept;
  void look_at_power(std::uint32_t resets) noexcept;
  void look_at_processes(std::uint32_t resets) noexcept;
  void find_disks(std::uint32_t resets) noexcept;
  template <class Value, class Read>
  bool look_again(Value& value, const Read& read) noexcept;

  musubi::task<> ask_disks() { return spaces_.ask(); }
  musubi::task<> ask_climate() { return chips_.ask(); }

  // Not coroutines: a reading takes kilobytes while it is published, which belong on the stack and
  // not in a coroutine's frame.
  void publish_machine(const look* now) noexcept;
  void publish_network(const look* now) noexcept;
  void publish_disks(const look* now) noexcept;
  void publish_climate(const look* now) noexcept;
  void publish_power(const look* now) noexcept;
  void publish_processes(const look* now) noexcept;
  /// Publishes `taken` after passing it to `use`; if the look is late, the last reading as stale.
  template <class Reading, class Use>
  void publish(const look* now, const Reading& taken, musubi::watch<Reading>& to,
               const Use& use) noexcept;
  /// The same for a part of the `environment`.
  template <class Part>
  void publish_part(const look* now, const Part& taken, Part environment::*part) noexcept;
  template <class Reading>
  void date(Reading& seen, bool is_late) noexcept;
  void remember(const look& now, const vitals& seen) const noexcept;

  void follow() noexcept;

  struct nudge : musubi::remote_signal {
    explicit nudge(sampler& owner) noexcept : remote_signal(&nudge::heard), owner_(&owner) {}
    static void heard(remote_signal& self) noexcept { static_cast<nudge&>(self).owner_->follow(); }
    sampler* owner_;
  };

  /// A sensor and its last reading. Used by one thread at a time.
  template <class Sensor, class Reading>
  struct desk {
    Sensor sensor;
    Reading seen{};
    std::uint32_t resets = 0;  // number of resets it has carried out
  };

  file_tree files_;
  desk<cpu_sensor, vitals> machine_{cpu_sensor(files_)};
  desk<network_sensor, network_reading> network_{network_sensor(files_, ipv4_of(files_))};
  spaces spaces_;
  desk<disks_sensor, disks_reading> disks_{disks_sensor(files_, spaces_)};
  chips chips_;
  desk<climate_sensor, climate_reading> climate_{climate_sensor(files_, chips_)};
  desk<power_sensor, power_reading> power_{power_sensor(files_)};
  processes_sensor processes_{files_};

  // Used by the host only.
  musubi::runtime* host_;
  reading_ages ages_;
  std::uint32_t resets_ = 0;
  std::size_t looked_ = 0;
  pulse pulse_;
  nudge nudge_{*this};
};

}  // namespace gateway
