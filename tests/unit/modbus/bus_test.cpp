#include "meter/bus.hpp"

#include "meter/sdm230.hpp"
#include "simulator/simulated_meter.hpp"

#include <array>
#include <chrono>
#include <cstdlib>
#include <fcntl.h>
#include <gtest/gtest.h>
#include <memory>
#include <optional>
#include <termios.h>
#include <unistd.h>

namespace meter {
namespace {

using namespace std::chrono_literals;

/// A line to a simulated meter, over TCP and over a pseudo-terminal.
class a_bus : public testing::TestWithParam<simulated_meter::line> {
 protected:
  a_bus() : meter_(std::in_place, GetParam()) {
    EXPECT_TRUE(meter_->ok());
    meter_->measure({.voltage = 231.5F, .imported = 17});
  }
  float voltage(bus& line) {
    std::array<std::uint16_t, sdm230::float_size> read{};
    problem_ = line.read_input(sdm230::electricity, read);
    return sdm230::to_float(read, 0);
  }

  std::optional<simulated_meter> meter_;
  musubi::status problem_;
};

TEST_P(a_bus, reads_input_registers) {
  bus line(meter_->address());
  EXPECT_EQ(voltage(line), 231.5F);
  EXPECT_TRUE(problem_.ok()) << problem_.reason();
  meter_->measure({.voltage = 229});
  EXPECT_EQ(voltage(line), 229);
}

TEST_P(a_bus, writes_a_setting_and_reads_it_back) {
  bus line(meter_->address());
  const auto written = line.write_holding(sdm230::pulse_width, sdm230::to_registers(200));
  EXPECT_TRUE(written.ok()) << written.reason();
  EXPECT_EQ(meter_->pulse_width(), 200);
  std::array<std::uint16_t, sdm230::float_size> read{};
  ASSERT_TRUE(line.read_holding(sdm230::pulse_width, read).ok());
  EXPECT_EQ(sdm230::to_float(read, 0), 200);
}

TEST_P(a_bus, passes_on_what_the_meter_refuses_and_goes_on) {
  bus line(meter_->address());
  const auto written = line.write_holding(sdm230::pulse_width, sdm230::to_registers(7));
  EXPECT_EQ(written.reason(), "the meter does not take this value");
  EXPECT_EQ(meter_->pulse_width(), 100);
  std::array<std::uint16_t, 2> read{};
  EXPECT_EQ(line.read_input(0x200, read).reason(), "the meter has no such register");
  EXPECT_EQ(voltage(line), 231.5F);
}

TEST_P(a_bus, says_when_the_meter_does_not_answer_and_finds_it_again) {
  bus line(meter_->address(), 200ms);
  EXPECT_EQ(voltage(line), 231.5F);
  meter_->stay_silent(true);
  voltage(line);
  EXPECT_EQ(problem_.reason(), "the meter does not answer");
  meter_->stay_silent(false);
  EXPECT_EQ(voltage(line), 231.5F);
}

INSTANTIATE_TEST_SUITE_P(over, a_bus,
                         testing::Values(simulated_meter::line::tcp, simulated_meter::line::serial),
                         [](const auto& each) {
                           return each.param == simulated_meter::line::tcp ? "tcp" : "serial";
                         });

TEST(a_serial_bus, asks_only_the_meter_of_its_number) {
  const simulated_meter meter(simulated_meter::line::serial);
  bus_address other = meter.address();
  other.unit = 2;
  bus line(other, 20ms);
  std::array<std::uint16_t, 2> read{};
  EXPECT_EQ(line.read_input(0, read).reason(), "the meter does not answer");
}

TEST(a_bus_without_a_meter, says_that_the_serial_port_does_not_exist) {
  bus line({.serial = "/dev/no-such-port"});
  std::array<std::uint16_t, 2> read{};
  EXPECT_EQ(line.read_input(0, read).reason(), "there is no such serial port");
}

TEST(a_bus_without_a_meter, says_that_nobody_listens_and_tries_again) {
  auto meter = std::make_unique<simulated_meter>();
  const bus_address at = meter->address();
  meter.reset();
  bus line(at);
  std::array<std::uint16_t, 2> read{};
  EXPECT_EQ(line.read_input(0, read).reason(), "the meter cannot be reached");
  EXPECT_EQ(line.write_holding(0, read).reason(), "the meter cannot be reached");
}

TEST(a_bus_without_a_meter, refuses_an_address_that_cannot_be_one) {
  EXPECT_EQ(bus({.serial = "/dev/ttyUSB0", .parity = 'X'}).problem().reason(),
            "not the address of a Modbus device");
}

TEST(a_bus_with_noise_on_it, says_that_the_answer_was_damaged) {
  const int noisy = ::posix_openpt(O_RDWR | O_NOCTTY | O_CLOEXEC);
  std::array<char, 64> name{};
  ASSERT_EQ(::grantpt(noisy), 0);
  ASSERT_EQ(::unlockpt(noisy), 0);
  ASSERT_EQ(::ptsname_r(noisy, name.data(), name.size()), 0);
  bus line({.serial = name.data()}, 20ms);
  std::array<std::uint16_t, 1> read{};
  EXPECT_EQ(line.read_input(0, read).reason(), "the meter does not answer");
  const int kept = ::open(name.data(), O_RDWR | O_NOCTTY | O_CLOEXEC);
  termios raw{};
  ::tcgetattr(kept, &raw);
  ::cfmakeraw(&raw);
  ::tcsetattr(kept, TCSANOW, &raw);
  const std::array<char, 7> damaged{1, 4, 2, 0, 1, 0, 0};  // an answer with a wrong CRC
  ASSERT_EQ(::write(noisy, damaged.data(), damaged.size()), 7);
  EXPECT_EQ(line.read_input(0, read).reason(), "the meter's answer was damaged");
  ::close(kept);
  ::close(noisy);
}

}  // namespace
}  // namespace meter
