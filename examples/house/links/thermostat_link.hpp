#pragma once
// The connection to one thermostat: its store, with the struct that it was compiled with.

#include "../../thermostat/application/thermostat.hpp"
#include "../zones/zone.hpp"

#include <cstdint>

#include <musubi/remote/remote.hpp>

namespace house {

/// Keeps the state of a zone up to date, and passes commands on to its thermostat.
class thermostat_link final : public thermostat_controls {
 public:
  /// Both must outlive it.
  thermostat_link(musubi::remote_server& server, zone& shown) noexcept;
  thermostat_link(const thermostat_link&) = delete;
  thermostat_link& operator=(const thermostat_link&) = delete;

  /// Never ends; run it on the host of the server.
  musubi::task<> run();

  musubi::task<musubi::status> set_target(std::int32_t celsius) override;
  musubi::task<musubi::status> set_mode(home::heating_mode mode) override;
  musubi::task<musubi::status> close_window() override;

 private:
  musubi::task<> count_age();
  void publish() noexcept;
  [[nodiscard]] contact contact_now() const noexcept;
  template <class Command>
  musubi::task<musubi::status> pass_on(Command command);

  zone& zone_;
  musubi::remote<home::thermostat> thermostat_;
  musubi::time_point heard_{};  // when it was live last
};

}  // namespace house
