/// Async values, as a user tests them: the clock is the test's.

#include "forecast.hpp"

#include <gtest/gtest.h>

#include <musubi/testkit/mounted.hpp>

namespace {

using namespace std::chrono_literals;
using musubi::async_status;
using page_of_the_weather = musubi::testkit::mounted<weather_station>;

TEST(a_forecast, is_loading_until_it_is_there) {
  page_of_the_weather page;
  EXPECT_TRUE(page.dispatch(weather_station::Refresh{"Oslo"}).ok);
  EXPECT_EQ(page.state().weather.status, async_status::loading);
  page.advance(2s);
  EXPECT_EQ(page.state().weather.status, async_status::ok);
  EXPECT_EQ(page.state().weather.result->celsius, 21);
}

TEST(a_forecast, that_fails_says_why_and_leaves_the_old_one) {
  page_of_the_weather page;
  (void)page.dispatch(weather_station::Refresh{"Oslo"});
  page.advance(2s);
  (void)page.dispatch(weather_station::Refresh{"Atlantis"});
  page.advance(2s);
  EXPECT_EQ(page.state().weather.status, async_status::failed);
  EXPECT_EQ(page.state().weather.reason->value, "no such place");
  EXPECT_EQ(page.state().weather.result->celsius, 21);
}

TEST(a_forecast, may_be_stopped) {
  page_of_the_weather page;
  (void)page.dispatch(weather_station::Refresh{"Oslo"});
  (void)page.dispatch(weather_station::Stop{});
  EXPECT_EQ(page.state().weather.reason->value, "stopped");
  page.advance(5s);
  EXPECT_EQ(page.state().weather.status, async_status::failed);
}

TEST(a_diagnosis, is_told_when_it_is_done) {
  page_of_the_weather page;
  (void)page.dispatch(weather_station::Diagnose{});
  EXPECT_EQ(page.state().diagnosis, "testing");
  page.advance(3s);
  EXPECT_EQ(page.state().diagnosis, "all sensors answer");
}

}  // namespace
