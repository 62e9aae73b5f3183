#pragma once
/// What browsers may mount: the store of firmware updates. A product has its own roots beside it.

#include <musubi/host/host.hpp>
#include <musubi/update/firmware_update.hpp>
#include <musubi/update/slot_installer.hpp>

/// The updates of this device.
extern musubi::update::slot_installer updates;

using update_store = musubi::update::firmware_update<updates>;

struct update_socket {
  using roots = musubi::roots<update_store>;
};
