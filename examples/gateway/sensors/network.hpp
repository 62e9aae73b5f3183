#pragma once
/// The network interfaces: their properties and traffic.

#include "sensors/counter.hpp"
#include "sensors/file_tree.hpp"

#include <cstdint>
#include <optional>
#include <string_view>

#include <musubi/memory/list.hpp>
#include <musubi/memory/safe_integer.hpp>
#include <musubi/memory/text.hpp>

namespace gateway {

/// The kernel's operational state, in plain words.
enum class link_state : std::uint8_t { up, down, waiting, unknown };

/// One interface. Totals count since the gateway started or was last told to reset.
struct interface_reading {
  static constexpr std::string_view module = "Gateway.Interface";
  musubi::text<16> name;
  link_state state = link_state::unknown;
  std::optional<std::uint32_t> speed;        ///< Mbit/s; absent when virtual or not up
  std::optional<std::uint32_t> mtu;          ///< bytes
  std::optional<musubi::text<24>> hardware;  ///< its MAC address; absent when all zero
  std::optional<musubi::text<16>> ipv4;
  std::optional<musubi::safe_integer> receive_rate;  ///< bytes per second
  std::optional<musubi::safe_integer> send_rate;     ///< bytes per second
  std::optional<musubi::safe_integer> packet_rate;   ///< packets per second, both ways
  musubi::safe_integer received = 0;                 ///< bytes
  musubi::safe_integer sent = 0;                     ///< bytes
  musubi::safe_integer errors = 0;                   ///< packets, both ways
  musubi::safe_integer dropped = 0;                  ///< packets, both ways
  bool stale = false;     ///< of an earlier look: the last one could not read it
  std::uint32_t age = 0;  ///< seconds since it was read, while it is stale
};

/// If there are more interfaces than fit, the first are listed and the others counted.
struct network_reading {
  static constexpr std::size_t most = 12;
  musubi::list<interface_reading, most> interfaces;
  std::uint16_t interfaces_hidden = 0;
};

/// A line of /proc/net/dev: the name, which may contain any bytes, and the counters.
struct interface_line {
  struct direction {
    std::uint64_t bytes = 0;
    std::uint64_t packets = 0;
    std::uint64_t errors = 0;
    std::uint64_t dropped = 0;
  };
  std::string_view name;  ///< a part of the line
  direction received;
  direction sent;
};
[[nodiscard]] std::optional<interface_line> parse_interface(std::string_view line) noexcept;

/// From the texts of `operstate` and `carrier`.
[[nodiscard]] link_state parse_link_state(std::string_view operstate,
                                          std::optional<std::int64_t> carrier) noexcept;
/// From the number in `speed`, in Mbit/s. Drivers that do not know it report -1, in 16, 32 or 64
/// bits.
[[nodiscard]] std::optional<std::uint32_t> link_speed(link_state state,
                                                      std::optional<std::int64_t> told) noexcept;
/// A MAC address; absent if it is all zero or not a MAC address, as for tunnels and InfiniBand.
[[nodiscard]] std::optional<musubi::text<24>> parse_hardware(std::string_view address) noexcept;

/// Finds the IPv4 address of an interface. Tests pass their own.
using ipv4_lookup = std::optional<musubi::text<16>> (*)(file_reader& reader,
                                                        std::string_view interface_name) noexcept;
[[nodiscard]] std::optional<musubi::text<16>> system_ipv4(file_reader& reader,
                                                          std::string_view interface_name) noexcept;
/// `system_ipv4` if this program is in the network namespace that `files` describes. Otherwise
/// null, because it would find the address of another interface of the same name.
[[nodiscard]] ipv4_lookup ipv4_of(const file_tree& files) noexcept;

/// Reads /sys/class/net, and /proc/net/dev of the machine's first process, which describes the
/// machine even if this program has its own network namespace. Compares with the last look.
class network_sensor {
 public:
  /// Pass a null lookup if the program is in another network namespace: its own /sys then describes
  /// other interfaces of the same names, and is ignored.
  explicit network_sensor(const file_tree& files, ipv4_lookup ipv4) noexcept
      : files_(files), ipv4_(ipv4) {}
  [[nodiscard]] network_reading sample(clock::time_point now) noexcept;
  /// Resets all totals to zero.
  void reset() noexcept;

 private:
  struct totals {
    counter bytes, packets, errors, dropped;
    void read(const interface_line::direction& told, clock::time_point now) noexcept;
    void reset() noexcept;
  };
  struct tracked {
    musubi::text<16> name;  // as the kernel spells it
    std::optional<std::int64_t>
        index;  // the kernel's number, which a new device of this name changes
    bool seen = false;
    totals received, sent;
    interface_reading described;  // all but what is counted
  };
  [[nodiscard]] tracked* track(std::string_view name, std::optional<std::int64_t> index) noexcept;
  [[nodiscard]] bool is_described() const noexcept { return ipv4_ != nullptr || !files_.is_own(); }
  void describe(tracked& known) const noexcept;
  template <class Value, class Read>
  void refresh(Value& value, const Read& read) const noexcept;

  file_tree files_;
  ipv4_lookup ipv4_;
  musubi::list<tracked, network_reading::most> tracked_;
  network_reading last_;
};

}  // namespace gateway
