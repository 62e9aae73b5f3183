#include "meter/bus.hpp"

#include <cerrno>
#include <modbus/modbus.h>

namespace meter {

namespace {

/// Whether the device answered, if only to refuse the request.
bool is_exception(int error) noexcept {
  return error >= MODBUS_ENOBASE + MODBUS_EXCEPTION_ILLEGAL_FUNCTION && error < EMBBADCRC;
}

/// Exceptions are those of the MODBUS Application Protocol 1.1b3, section 7.
musubi::status reason_of(int error) noexcept {
  switch (error) {
    case EMBXILFUN:
      return musubi::refuse("the meter does not know this function");
    case EMBXILADD:
      return musubi::refuse("the meter has no such register");
    case EMBXILVAL:
      return musubi::refuse("the meter does not take this value");
    case EMBXACK:
    case EMBXSBUSY:
      return musubi::refuse("the meter is busy");
    case ETIMEDOUT:
      return musubi::refuse("the meter does not answer");
    case EMBBADCRC:
    case EMBBADDATA:
    case EMBBADEXC:
    case EMBMDATA:
    case EMBBADSLAVE:
      return musubi::refuse("the meter's answer was damaged");
    case ENOENT:
      return musubi::refuse("there is no such serial port");
    case EACCES:
      return musubi::refuse("this program may not use the serial port");
    default:
      break;
  }
  if (is_exception(error)) return musubi::refuse("the meter refused it");
  return musubi::refuse("the meter cannot be reached");
}

}  // namespace

void bus::freed::operator()(_modbus* line) const noexcept {
  modbus_close(line);
  modbus_free(line);
}

bus::bus(const bus_address& at, std::chrono::milliseconds patience) noexcept
    : line_(at.serial.empty()
                ? modbus_new_tcp_pi(at.host.c_str(), at.port.c_str())
                : modbus_new_rtu(at.serial.c_str(), static_cast<int>(at.baud), at.parity, 8, 1)) {
  if (line_ == nullptr) {
    problem_ = musubi::refuse("not the address of a Modbus device");
    return;
  }
  modbus_set_slave(line_.get(), at.unit);
  const auto seconds = std::chrono::floor<std::chrono::seconds>(patience);
  const std::chrono::microseconds rest = patience - seconds;
  modbus_set_response_timeout(line_.get(), static_cast<std::uint32_t>(seconds.count()),
                              static_cast<std::uint32_t>(rest.count()));
}

musubi::status bus::open() noexcept {
  if (open_ || !problem_.ok()) return problem_;
  if (modbus_connect(line_.get()) != 0) return reason_of(errno);
  open_ = true;
  return {};
}

musubi::status bus::outcome(int answer, std::size_t expected) noexcept {
  if (answer == static_cast<int>(expected)) return {};
  const int error = answer < 0 ? errno : EMBBADDATA;
  if (!is_exception(error)) {  // it may still arrive, and must not be taken for the next answer
    modbus_close(line_.get());
    open_ = false;
  }
  return reason_of(error);
}

musubi::status bus::read_input(int first, std::span<std::uint16_t> into) noexcept {
  if (const musubi::status opened = open(); !opened.ok()) return opened;
  return outcome(
      modbus_read_input_registers(line_.get(), first, static_cast<int>(into.size()), into.data()),
      into.size());
}

musubi::status bus::read_holding(int first, std::span<std::uint16_t> into) noexcept {
  if (const musubi::status opened = open(); !opened.ok()) return opened;
  return outcome(
      modbus_read_registers(line_.get(), first, static_cast<int>(into.size()), into.data()),
      into.size());
}

musubi::status bus::write_holding(int first, std::span<const std::uint16_t> from) noexcept {
  if (const musubi::status opened = open(); !opened.ok()) return opened;
  return outcome(
      modbus_write_registers(line_.get(), first, static_cast<int>(from.size()), from.data()),
      from.size());
}

}  // namespace meter
