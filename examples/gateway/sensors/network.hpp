#pragma once
/// The network interfaces: what they are, and what passes through them.

#include "sensors/counter.hpp"
#include "sensors/file_tree.hpp"

#include <cstdint>
#include <optional>
#include <string_view>

#include <musubi/memory/list.hpp>
#include <musubi/memory/text.hpp>

namespace gateway {

/// What the kernel calls the operational state, in the words of a person.
enum class link_state : std::uint8_t { up, down, waiting, unknown };

/// One interface. Totals count since the gateway started or was last told to reset.
struct interface_reading {
  static constexpr std::string_view module = "Gateway.Interface";
  musubi::text<16> name;
  link_state state = link_state::unknown;
  std::optional<std::uint32_t> speed;        ///< Mbit/s; absent when virtual or down
  std::optional<std::uint32_t> mtu;          ///< bytes
  std::optional<musubi::text<24>> hardware;  ///< its MAC address; absent when all zero
  std::optional<musubi::text<16>> ipv4;
  std::optional<std::uint64_t> receive_rate;  ///< bytes per second
  std::optional<std::uint64_t> send_rate;     ///< bytes per second
  std::optional<std::uint64_t> packet_rate;   ///< packets per second, both ways
  std::uint64_t received = 0;                 ///< bytes
  std::uint64_t sent = 0;                     ///< bytes
  std::uint64_t errors = 0;                   ///< packets, both ways
  std::uint64_t dropped = 0;                  ///< packets, both ways
};

/// Of more interfaces than fit, the first are shown and the others counted.
struct network_reading {
  static constexpr std::size_t most = 12;
  musubi::list<interface_reading, most> interfaces;
  std::uint16_t interfaces_hidden = 0;
};

/// Finds the IPv4 address of an interface. A test brings its own.
using ipv4_lookup = std::optional<musubi::text<16>> (*)(std::string_view interface_name) noexcept;
[[nodiscard]] std::optional<musubi::text<16>> system_ipv4(std::string_view interface_name) noexcept;

/// Reads /proc/net/dev and /sys/class/net and compares with the last look.
class network_sensor {
 public:
  explicit network_sensor(const file_tree& files, ipv4_lookup ipv4 = system_ipv4) noexcept
      : files_(files), ipv4_(ipv4) {}
  [[nodiscard]] network_reading sample(clock::time_point now) noexcept;
  /// All totals start again from nothing.
  void reset() noexcept;

 private:
  struct tracked {
    musubi::text<16> name;
    bool seen = false;
    counter received, sent, packets, errors, dropped;
  };
  [[nodiscard]] tracked* track(std::string_view name) noexcept;
  void describe(interface_reading& reading) const noexcept;

  file_tree files_;
  ipv4_lookup ipv4_;
  clock::time_point last_;
  musubi::list<tracked, network_reading::most> tracked_;
};

}  // namespace gateway
