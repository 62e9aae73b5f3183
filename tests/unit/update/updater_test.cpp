#include "unit/update/a_device.hpp"

namespace musubi::update::test {
namespace {

class an_updater : public a_device {
 protected:
  /// A change of the flash, apart from what the test itself did.
  [[nodiscard]] bool touched() const { return flash_.bytes != before_; }
  std::vector<std::byte> before_ = flash_.bytes;
};

TEST_F(an_updater, writes_an_image_to_the_other_slot_and_marks_it) {
  EXPECT_EQ(receive(fresh_), "");
  EXPECT_EQ(records_->state().other, candidate::pending);
  EXPECT_EQ(whole_image(flash_, layout, 1)->build, "fresh");
  EXPECT_EQ(running(), "factory");
}

TEST_F(an_updater, takes_pieces_of_any_size) {
  for (const std::size_t piece : {1U, 255U, 256U, 257U, 100'000U}) {
    EXPECT_EQ(receive(fresh_, piece), "") << piece;
    EXPECT_TRUE(whole_image(flash_, layout, 1).ok()) << piece;
    EXPECT_TRUE(records_->save({}));  // cancelled
  }
}

TEST_F(an_updater, takes_an_image_that_just_fits) {
  EXPECT_EQ(receive(maker().image(layout.slot_bytes - header_bytes, 2, "b")), "");
  EXPECT_TRUE(whole_image(flash_, layout, 1).ok());
}

TEST_F(an_updater, refuses_an_image_that_is_larger_than_a_slot) {
  EXPECT_EQ(receive(maker().image(layout.slot_bytes - header_bytes + 1, 2, "b")),
            "the image is larger than a slot");
  EXPECT_FALSE(updater_->busy());
  EXPECT_FALSE(touched());
}

TEST_F(an_updater, refuses_a_file_that_is_no_image) {
  EXPECT_EQ(receive(std::vector<std::byte>(header_bytes)), "this file is no firmware image");
  EXPECT_EQ(receive(std::vector<std::byte>(5000)), "this file is no firmware image");
  EXPECT_FALSE(touched());
}

TEST_F(an_updater, erases_nothing_for_a_wrong_signature) {
  a_maker thief(3);
  EXPECT_EQ(receive(thief.image(4000, 2, "b")), "the signature of the image is wrong");
  EXPECT_FALSE(touched());
}

TEST_F(an_updater, refuses_an_image_for_another_product) {
  EXPECT_EQ(receive(maker().image(4000, 2, "b", "lamps")), "the image is for another product");
  EXPECT_FALSE(touched());
}

TEST_F(an_updater, refuses_an_image_that_is_older_than_allowed) {
  EXPECT_EQ(receive(maker().image(4000, 0, "b")), "the image is older than this device allows");
  EXPECT_EQ(receive(maker().image(4000, 1, "b")), "");
}

TEST_F(an_updater, refuses_a_file_whose_length_is_not_that_of_its_header) {
  auto image = fresh_;
  image.push_back(std::byte{0});
  EXPECT_EQ(receive(image), "the file is not as long as the header of the image says");
  EXPECT_FALSE(touched());
}

TEST_F(an_updater, marks_nothing_whose_payload_was_changed) {
  for (const std::size_t at : {header_bytes, fresh_.size() / 2, fresh_.size() - 1}) {
    auto image = fresh_;
    image[at] ^= std::byte{0x10};
    EXPECT_EQ(receive(image), "the image is damaged: its hash is wrong");
    EXPECT_EQ(records_->state().other, candidate::none);
  }
}

TEST_F(an_updater, notices_a_piece_that_is_missing_or_comes_twice) {
  const std::span<const std::byte> image(fresh_);
  for (const std::size_t next : {0U, 600U, 800U}) {
    ASSERT_TRUE(updater_->begin(image.size()).ok());
    ASSERT_TRUE(updater_->write(0, image.first(700)).ok());
    EXPECT_EQ(updater_->write(next, image.subspan(next, 100)).reason(),
              "a part of the image is missing, or came twice");
    EXPECT_FALSE(updater_->busy());
  }
}

TEST_F(an_updater, notices_an_image_that_ends_too_early_or_too_late) {
  const std::span<const std::byte> image(fresh_);
  ASSERT_TRUE(updater_->begin(image.size()).ok());
  ASSERT_TRUE(updater_->write(0, image.first(image.size() - 1)).ok());
  EXPECT_EQ(updater_->finish().reason(), "the image ends too early");
  ASSERT_TRUE(updater_->begin(image.size()).ok());
  ASSERT_TRUE(updater_->write(0, image).ok());
  EXPECT_EQ(updater_->write(image.size(), image.first(1)).reason(),
            "the image is longer than announced");
}

TEST_F(an_updater, does_nothing_that_was_not_begun) {
  EXPECT_EQ(updater_->write(0, fresh_).reason(), "no image is being received");
  EXPECT_EQ(updater_->finish().reason(), "no image is being received");
  ASSERT_TRUE(updater_->begin(5000).ok());
  EXPECT_EQ(updater_->begin(5000).reason(), "another image is being received");
  updater_->abandon();
  EXPECT_EQ(updater_->finish().reason(), "no image is being received");
  EXPECT_FALSE(touched());
}

TEST_F(an_updater, does_not_overwrite_what_waits_for_a_restart) {
  ASSERT_EQ(receive(fresh_), "");
  EXPECT_EQ(receive(fresh_), "an image waits for the restart: restart, or cancel it");
}

TEST_F(an_updater, does_not_overwrite_the_confirmed_image_while_another_is_tried) {
  ASSERT_EQ(receive(fresh_), "");
  restart();
  EXPECT_EQ(receive(fresh_), "the running image is not confirmed yet");
}

TEST_F(an_updater, goes_on_in_the_first_slot_when_the_second_is_confirmed) {
  ASSERT_EQ(receive(fresh_), "");
  restart();
  ASSERT_TRUE(confirm());
  ASSERT_EQ(receive(maker().image(2000, 3, "third")), "");
  EXPECT_EQ(whole_image(flash_, layout, 0)->build, "third");
  EXPECT_EQ(running(), "fresh");
}

TEST_F(an_updater, says_when_the_flash_fails) {
  std::vector<std::string> seen;
  for (std::size_t nth = 1;; ++nth) {
    flash_.fail_in(nth, cut::before);
    const std::string why = receive(fresh_);
    if (!flash_.dead()) break;
    if (std::find(seen.begin(), seen.end(), why) == seen.end()) seen.push_back(why);
    restart();
  }
  EXPECT_EQ(seen, (std::vector<std::string>{"the flash could not be erased",
                                            "the flash could not be written"}));
}

TEST_F(an_updater, notices_flash_that_does_not_keep_what_was_written) {
  ASSERT_TRUE(updater_->begin(fresh_.size()).ok());
  flash_.unreadable = true;
  EXPECT_EQ(updater_->write(0, fresh_).reason(), "the flash does not hold what was written");
}

}  // namespace
}  // namespace musubi::update::test
