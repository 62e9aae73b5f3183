#include "gpio.hpp"

#include <gtest/gtest.h>

namespace sensors {
namespace {

using namespace std::chrono_literals;

TEST(a_gpio_line, is_refused_on_a_chip_that_is_not_there_and_on_a_file_that_is_no_chip) {
  EXPECT_EQ(gpio_line("/dev/no-such-chip", 0, gpio_line::use::output).problem().reason(),
            "the GPIO chip cannot be opened");
  EXPECT_EQ(gpio_line("/dev/null", 0, gpio_line::use::button).problem().reason(),
            "the chip has no such GPIO line");
}

TEST(a_gpio_line, passes_its_problem_on) {
  gpio_line line("/dev/no-such-chip", 0, gpio_line::use::output);
  EXPECT_EQ(line.set(true).reason(), "the GPIO chip cannot be opened");
  EXPECT_EQ(line.wait(1s).error().reason(), "the GPIO chip cannot be opened");
}

}  // namespace
}  // namespace sensors
