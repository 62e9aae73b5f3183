#pragma once
/// A meter that exists only in this program, to try the example without one, and for its tests.

#include "meter/bus.hpp"
#include "meter/sdm230.hpp"

#include <atomic>
#include <memory>
#include <mutex>
#include <thread>

struct _modbus;
struct _modbus_mapping_t;

namespace meter {

/// Answers on a thread of its own, over TCP on loopback or over a pseudo-terminal. Serves one
/// client at a time, like a meter.
class simulated_meter {
 public:
  enum class line { tcp, serial };

  explicit simulated_meter(line kind = line::tcp);
  ~simulated_meter();
  simulated_meter(const simulated_meter&) = delete;
  simulated_meter& operator=(const simulated_meter&) = delete;

  /// False if this machine has no free port or pseudo-terminal.
  [[nodiscard]] bool ok() const noexcept { return listener_ >= 0; }
  /// How a `bus` reaches it.
  [[nodiscard]] const bus_address& address() const noexcept { return address_; }

  /// What it measures from now on.
  void measure(const measurement& now);
  [[nodiscard]] float pulse_width() const;
  /// Takes requests and does not answer, as a meter without power.
  void stay_silent(bool silent) noexcept { silent_ = silent; }

 private:
  void open_port();
  void open_terminal();
  void serve() noexcept;
  /// Waits for `descriptor` to be readable; false when it is time to stop.
  [[nodiscard]] bool wait_for(int descriptor) const noexcept;
  void serve_client() noexcept;
  void answer(const std::uint8_t* request, int size) noexcept;

  struct freed {
    void operator()(_modbus* line) const noexcept;
    void operator()(_modbus_mapping_t* registers) const noexcept;
  };
  line kind_;
  bus_address address_;
  std::unique_ptr<_modbus, freed> line_;
  mutable std::mutex mutex_;  // guards the registers
  std::unique_ptr<_modbus_mapping_t, freed> registers_;
  std::atomic<bool> silent_{false};
  int listener_ = -1;  ///< the port's socket, or the terminal
  int slave_ = -1;     ///< keeps the terminal open while no client has it
  int stop_ = -1;      ///< readable when it is time to stop
  std::thread thread_;
};

}  // namespace meter
