#pragma once
/// What the command line asks for.

#include "sensors/file_tree.hpp"
#include "settings/token.hpp"

#include <cstdint>
#include <optional>
#include <span>
#include <string_view>

#include <musubi/memory/text.hpp>

namespace gateway {

struct options {
  musubi::text<64> bind = "127.0.0.1";
  std::uint16_t port = 4000;
  musubi::text<128> root = "/";    ///< below it are the /proc and /sys that are read
  std::optional<file_path> state;  ///< where settings are kept; absent: the usual place
  access_token token;              ///< empty: one is made where one is needed
  bool open = false;               ///< let everybody in, on any address
  std::uint16_t cores = 1;         ///< hosts, one thread each
  bool help = false;

  /// Whether only this machine can reach `bind`.
  [[nodiscard]] bool is_local() const noexcept;
};

/// What went wrong, for a person.
using complaint = musubi::text<160>;

/// Reads the arguments, without the program's name, into `into`; says what is wrong with them.
[[nodiscard]] std::optional<complaint> parse_options(std::span<const char* const> arguments,
                                                     options& into) noexcept;

/// The text of --help.
extern const std::string_view usage;

}  // namespace gateway
