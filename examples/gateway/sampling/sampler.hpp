#pragma once
/// The sensors at work: one coroutine each, all on the beat of one pulse.

#include "sampling/ages.hpp"
#include "sampling/cadence.hpp"
#include "sampling/pulse.hpp"
#include "sampling/readings.hpp"
#include "sampling/spaces.hpp"
#include "settings/settings.hpp"

#include <array>

#include <musubi/async/remote_signal.hpp>
#include <musubi/async/task.hpp>

namespace gateway {

/// Looks at the machine and publishes what it sees. A look may wait (for a bus, for a disk whose
/// server is gone), so it is offloaded: the host serves on, and hears of it when it is over.
///
///      beat          a thread looks         the host
///   -----------> under way ------------> told: news, charts
///                   |  takes longer than `patience`, once a second
///                   +-- what it told last is stale, and has an age
///
/// A sensor under way is not asked again before it returns. Belongs to the host that is current
/// when it is made, and lives as long as the program: a look may hang for longer than the host is
/// there.
class sampler {
 public:
  /// After that, what a sensor told last is called stale.
  static constexpr musubi::duration patience = std::chrono::seconds(2);

  explicit sampler(const file_tree& files, space_lookup space = system_space) noexcept;

  /// Spawns the sensors on `host`, in the order in which their news is heard. Each looks at once.
  template <class Host>
  musubi::status start(Host& host) noexcept {
    for (auto sensor :
         {&sampler::watch_network, &sampler::watch_disks, &sampler::watch_climate,
          &sampler::watch_power, &sampler::watch_processes, &sampler::watch_machine}) {
      if (const musubi::status spawned = host.spawn((this->*sensor)()); !spawned.ok()) {
        return spawned;
      }
    }
    follow();
    return {};
  }
  /// Whether every sensor has told something.
  [[nodiscard]] bool has_looked() const noexcept { return looked_ == sensors; }
  /// The settings may have changed. From any thread.
  void settings_changed() noexcept { nudge_.raise(); }

 private:
  static constexpr int sensors = 6;

  musubi::task<> watch_machine();
  musubi::task<> watch_network();
  musubi::task<> watch_disks();
  musubi::task<> watch_climate();
  musubi::task<> watch_power();
  musubi::task<> watch_processes();

  /// Has `look` done beside the host, however long it takes. While it is late, and when it was not
  /// done for want of a thread, `late` is called.
  template <class Look, class Late>
  [[nodiscard]] static musubi::task<musubi::status> beside(Look look, Late late);

  // By a thread of the port's, with the number of resets so far; the sensor is that thread's until
  // it returns.
  void look_at_machine(std::uint32_t resets) noexcept;
  void look_at_network(std::uint32_t resets) noexcept;
  void look_at_disks(std::uint32_t resets) noexcept;
  void look_at_processes() noexcept;
  template <class Value, class Read>
  bool look_again(Value& value, const Read& read) noexcept;

  // By the host. A reading takes kilobytes while it is told: on the stack, not in a coroutine's
  // frame.
  void tell_machine(const look& now) noexcept;
  void tell_network(const look& now) noexcept;
  void tell_disks(const look& now) noexcept;
  void tell_climate(climate_reading seen) noexcept;
  void tell_power(power_reading seen) noexcept;
  void tell_processes(processes_reading seen) noexcept;
  void tell_ages(vitals& of) noexcept;
  void machine_is_late() noexcept;
  void network_is_late() noexcept;
  void disks_are_late() noexcept;
  void climate_is_late() noexcept;
  void power_is_late() noexcept;
  void processes_are_late() noexcept;

  [[nodiscard]] look next(cadence& looks) const noexcept;
  void remember(const look& now, const vitals& seen) const noexcept;
  void follow() noexcept;

  struct nudge : musubi::remote_signal {
    explicit nudge(sampler& owner) noexcept : remote_signal(&nudge::heard), owner_(&owner) {}
    static void heard(remote_signal& self) noexcept { static_cast<nudge&>(self).owner_->follow(); }
    sampler* owner_;
  };

  /// A sensor and what it saw, for one thread at a time.
  template <class Sensor, class Reading>
  struct desk {
    Sensor sensor;
    Reading seen{};
    std::uint32_t resets = 0;  // so many it has followed
  };

  file_tree files_;
  desk<cpu_sensor, vitals> machine_{cpu_sensor(files_)};
  desk<network_sensor, network_reading> network_{network_sensor(files_, ipv4_of(files_))};
  spaces spaces_;
  desk<disks_sensor, disks_reading> disks_{disks_sensor(files_, spaces_)};
  desk<climate_sensor, climate_reading> climate_{climate_sensor(files_)};
  desk<power_sensor, power_reading> power_{power_sensor(files_)};
  processes_sensor processes_{files_};

  // The host's own.
  musubi::runtime* host_;
  musubi::time_point processes_seen_{};
  cadence machine_looks_, network_looks_, disks_looks_;
  last_taken processor_taken_, load_taken_, memory_taken_, processes_taken_;
  ages<network_reading::most> network_ages_;
  ages<disks_reading::most> disks_ages_;
  ages<climate_reading::most_temperatures> temperature_ages_;
  ages<climate_reading::most_fans> fan_ages_;
  ages<power_reading::most> battery_ages_;
  std::uint32_t resets_ = 0;
  int looked_ = 0;
  pulse pulse_;
  nudge nudge_{*this};
};

}  // namespace gateway
