#include "unit/update/a_maker.hpp"

#include <gtest/gtest.h>
#include <string>

namespace musubi::update::test {
namespace {

a_maker& maker() {
  static a_maker made;
  return made;
}
raw_header header_of(const std::vector<std::byte>& image) {
  return raw_header(image.data(), header_bytes);
}
std::string refusal(const std::vector<std::byte>& image) {
  return std::string(read_header(header_of(image)).error().reason());
}

TEST(a_firmware_image, says_what_it_is) {
  const auto read = read_header(header_of(maker().image(1000, 7, "2026-11-30 a1b2c3")));
  ASSERT_TRUE(read.ok());
  EXPECT_EQ(read->payload_bytes, 1000U);
  EXPECT_EQ(read->version, 7U);
  EXPECT_EQ(read->product, "lamp");
  EXPECT_EQ(read->build, "2026-11-30 a1b2c3");
}

TEST(a_firmware_image, may_fill_its_texts_to_the_last_byte) {
  const std::string longest(32, 'b');
  const auto read = read_header(header_of(maker().image(10, 7, longest, longest)));
  ASSERT_TRUE(read.ok());
  EXPECT_EQ(read->product, longest);
  EXPECT_EQ(read->build, longest);
}

TEST(a_firmware_image, is_nothing_without_its_magic) {
  auto image = maker().image(10, 1, "b");
  image[0] = std::byte{'m'};
  EXPECT_EQ(refusal(image), "this file is no firmware image");
}

TEST(a_firmware_image, of_another_format_is_not_guessed_at) {
  for (const std::size_t at : {4U, 6U}) {
    auto image = maker().image(10, 1, "b");
    image[at] = std::byte{2};
    EXPECT_EQ(refusal(image), "the image has a format that this firmware does not know");
  }
}

TEST(a_firmware_image, has_clean_texts) {
  for (const std::size_t at :
       {16U + 31, 48U + 2, 48U}) {  // behind the end, and a control character
    auto image = maker().image(10, 1, "b");
    image[at] = std::byte{7};
    EXPECT_EQ(refusal(image), "the header of the image is damaged");
  }
}

TEST(a_firmware_image, is_signed_by_its_maker_and_nobody_else) {
  const auto image = maker().image(10, 1, "b");
  a_maker other(2);
  EXPECT_TRUE(is_signed(header_of(image), maker().key()));
  EXPECT_FALSE(is_signed(header_of(image), other.key()));
}

TEST(a_firmware_image, has_no_byte_in_its_header_that_may_change) {
  const auto image = maker().image(10, 1, "b");
  const public_key key = maker().key();
  for (std::size_t at = 0; at < header_bytes; at += 5) {
    auto changed = image;
    changed[at] ^= std::byte{1};
    EXPECT_FALSE(is_signed(header_of(changed), key)) << at;
  }
}

TEST(a_firmware_image, is_not_signed_with_a_key_that_is_no_point_of_the_curve) {
  const auto image = maker().image(10, 1, "b");
  EXPECT_FALSE(is_signed(header_of(image), public_key{}));
}

TEST(a_firmware_image, is_not_signed_by_zeros) {
  auto image = maker().image(10, 1, "b");
  std::fill(image.begin() + 192, image.begin() + 256, std::byte{0});
  EXPECT_FALSE(is_signed(header_of(image), maker().key()));
}

}  // namespace
}  // namespace musubi::update::test
