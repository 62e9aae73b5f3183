#pragma once
/// The watched values of the gateway: sensors set them, stores follow them.

#include "sampling/history.hpp"
#include "sampling/readings.hpp"
#include "sensors/identity.hpp"
#include "settings/settings.hpp"

#include <musubi/host/watch.hpp>

namespace gateway::news {

/// The identity of the machine, which does not change. Set before the hosts run.
inline machine_identity identity;
inline musubi::watch<vitals> machine;
inline musubi::watch<network_reading> network;
inline musubi::watch<disks_reading> disks;
inline musubi::watch<environment> surroundings;
inline musubi::watch<processes_reading> processes;
inline musubi::watch<settings> settings_changed;

/// The samples of the charts. Updated before the value that announces them is set.
inline histories<machine_value::count, 1> machine_past;   ///< by `machine_value`; has no name
inline histories<2, network_reading::most> network_past;  ///< received and sent, by interface
inline histories<2, disks_reading::most> disks_past;      ///< read and written, by disk

}  // namespace gateway::news
