#pragma once
/// The store of the whole machine, with the commands.

#include "sampling/history.hpp"
#include "sampling/readings.hpp"
#include "sensors/identity.hpp"
#include "settings/change.hpp"

#include <string_view>

#include <musubi/access/role.hpp>
#include <musubi/access/users.hpp>
#include <musubi/musubi.hpp>

namespace gateway {

/// Every browser has its own. They all show the same, because they follow the same values.
class overview {
 public:
  static constexpr std::string_view module = "Gateway.Stores.Overview";

  struct Params {};
  struct State {
    musubi::access::role role;       ///< what this browser may do
    musubi::access::user_name user;  ///< who signed in there; empty if nobody had to
    gateway_name name;
    std::uint32_t period;  ///< milliseconds
    bool paused;
    std::uint32_t looks;
    std::optional<musubi::safe_integer> uptime;
    std::optional<musubi::safe_integer> counting_since;
    machine_identity machine;
    std::optional<load_average> load;
    cpu_reading processor;
    std::optional<memory_reading> memory;
    network_reading network;
    disks_reading storage;
    climate_reading climate;
    power_reading power;
    processes_reading processes;
    musubi::safe_integer now;  ///< the device's clock, in milliseconds, as of this state
    musubi::stream<stretch<machine_value::count>>
        history;  ///< the last samples, in the order of `machine_value`
  };

  struct Rename {
    static constexpr auto needs = musubi::access::role::admin;
    gateway_name name;
  };
  struct SetPeriod {
    static constexpr auto needs = musubi::access::role::operator_;
    std::uint32_t milliseconds;
  };
  struct Pause {
    static constexpr auto needs = musubi::access::role::operator_;
  };
  struct Resume {
    static constexpr auto needs = musubi::access::role::operator_;
  };
  struct ResetCounters {
    static constexpr auto needs = musubi::access::role::operator_;
  };
  using commands = musubi::commands<Rename, SetPeriod, Pause, Resume, ResetCounters>;

  musubi::status mount(const Params&, musubi::context& context);
  [[nodiscard]] State render() const { return state_; }

  // A command is answered when its change is on the disk. The change reaches all stores through
  // `news::settings_changed`.
  musubi::task<musubi::status> handle(const Rename& command, musubi::context&);
  musubi::task<musubi::status> handle(const SetPeriod& command, musubi::context&);
  musubi::task<musubi::status> handle(const Pause&, musubi::context&);
  musubi::task<musubi::status> handle(const Resume&, musubi::context&);
  musubi::task<musubi::status> handle(const ResetCounters&, musubi::context&);

  void handle_info(const settings& wanted, musubi::context&) noexcept;
  void handle_info(const vitals& seen, musubi::context& context) noexcept;
  void handle_info(const network_reading& seen, musubi::context&) noexcept;
  void handle_info(const disks_reading& seen, musubi::context&) noexcept;
  void handle_info(const environment& seen, musubi::context&) noexcept;
  void handle_info(const processes_reading& seen, musubi::context&) noexcept;

 private:
  State state_{};
  std::uint32_t unheard_ = 0;  // the first sample that the page does not have
};

}  // namespace gateway
