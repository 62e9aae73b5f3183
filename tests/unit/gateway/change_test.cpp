#include "settings/change.hpp"

#include <gtest/gtest.h>

namespace gateway {
namespace {

change renaming(const gateway_name& name) {
  change wanted;
  wanted.what = change::kind::rename;
  wanted.name = name;
  return wanted;
}

change of(change::kind what, std::uint32_t period = 0) {
  change wanted;
  wanted.what = what;
  wanted.period = period;
  return wanted;
}

}  // namespace

TEST(a_change, renames_with_the_name_trimmed) {
  settings values;
  EXPECT_TRUE(renaming("  Cellar ").apply(values));
  EXPECT_EQ(values.name.view(), "Cellar");
}

TEST(a_change, that_is_refused_changes_nothing) {
  settings values;
  values.name = "Cellar";
  EXPECT_EQ(renaming("  ").apply(values).field(), "name");
  EXPECT_EQ(of(change::kind::set_period, 99).apply(values).field(), "milliseconds");
  EXPECT_EQ(values.name.view(), "Cellar");
  EXPECT_EQ(values.period, settings::default_period);
}

TEST(a_change, sets_the_period) {
  settings values;
  EXPECT_TRUE(of(change::kind::set_period, 250).apply(values));
  EXPECT_EQ(values.period, 250U);
}

TEST(a_change, pauses_and_resumes) {
  settings values;
  EXPECT_TRUE(of(change::kind::pause).apply(values));
  EXPECT_TRUE(values.paused);
  EXPECT_TRUE(of(change::kind::resume).apply(values));
  EXPECT_FALSE(values.paused);
}

TEST(a_change, counts_the_resets) {
  settings values;
  EXPECT_TRUE(of(change::kind::reset_counters).apply(values));
  EXPECT_TRUE(of(change::kind::reset_counters).apply(values));
  EXPECT_EQ(values.resets, 2U);
}

TEST(a_change, is_kept_over_a_restart_when_it_is_a_name_or_a_period) {
  EXPECT_TRUE(of(change::kind::rename).is_kept());
  EXPECT_TRUE(of(change::kind::set_period).is_kept());
  EXPECT_FALSE(of(change::kind::pause).is_kept());
  EXPECT_FALSE(of(change::kind::reset_counters).is_kept());
}

}  // namespace gateway
