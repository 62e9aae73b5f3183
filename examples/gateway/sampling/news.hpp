#pragma once
/// The gateway's news, each kind once in the program: sensors publish, stores subscribe.

#include "sampling/feed.hpp"
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

}  // namespace gateway::news
