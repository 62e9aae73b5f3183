#pragma once
/// Which parts of a reading are stale, and how old they are.

#include "sampling/ages.hpp"
#include "sampling/readings.hpp"

#include <musubi/async/clock.hpp>

namespace gateway {

/// Sets the ages of readings as they are published. There is one for each sensor.
class reading_ages {
 public:
  void tell(vitals& of, musubi::time_point now) noexcept {
    processor_.tell(of.processor, now);
    if (of.load) load_.tell(*of.load, now);
    if (of.memory) memory_.tell(*of.memory, now);
  }
  void tell(network_reading& of, musubi::time_point now) noexcept {
    interfaces_.tell(of.interfaces, now);
  }
  void tell(disks_reading& of, musubi::time_point now) noexcept { disks_.tell(of.disks, now); }
  void tell(climate_reading& of, musubi::time_point now) noexcept {
    temperatures_.tell(of.temperatures, now);
    fans_.tell(of.fans, now);
  }
  void tell(power_reading& of, musubi::time_point now) noexcept {
    batteries_.tell(of.batteries, now);
  }
  void tell(processes_reading& of, musubi::time_point now) noexcept { processes_.tell(of, now); }

 private:
  last_taken processor_, load_, memory_, processes_;
  ages<network_reading::most> interfaces_;
  ages<disks_reading::most> disks_;
  ages<climate_reading::most_temperatures> temperatures_;
  ages<climate_reading::most_fans> fans_;
  ages<power_reading::most> batteries_;
};

/// Marks every part of a reading as one of an earlier look.
template <class Readings>
void call_all_stale(Readings& readings) noexcept {
  for (auto& each : readings) each.stale = true;
}
inline void call_stale(vitals& of) noexcept {
  of.processor.stale = true;
  if (of.load) of.load->stale = true;
  if (of.memory) of.memory->stale = true;
}
inline void call_stale(network_reading& of) noexcept {
  call_all_stale(of.interfaces);
}
inline void call_stale(disks_reading& of) noexcept {
  call_all_stale(of.disks);
}
inline void call_stale(climate_reading& of) noexcept {
  call_all_stale(of.temperatures);
  call_all_stale(of.fans);
}
inline void call_stale(power_reading& of) noexcept {
  call_all_stale(of.batteries);
}
inline void call_stale(processes_reading& of) noexcept {
  of.stale = true;
}

}  // namespace gateway
