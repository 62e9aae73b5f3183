#pragma once
/// Who may come in.

#include <musubi/access/door.hpp>

namespace gateway {

/// Opened before the host runs. Without users, everybody who has the token, if there is one, may do
/// everything.
inline musubi::access::door_for<> door;

}  // namespace gateway
