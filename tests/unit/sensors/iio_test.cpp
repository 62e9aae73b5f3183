#include "iio.hpp"

#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <gtest/gtest.h>
#include <string>

namespace sensors {
namespace {

/// A folder such as the kernel shows for a device.
class an_iio_device : public testing::Test {
 protected:
  an_iio_device() {
    std::string pattern = std::filesystem::temp_directory_path() / "iio_device.XXXXXX";
    folder_ = ::mkdtemp(pattern.data());
  }
  ~an_iio_device() override { std::filesystem::remove_all(folder_); }
  void write(const std::string& name, const char* content) const {
    std::ofstream(folder_ + "/" + name) << content;
  }

  std::string folder_;
};

TEST_F(an_iio_device, gives_a_raw_value_with_its_offset_and_scale) {
  write("in_pressure_raw", "1000\n");
  write("in_pressure_offset", "-200\n");
  write("in_pressure_scale", "0.250000\n");
  EXPECT_EQ(*read_iio(folder_, "pressure"), 200);
}

TEST_F(an_iio_device, needs_neither_offset_nor_scale) {
  write("in_illuminance_raw", "17\n");
  EXPECT_EQ(*read_iio(folder_, "illuminance"), 17);
}

TEST_F(an_iio_device, gives_a_processed_value_as_it_is) {
  write("in_illuminance_input", "12.5\n");
  EXPECT_EQ(*read_iio(folder_, "illuminance"), 12.5F);
}

TEST_F(an_iio_device, is_refused_without_a_value) {
  EXPECT_EQ(read_iio(folder_, "illuminance").error().reason(), "the IIO device does not answer");
  write("in_illuminance_raw", "busy\n");
  EXPECT_FALSE(read_iio(folder_, "illuminance").ok());
}

}  // namespace
}  // namespace sensors
