#pragma once
/// The sensors at work: one coroutine each, all on the beat of one pulse.

#include "sampling/cadence.hpp"
#include "sampling/pulse.hpp"
#include "sampling/readings.hpp"
#include "settings/settings.hpp"

#include <musubi/async/remote.hpp>
#include <musubi/async/task.hpp>

namespace gateway {

/// Looks at the machine and publishes what it sees. Belongs to the host that is current when it is
/// made, and outlives that host's coroutines.
class sampler {
 public:
  explicit sampler(const file_tree& files) noexcept;

  /// Looks at everything once, at once, so that no page starts empty.
  void first_look() noexcept;
  /// Spawns the sensors on `host`, in the order in which their news is heard.
  template <class Host>
  musubi::status start(Host& host) noexcept {
    for (auto sensor :
         {&sampler::watch_network, &sampler::watch_disks, &sampler::watch_surroundings,
          &sampler::watch_processes, &sampler::watch_machine}) {
      if (const musubi::status spawned = host.spawn((this->*sensor)()); !spawned.ok()) {
        return spawned;
      }
    }
    follow();
    return {};
  }
  /// The settings may have changed. From any thread.
  void settings_changed() noexcept { host_->post(nudge_); }

 private:
  musubi::task<> watch_machine();
  musubi::task<> watch_network();
  musubi::task<> watch_disks();
  musubi::task<> watch_surroundings();
  musubi::task<> watch_processes();

  // A look takes kilobytes while it is put together: on the stack, not in a coroutine's frame.
  void look_at_machine() noexcept;
  void look_at_network() noexcept;
  void look_at_disks() noexcept;
  void look_at_surroundings() noexcept;

  [[nodiscard]] look next(cadence& looks) const noexcept;
  void remember(const look& now, const vitals& seen) const noexcept;
  template <class Value, class Read>
  bool look_again(Value& value, const Read& read) noexcept;

  void follow() noexcept;
  void reset() noexcept;

  struct nudge : musubi::remote_job {
    explicit nudge(sampler& owner) noexcept : remote_job(&nudge::arrived), owner_(&owner) {}
    static void arrived(remote_job& self) noexcept { static_cast<nudge&>(self).owner_->follow(); }
    sampler* owner_;
  };

  file_tree files_;
  cpu_sensor cpu_{files_};
  network_sensor network_{files_, ipv4_of(files_)};
  disks_sensor disks_{files_};
  climate_sensor climate_{files_};
  power_sensor power_{files_};
  processes_sensor processes_{files_};
  vitals seen_;  // at the last look at the machine
  clock::time_point processes_seen_;
  cadence machine_looks_, network_looks_, disks_looks_;
  std::uint32_t resets_ = 0;
  pulse pulse_;
  musubi::runtime* host_;
  nudge nudge_{*this};
};

}  // namespace gateway
