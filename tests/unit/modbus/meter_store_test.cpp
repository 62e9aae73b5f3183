#include "stores/meter_store.hpp"

#include "simulator/simulated_meter.hpp"
#include "unit/async/virtual_host.hpp"

#include <chrono>
#include <gtest/gtest.h>
#include <limits>
#include <memory>
#include <optional>

#include <musubi/async/task_group.hpp>
#include <musubi/hosted/internal/work_queue.hpp>
#include <musubi/testkit/mounted.hpp>

namespace meter {
namespace {

using namespace std::chrono_literals;

/// A poller of a simulated meter. The test is the thread that does its work.
class a_poller : public testing::Test {
 protected:
  a_poller() {
    host_.loop().employ(work_);
    meter_->measure({.voltage = 231.5F, .power = 450, .imported = 17});
    the_meter = &poller_;
    EXPECT_TRUE(group_.spawn(poller_.run()).ok());
  }

  void do_all() {
    host_.run();
    while (work_.run_next()) host_.run();
  }
  musubi::task<> set(std::int32_t milliseconds) {
    outcome_ = co_await poller_.set_pulse_width(milliseconds);
  }
  std::optional<double> voltage() {
    const auto now = shown().voltage;
    return now ? std::optional(static_cast<double>(now->scaled()) / 10) : std::nullopt;
  }
  meter_store::State shown() { return meter_store().render(); }

  musubi::test::virtual_host host_;
  musubi::hosted::work_queue work_{8};
  std::optional<simulated_meter> meter_{std::in_place};
  bus line_{meter_->address()};
  poller poller_{line_, 1s};
  musubi::task_group group_;
  std::optional<musubi::status> outcome_;
};

TEST_F(a_poller, knows_nothing_at_first_and_says_so) {
  EXPECT_EQ(shown().voltage, std::nullopt);
  EXPECT_EQ(shown().problem, "the meter was not read yet");
}

TEST_F(a_poller, shows_what_the_meter_measures_once_a_period) {
  do_all();
  EXPECT_EQ(voltage(), 231.5);
  EXPECT_EQ(shown().power, 450);
  EXPECT_EQ(shown().pulse_width, 100);
  EXPECT_EQ(shown().problem, std::nullopt);
  meter_->measure({.voltage = 229});
  host_.run_for(999ms);
  do_all();
  EXPECT_EQ(voltage(), 231.5);
  host_.run_for(1ms);
  do_all();
  EXPECT_EQ(voltage(), 229);
}

TEST_F(a_poller, keeps_the_last_values_and_their_age_while_the_meter_is_away) {
  do_all();
  meter_.reset();
  host_.run_for(1s);
  do_all();
  host_.run_for(1s);
  do_all();
  EXPECT_EQ(voltage(), 231.5);
  EXPECT_TRUE(shown().problem.has_value());
  EXPECT_EQ(shown().silent_seconds, 2U);
}

TEST_F(a_poller, shows_at_once_that_a_request_takes_long) {
  host_.run_for(2s);  // no thread takes it
  EXPECT_EQ(shown().problem, "the meter does not answer");
  do_all();
  EXPECT_EQ(shown().problem, std::nullopt);
}

TEST_F(a_poller, writes_a_setting_and_shows_it) {
  do_all();
  ASSERT_TRUE(group_.spawn(set(200)).ok());
  do_all();
  EXPECT_TRUE(outcome_->ok());
  EXPECT_EQ(meter_->pulse_width(), 200);
  EXPECT_EQ(shown().pulse_width, 200);
}

TEST_F(a_poller, passes_on_that_the_meter_refused_a_setting) {
  do_all();
  ASSERT_TRUE(group_.spawn(set(7)).ok());
  do_all();
  EXPECT_EQ(outcome_->reason(), "the meter does not take this value");
  EXPECT_EQ(shown().pulse_width, 100);
}

TEST_F(a_poller, says_that_a_setting_may_still_be_made) {
  do_all();
  ASSERT_TRUE(group_.spawn(set(60)).ok());
  host_.run_for(4s);
  EXPECT_EQ(outcome_->reason(), "the meter does not answer; it may still be set");
}

TEST(a_meter_store, refuses_a_pulse_of_another_length) {
  bus line({.serial = "/dev/no-such-port"});
  poller nobody(line, 1s);
  the_meter = &nobody;
  musubi::testkit::mounted<meter_store> page;
  const auto answer = page.dispatch(meter_store::SetPulseWidth{.milliseconds = 150});
  EXPECT_EQ(answer.reason(), "a pulse takes 60, 100 or 200 ms");
  EXPECT_EQ(answer.field(), "milliseconds");
}

TEST(a_meter_store, shows_nothing_for_what_is_no_number) {
  EXPECT_EQ(meter_store::rounded<1>(std::numeric_limits<float>::quiet_NaN()), std::nullopt);
}

TEST(a_meter_store, shows_a_reading_as_soon_as_there_is_one) {
  bus line({.serial = "/dev/no-such-port"});
  poller nobody(line, 1s);
  the_meter = &nobody;
  musubi::testkit::mounted<meter_store> page;
  EXPECT_EQ(page.state().problem, "the meter was not read yet");
  nobody.known().set({.last = measurement{.frequency = 49.983F}, .pulse_width = 60, .problem = {}});
  page.run();
  EXPECT_EQ(page.state().frequency, musubi::fixed<2>::from_scaled(4998));
  EXPECT_EQ(page.state().problem, std::nullopt);
}

}  // namespace
}  // namespace meter
