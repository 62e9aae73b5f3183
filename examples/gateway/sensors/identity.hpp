#pragma once
/// What this machine is: the things that do not change while it runs.

#include "sensors/file_tree.hpp"

#include <cstdint>
#include <optional>

#include <musubi/memory/text.hpp>

namespace gateway {

/// Whatever the machine does not tell is absent.
struct machine_identity {
  std::optional<musubi::text<64>> host;   ///< its name in the network
  std::optional<musubi::text<64>> model;  ///< the board or the computer
  std::optional<musubi::text<64>> processor;
  std::optional<musubi::text<64>> system;  ///< the distribution and its version
  std::optional<musubi::text<64>> kernel;  ///< the kernel's version
};

[[nodiscard]] machine_identity read_identity(const file_tree& files) noexcept;

}  // namespace gateway
