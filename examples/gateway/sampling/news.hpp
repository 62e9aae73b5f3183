#pragma once
/// The gateway's news, each kind once in the program: sensors publish, stores subscribe.

#include "sampling/feed.hpp"
#include "sampling/history.hpp"
#include "sampling/readings.hpp"
#include "sensors/identity.hpp"
#include "settings/settings.hpp"

namespace gateway::news {

/// No news: what the machine is. Set before the hosts run.
inline machine_identity identity;
inline feed<vitals> machine;
inline feed<network_reading> network;
inline feed<disks_reading> disks;
inline feed<environment> surroundings;
inline feed<processes_reading> processes;
inline feed<settings> settings_changed;

/// What the charts show. Added to before the news of it is told.
inline histories<machine_value::count, 1> machine_past;   ///< by `machine_value`; has no name
inline histories<2, network_reading::most> network_past;  ///< received and sent, by interface
inline histories<2, disks_reading::most> disks_past;      ///< read and written, by disk

}  // namespace gateway::news
