#pragma once
/// What this machine is: the things that do not change while it runs.

#include "sensors/file_tree.hpp"

#include <cstdint>
#include <optional>
#include <string_view>

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

/// The value behind the '=' of a line of os-release, without its quotes: they are those of a shell.
/// Nothing when a quote is not closed, or nothing is in it.
[[nodiscard]] std::optional<musubi::text<128>> unquoted(std::string_view value) noexcept;
/// Whether a model is none: what is in a BIOS that its maker did not fill in.
[[nodiscard]] bool is_placeholder(std::string_view model) noexcept;

[[nodiscard]] machine_identity read_identity(const file_tree& files) noexcept;

}  // namespace gateway
