// scripts/sign-firmware, and what a device says to its images.
#include "unit/update/a_flash.hpp"

#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <gtest/gtest.h>
#include <iterator>
#include <string>

#include <musubi/update/updater.hpp>

namespace musubi::update::test {
namespace {

TEST(sign_firmware, makes_keys_and_images_that_a_device_takes) {
  char folder[] = "/tmp/sign_XXXXXX";
  ASSERT_NE(mkdtemp(folder), nullptr);
  const std::string in = std::string("cd ") + folder + " && " MUSUBI_TEST_SIGN_FIRMWARE " ";
  std::ofstream(std::string(folder) + "/payload") << std::string(3210, 'p');
  ASSERT_EQ(std::system((in + "key key.pem && " + in + "public key.pem >public && " + in +
                         "sign key.pem --product lamp --version 7 --build 'b 7' payload image")
                            .c_str()),
            0);
  public_key key{};
  std::ifstream printed(std::string(folder) + "/public");
  std::string each;
  for (std::uint8_t& byte : key) {
    ASSERT_TRUE(printed >> each);
    byte = static_cast<std::uint8_t>(std::stoul(each, nullptr, 16));
  }
  std::ifstream file(std::string(folder) + "/image", std::ios::binary);
  const std::string image{std::istreambuf_iterator<char>(file), {}};
  std::filesystem::remove_all(folder);

  a_flash blank;
  boot_records records(blank, layout);
  ASSERT_TRUE(records.save({}));
  const image_terms terms{key, "lamp", 7};
  updater writing(blank, layout, terms, records);
  ASSERT_TRUE(writing.begin(image.size()).ok());
  EXPECT_EQ(writing.write(0, std::as_bytes(std::span(image))).reason(), "");
  EXPECT_EQ(writing.finish().reason(), "");
  const auto read = whole_image(blank, layout, 1);
  ASSERT_TRUE(read.ok());
  EXPECT_EQ(read->build, "b 7");
  EXPECT_EQ(read->version, 7U);
}

}  // namespace
}  // namespace musubi::update::test
