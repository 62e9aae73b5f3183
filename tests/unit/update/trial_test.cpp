#include <gtest/gtest.h>

#include <musubi/update/trial.hpp>

namespace musubi::update {
namespace {

using namespace std::chrono_literals;
using step = trial::step;

bool works = true;

class a_trial : public testing::Test {
 protected:
  a_trial() { works = true; }
  /// A trial of five seconds.
  static trial begun(duration confirm_after = duration::zero()) {
    trial made({.within = 5s, .confirm_after = confirm_after, .healthy = [] { return works; }});
    made.begin();
    return made;
  }
  static void pass(trial& which, int seconds) {
    for (; seconds != 0; --seconds) EXPECT_EQ(which.second(), step::none);
  }
};

TEST_F(a_trial, is_on_from_its_beginning_to_its_end) {
  trial tried({.within = 5s});
  EXPECT_FALSE(tried.is_on());
  tried.begin();
  EXPECT_TRUE(tried.is_on());
  EXPECT_EQ(tried.seconds_left(), 5);
  tried.end();
  EXPECT_FALSE(tried.is_on());
}

TEST_F(a_trial, that_nobody_confirms_goes_back_and_is_on_until_it_has) {
  trial tried = begun();
  pass(tried, 4);
  EXPECT_EQ(tried.second(), step::go_back);
  EXPECT_EQ(tried.seconds_left(), 1);
  EXPECT_EQ(tried.second(), step::go_back);
}

TEST_F(a_trial, of_less_than_a_second_is_one) {
  trial tried({.within = 10ms});
  tried.begin();
  EXPECT_TRUE(tried.is_on());
  EXPECT_EQ(tried.second(), step::go_back);
}

TEST_F(a_trial, confirms_what_was_healthy_without_a_break) {
  trial tried = begun(3s);
  pass(tried, 1);
  works = false;
  pass(tried, 1);
  works = true;
  pass(tried, 2);
  EXPECT_EQ(tried.second(), step::confirm);
}

TEST_F(a_trial, asks_again_for_a_confirmation_that_has_failed_and_goes_back_in_the_end) {
  trial tried = begun(3s);
  pass(tried, 2);
  EXPECT_EQ(tried.second(), step::confirm);
  EXPECT_EQ(tried.second(), step::confirm);
  EXPECT_EQ(tried.second(), step::go_back);
}

TEST_F(a_trial, that_begins_anew_has_all_its_time) {
  trial tried = begun(2s);
  pass(tried, 1);
  EXPECT_EQ(tried.second(), step::confirm);
  tried.end();
  tried.begin();
  EXPECT_EQ(tried.seconds_left(), 5);
  pass(tried, 1);
  EXPECT_EQ(tried.second(), step::confirm);
}

}  // namespace
}  // namespace musubi::update
