#include "lm75.hpp"

#include "file.hpp"

#include <cerrno>
#include <fcntl.h>
#include <linux/i2c-dev.h>
#include <linux/i2c.h>
#include <sys/ioctl.h>

namespace sensors {

musubi::result<std::int32_t> read_lm75(const std::string& bus, std::uint16_t address) noexcept {
  const file opened(::open(bus.c_str(), O_RDWR | O_CLOEXEC));
  if (!opened) return musubi::refuse("the I2C bus cannot be opened");
  std::uint8_t number = 0;
  std::array<std::uint8_t, 2> bytes{};
  std::array<i2c_msg, 2> messages{
      {{address, 0, 1, &number}, {address, I2C_M_RD, bytes.size(), bytes.data()}}};
  i2c_rdwr_ioctl_data transaction{messages.data(), messages.size()};
  if (::ioctl(opened.descriptor(), I2C_RDWR, &transaction) < 0) {
    if (errno == ENXIO || errno == EREMOTEIO) return musubi::refuse("no thermometer answers");
    return musubi::refuse("the I2C bus failed");
  }
  return lm75_tenths(bytes);
}

}  // namespace sensors
