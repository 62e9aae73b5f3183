#include <gtest/gtest.h>

#include <musubi/rauc/rauc_status.hpp>

namespace musubi::rauc {
namespace {

TEST(the_status_of_rauc, says_which_slot_is_booted_and_whether_it_is_good) {
  rauc_status read;
  ASSERT_TRUE(read_status(
      "RAUC_SYSTEM_COMPATIBLE='gateway'\nRAUC_SYSTEM_BOOTED_BOOTNAME='B'\nRAUC_SLOTS='1 2'\n"
      "RAUC_SLOT_STATE_1='inactive'\nRAUC_SLOT_BOOT_STATUS_1='good'\n"
      "RAUC_SLOT_STATE_2='booted'\nRAUC_SLOT_BOOT_STATUS_2='bad'\n",
      read));
  EXPECT_EQ(read.booted, "B");
  EXPECT_FALSE(read.is_good);
  ASSERT_TRUE(read_status(
      "RAUC_SYSTEM_BOOTED_BOOTNAME='A'\nRAUC_SLOT_STATE_1='booted'\nRAUC_SLOT_BOOT_STATUS_1='good'",
      read));
  EXPECT_EQ(read.booted, "A");
  EXPECT_TRUE(read.is_good);
}

TEST(the_status_of_rauc, is_nothing_without_a_booted_slot) {
  rauc_status read;
  for (const std::string_view text :
       {"", "\n\n", "RAUC_SYSTEM_BOOTED_BOOTNAME=''\n", "RAUC_SYSTEM_BOOTED_BOOTNAME=A\n",
        "RAUC_SYSTEM_BOOTED_BOOTNAME='far longer than a name of a slot'\n"}) {
    EXPECT_FALSE(read_status(text, read)) << text;
  }
}

}  // namespace
}  // namespace musubi::rauc
