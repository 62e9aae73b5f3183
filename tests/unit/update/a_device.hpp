#pragma once
/// Flash with a confirmed image in slot 0, and what writes another one.

#include "unit/update/a_flash.hpp"
#include "unit/update/a_maker.hpp"

#include <gtest/gtest.h>
#include <optional>
#include <string>
#include <vector>

#include <musubi/update/updater.hpp>

namespace musubi::update::test {

class a_device : public ::testing::Test {
 protected:
  a_device() {
    std::copy(factory_.begin(), factory_.end(), flash_.bytes.begin() + layout.slots[0]);
    EXPECT_TRUE(maker().well());
    restart();
  }
  ~a_device() override { EXPECT_EQ(flash_.mistakes, 0); }

  /// One for all tests: a key takes a while.
  static a_maker& maker() {
    static a_maker made;
    return made;
  }
  /// Power returns: the first stage, then the program that it starts.
  std::optional<boot_choice> restart() {
    flash_.restore();
    const auto chosen = choose_slot(flash_, layout);
    records_.emplace(flash_, layout);
    EXPECT_TRUE(records_->load());
    updater_.emplace(flash_, layout, terms_, *records_);
    return chosen;
  }
  std::string running() {
    const auto image = whole_image(flash_, layout, records_->state().running());
    return image.ok() ? std::string(image->build.view()) : std::string(image.error().reason());
  }
  /// The reason why the image was refused; empty if it was taken.
  std::string receive(const std::vector<std::byte>& image, std::size_t piece = 700) {
    status made = updater_->begin(image.size());
    for (std::size_t at = 0; made.ok() && at < image.size(); at += piece) {
      made = updater_->write(at, std::span(image).subspan(at, std::min(piece, image.size() - at)));
    }
    if (made.ok()) made = updater_->finish();
    return std::string(made.reason());
  }
  bool confirm() {
    return records_->save({records_->state().running(), candidate::none, outcome::confirmed});
  }

  const std::vector<std::byte> factory_ = maker().image(3000, 1, "factory");
  const std::vector<std::byte> fresh_ = maker().image(4321, 2, "fresh");
  const image_terms terms_{maker().key(), "lamp", 1};
  a_flash flash_;
  std::optional<boot_records> records_;
  std::optional<updater> updater_;
};

}  // namespace musubi::update::test
