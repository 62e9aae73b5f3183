#pragma once
/// What the command line asks for.

#include "sensors/file_tree.hpp"
#include "settings/token.hpp"

#include <array>
#include <cstdint>
#include <optional>
#include <string_view>

#include <musubi/hosted/log_level.hpp>
#include <musubi/hosted/option.hpp>
#include <musubi/memory/list.hpp>
#include <musubi/memory/text.hpp>

namespace gateway {

/// What may be given several times.
using name_list = musubi::list<musubi::text<128>, 8>;

struct options {
  musubi::text<128> bind = "127.0.0.1";  ///< an address, or "unix:" and the path of a socket
  std::uint16_t port = 4000;
  musubi::text<128> root = "/";    ///< below it are the /proc and /sys that are read
  std::optional<file_path> state;  ///< where settings are kept; absent: the usual place
  access_token token;              ///< empty: one is made where one is needed
  name_list origins;               ///< of the pages that a proxy serves, as a browser names them
  name_list hosts;                 ///< that a proxy passes on, beside addresses and own names
  name_list proxies;               ///< addresses, networks or "unix", whose word is believed
  bool open = false;               ///< let everybody in, on any address
  std::uint16_t cores = 1;         ///< hosts, one thread each
  musubi::log_level log = musubi::log_level::notice;

  /// Whether only this machine can reach `bind`.
  [[nodiscard]] bool is_local() const noexcept;
  /// The path of the Unix socket to listen on; empty when `bind` is an address.
  [[nodiscard]] std::string_view unix_path() const noexcept;
  /// Whether only the people at this machine can reach the gateway: no proxy leads to it either.
  [[nodiscard]] bool is_private() const noexcept;
  /// Which of them contradict each other, as a sentence; empty when none do.
  [[nodiscard]] std::string_view contradiction() const noexcept;
};

/// The table that the command line is read by, into `chosen`, which outlives it.
[[nodiscard]] std::array<musubi::program::option, 11> option_table(options& chosen);

}  // namespace gateway
