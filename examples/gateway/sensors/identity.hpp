#pragma once
/// The identity of this machine: facts that do not change while it runs.

#include "sensors/file_tree.hpp"

#include <cstdint>
#include <optional>
#include <string_view>

#include <musubi/memory/text.hpp>

namespace gateway {

/// Unknown values are absent.
struct machine_identity {
  std::optional<musubi::text<64>> host;   ///< its name in the network
  std::optional<musubi::text<64>> model;  ///< the board or the computer
  std::optional<musubi::text<64>> processor;
  std::optional<musubi::text<64>> system;  ///< the distribution and its version
  std::optional<musubi::text<64>> kernel;  ///< the kernel's version
};

/// The value after the '=' in a line of os-release, with its shell quoting removed. Nothing when a
/// quote is not closed, or the value is empty.
[[nodiscard]] std::optional<musubi::text<128>> unquoted(std::string_view value) noexcept;
/// Whether a model is a placeholder, which vendors leave in the BIOS.
[[nodiscard]] bool is_placeholder(std::string_view model) noexcept;

[[nodiscard]] machine_identity read_identity(const file_tree& files) noexcept;

}  // namespace gateway
