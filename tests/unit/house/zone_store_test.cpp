#include "stores/zone_store.hpp"

#include <gtest/gtest.h>
#include <optional>

#include <musubi/testkit/mounted.hpp>

namespace house {
namespace {

/// A thermostat that remembers what it was asked, and answers as it is told.
struct asked_thermostat final : thermostat_controls {
  musubi::task<musubi::status> set_target(std::int32_t celsius) override {
    target = celsius;
    co_return answer;
  }
  musubi::task<musubi::status> set_mode(home::heating_mode wanted) override {
    mode = wanted;
    co_return answer;
  }
  musubi::task<musubi::status> close_window() override {
    ++closed;
    co_return answer;
  }
  std::optional<std::int32_t> target;
  std::optional<home::heating_mode> mode;
  int closed = 0;
  musubi::status answer;
};

class a_zone : public testing::Test {
 protected:
  a_zone() {
    all_zones.clear();
    shown_ = all_zones.add("kitchen");
    shown_->address = "192.0.2.7:80";
    shown_->controls = &asked_;
    shown_->state.set({});
  }

  asked_thermostat asked_;
  zone* shown_;
};

TEST_F(a_zone, is_mounted_by_its_name) {
  const musubi::testkit::mounted<zone_store> page({"kitchen"});
  EXPECT_EQ(page.state().name, "kitchen");
  EXPECT_EQ(page.state().address, "192.0.2.7:80");
  const musubi::testkit::mounted<zone_store> none({"attic"});
  EXPECT_EQ(none.error().why.reason(), "there is no such thermostat");
  EXPECT_EQ(none.error().why.field(), "zone");
}

TEST_F(a_zone, shows_what_its_link_knows) {
  musubi::testkit::mounted<zone_store> page({"kitchen"});
  EXPECT_EQ(page.state().link, contact::connecting);
  EXPECT_FALSE(page.state().climate.has_value());
  shown_->state.set({.link = contact::live, .why = {}, .age = {}, .last = climate{.target = 21}});
  page.run();
  EXPECT_EQ(page.state().link, contact::live);
  EXPECT_EQ(page.state().climate->target, 21);
  EXPECT_FALSE(page.state().why.has_value());
}

TEST_F(a_zone, keeps_the_last_values_and_says_how_old_they_are) {
  musubi::testkit::mounted<zone_store> page({"kitchen"});
  shown_->state.set({.link = contact::stale,
                     .why = "the connection has ended",
                     .age = 12,
                     .last = climate{.target = 21}});
  page.run();
  EXPECT_EQ(page.state().link, contact::stale);
  EXPECT_EQ(page.state().age, 12);
  EXPECT_EQ(*page.state().why, "the connection has ended");
  EXPECT_EQ(page.state().climate->target, 21);
}

TEST_F(a_zone, passes_commands_to_its_thermostat) {
  musubi::testkit::mounted<zone_store> page({"kitchen"});
  EXPECT_TRUE(page.dispatch(zone_store::SetTarget{23}).ok);
  EXPECT_TRUE(page.dispatch(zone_store::SetMode{home::heating_mode::eco}).ok);
  EXPECT_TRUE(page.dispatch(zone_store::CloseWindow{}).ok);
  EXPECT_EQ(asked_.target, 23);
  EXPECT_EQ(asked_.mode, home::heating_mode::eco);
  EXPECT_EQ(asked_.closed, 1);
}

TEST_F(a_zone, returns_the_refusal_of_its_thermostat) {
  musubi::testkit::mounted<zone_store> page({"kitchen"});
  asked_.answer = musubi::refuse("a target is from 5 to 30 degrees");
  const auto answer = page.dispatch(zone_store::SetTarget{31});
  EXPECT_FALSE(answer.ok);
  EXPECT_EQ(answer.reason(), "a target is from 5 to 30 degrees");
  EXPECT_FALSE(page.failed());
}

}  // namespace
}  // namespace house
