#pragma once
/// A Modbus line: RTU on a serial port, or TCP.

#include <chrono>
#include <cstdint>
#include <memory>
#include <span>
#include <string>

#include <musubi/memory/status.hpp>

struct _modbus;

namespace meter {

/// Where a device is. A serial port if `serial` is not empty, otherwise a TCP server.
struct bus_address {
  std::string serial = {};  ///< such as /dev/ttyUSB0
  std::uint32_t baud = 9600;
  char parity = 'N';      ///< N, E or O
  std::string host = {};  ///< a name or an address
  std::string port = "502";
  std::uint8_t unit = 1;  ///< the device on the line, from 1 to 247
};

/// The line to one device. Its functions block, for at most a few times `patience`, so they are
/// called by `musubi::offload`, one at a time. The line is opened by the first call, and again by
/// the next call after one that got no answer: a device may be unplugged and come back. Every error
/// is a refusal: the page that asked goes on.
class bus {
 public:
  /// How long to wait for a connection, and for each answer.
  static constexpr std::chrono::milliseconds usual_patience{500};

  /// The line is made but not opened. An address that cannot be one fails here, in `problem`.
  explicit bus(const bus_address& at, std::chrono::milliseconds patience = usual_patience) noexcept;
  bus(const bus&) = delete;
  bus& operator=(const bus&) = delete;

  [[nodiscard]] const musubi::status& problem() const noexcept { return problem_; }

  /// Reads the registers from `first` on, as many as `into` takes.
  musubi::status read_input(int first, std::span<std::uint16_t> into) noexcept;
  musubi::status read_holding(int first, std::span<std::uint16_t> into) noexcept;
  /// Writes them with one request.
  musubi::status write_holding(int first, std::span<const std::uint16_t> from) noexcept;

 private:
  /// Opens the line if needed.
  musubi::status open() noexcept;
  /// What to make of an answer of the library: a number of registers, or -1 and errno.
  musubi::status outcome(int answer, std::size_t expected) noexcept;

  struct freed {
    void operator()(_modbus* line) const noexcept;
  };
  std::unique_ptr<_modbus, freed> line_;
  musubi::status problem_;
  bool open_ = false;
};

}  // namespace meter
