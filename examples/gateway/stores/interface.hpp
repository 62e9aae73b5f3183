#pragma once
/// The store of one network interface.

#include "sampling/history.hpp"
#include "sampling/readings.hpp"
#include "settings/settings.hpp"

#include <musubi/musubi.hpp>

namespace gateway {

/// Shows the interface named by the mount params. If it is removed, its last reading stays.
class one_interface {
 public:
  static constexpr std::string_view module = "Gateway.Stores.Interface";

  struct Params {
    musubi::text<16> name;
  };
  struct State {
    bool present;
    std::uint32_t looks;   ///< at this interface, since it was mounted
    std::uint32_t period;  ///< milliseconds
    interface_reading reading;
    musubi::safe_integer now;            ///< the device's clock, in milliseconds, as of this state
    musubi::stream<stretch<2>> history;  ///< the last samples: received and sent
  };

  musubi::status mount(const Params& params, musubi::context& context);
  [[nodiscard]] State render() const { return state_; }
  void handle_info(const settings& wanted, musubi::context&) noexcept;
  void handle_info(const network_reading& seen, musubi::context& context) noexcept;

 private:
  musubi::text<16> name_;
  State state_{};
  std::uint32_t unheard_ = 0;  // the first sample that the page does not have
};

}  // namespace gateway
