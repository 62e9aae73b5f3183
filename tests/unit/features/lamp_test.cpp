/// A setting that is kept: over restarts, power failures and firmware updates.

#include "lamp.hpp"

#include <array>
#include <gtest/gtest.h>
#include <vector>

#include <musubi/testkit/mounted.hpp>

namespace {

/// Two sectors of flash whose power may fail.
class flash final : public two_slots {
 public:
  void read(int slot, std::span<std::byte> into) noexcept override {
    const auto& bytes = slots_[static_cast<std::size_t>(slot)];
    std::copy_n(bytes.begin(), std::min(bytes.size(), into.size()), into.begin());
  }
  bool write(int slot, std::span<const std::byte> from) noexcept override {
    auto& bytes = slots_[static_cast<std::size_t>(slot)];
    bytes.assign(from.begin(), from.begin() + static_cast<std::ptrdiff_t>(
                                                  std::min(from.size(), until_power_fails)));
    return bytes.size() == from.size();
  }
  std::size_t until_power_fails = 1000;  // bytes

 private:
  std::array<std::vector<std::byte>, 2> slots_;
};

class a_lamp : public testing::Test {
 protected:
  a_lamp() { restart(); }
  void restart() {
    lamp_memory.open(memory);
    lamp_now.set(lamp_memory.get());
  }
  flash memory;
};

TEST_F(a_lamp, begins_with_its_defaults) {
  const musubi::testkit::mounted<lamp> page;
  EXPECT_EQ(page.state().brightness, 60);
  EXPECT_FALSE(page.state().night_light);
}

TEST_F(a_lamp, is_after_a_restart_as_bright_as_it_was_set) {
  for (const std::int32_t percent : {10, 20, 30}) {
    musubi::testkit::mounted<lamp> page;
    EXPECT_TRUE(page.dispatch(lamp::Dim{percent}).ok);
    restart();
    const musubi::testkit::mounted<lamp> later;
    EXPECT_EQ(later.state().brightness, percent);
  }
}

TEST_F(a_lamp, has_the_old_setting_when_the_power_fails_in_the_middle_of_saving) {
  musubi::testkit::mounted<lamp> page;
  (void)page.dispatch(lamp::Dim{10});
  for (std::size_t bytes = 0; bytes < 12 + sizeof(lamp_settings); ++bytes) {
    memory.until_power_fails = bytes;
    EXPECT_EQ(page.dispatch(lamp::Dim{99}).reason(), "the setting could not be saved");
    EXPECT_EQ(page.state().brightness, 10);
    restart();
    EXPECT_EQ(lamp_memory.get().brightness, 10) << bytes;
  }
}

TEST_F(a_lamp, keeps_its_setting_over_an_update_and_back) {
  struct of_the_first_firmware {
    std::int32_t brightness = 60;
  };
  kept<of_the_first_firmware> old;
  old.open(memory);
  EXPECT_TRUE(old.set({25}));
  restart();  // with the second firmware
  EXPECT_EQ(lamp_memory.get().brightness, 25);
  EXPECT_FALSE(lamp_memory.get().night_light);
  EXPECT_TRUE(lamp_memory.set({30, true}));
  old.open(memory);
  EXPECT_EQ(old.get().brightness, 30);
}

TEST_F(a_lamp, refuses_what_is_out_of_range) {
  musubi::testkit::mounted<lamp> page;
  EXPECT_EQ(page.dispatch(lamp::Dim{101}).field(), "percent");
  EXPECT_EQ(lamp_memory.get().brightness, 60);
}

}  // namespace
