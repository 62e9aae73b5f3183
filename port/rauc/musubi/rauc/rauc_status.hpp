#pragma once
/// What `rauc status --output-format=shell` prints.

#include <string_view>

#include <musubi/memory/text.hpp>

namespace musubi::rauc {

/// The slot that a gateway runs from.
struct rauc_status {
  text<16> booted;       ///< its bootname: RAUC_SYSTEM_BOOTED_BOOTNAME
  bool is_good = false;  ///< RAUC_SLOT_BOOT_STATUS_n of the slot that is booted
};

/// False if the text does not say which slot is booted.
[[nodiscard]] bool read_status(std::string_view printed, rauc_status& into) noexcept;

}  // namespace musubi::rauc
