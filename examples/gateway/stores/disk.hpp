#pragma once
/// The store of one disk.

#include "sampling/history.hpp"
#include "sampling/readings.hpp"
#include "settings/settings.hpp"

#include <musubi/musubi.hpp>

namespace gateway {

/// Shows the disk with the kernel's name given by the mount params. If it is removed, its last
/// reading stays.
class one_disk {
 public:
  static constexpr std::string_view module = "Gateway.Stores.Disk";

  struct Params {
    musubi::text<64> name;
  };
  struct State {
    bool present;
    std::uint32_t looks;   ///< at this disk, since it was mounted
    std::uint32_t period;  ///< milliseconds
    disk_reading reading;
    musubi::safe_integer now;            ///< the device's clock, in milliseconds, as of this state
    musubi::stream<stretch<2>> history;  ///< the last samples: read and written
  };

  musubi::status mount(const Params& params, musubi::context& context);
  [[nodiscard]] State render() const { return state_; }
  void handle_info(const settings& wanted, musubi::context&) noexcept;
  void handle_info(const disks_reading& seen, musubi::context& context) noexcept;

 private:
  musubi::text<64> name_;
  State state_{};
  std::uint32_t unheard_ = 0;  // the first sample that the page does not have
};

}  // namespace gateway
