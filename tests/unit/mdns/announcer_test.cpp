#include <chrono>
#include <gtest/gtest.h>
#include <string>
#include <utility>
#include <vector>

#include <musubi/mdns/internal/announcer.hpp>

namespace musubi::mdns {
namespace {

using namespace std::chrono_literals;

/// A responder that does what the test says.
struct played_responder final : responder {
  reason open(responder_events& to) noexcept override {
    ++opened;
    events = &to;
    if (!refusal_to_open.empty()) return reason::clipped(refusal_to_open);
    if (ready_at_once) to.on_ready("cellar.local");
    return {};
  }
  void close() noexcept override { ++closed; }
  reason publish(const service_name& name, const advert&) noexcept override {
    asked.emplace_back(name.view());
    if (collides_at_once) events->on_collision();
    return reason::clipped(refusal_to_publish);
  }
  void wait(std::optional<duration>) noexcept override {}
  void wake() noexcept override {}

  bool ready_at_once = true;
  bool collides_at_once = false;
  std::string refusal_to_open, refusal_to_publish;
  responder_events* events = nullptr;
  int opened = 0;
  int closed = 0;
  std::vector<std::string> asked;  // names
};

class an_announcer : public testing::Test, public announcer_log {
 protected:
  void say(log_level, std::string_view line) noexcept override { said.emplace_back(line); }
  void is_found_as(std::string_view host) noexcept override { hosts.emplace_back(host); }
  std::vector<std::string> take_said() { return std::exchange(said, {}); }
  std::vector<std::string> take_asked() { return std::exchange(avahi.asked, {}); }
  using lines = std::vector<std::string>;

  void go_on(duration later = {}) {
    now += later;
    announced.go_on(now);
  }
  void begin() {
    go_on();
    avahi.events->on_published();
    EXPECT_EQ(take_said(), lines{"mdns: announced as \"Cellar\", http://cellar.local:4000/"});
    EXPECT_EQ(take_asked(), lines{"Cellar"});
  }

  played_responder avahi;
  advert what{{.bind = "0.0.0.0", .port = 4000}, {}};
  announcer announced{avahi, what, "Cellar", *this};
  time_point now{1h};
  std::vector<std::string> said;
  std::vector<std::string> hosts;
};

TEST_F(an_announcer, says_that_it_is_announced_when_the_network_has_heard_of_it) {
  go_on();
  EXPECT_EQ(take_asked(), lines{"Cellar"});
  EXPECT_EQ(take_said(), lines());
  avahi.events->on_published();
  EXPECT_EQ(take_said(), lines{"mdns: announced as \"Cellar\", http://cellar.local:4000/"});
  EXPECT_EQ(announced.due(), std::nullopt);
}

TEST_F(an_announcer, does_not_tell_the_same_name_of_the_machine_twice) {
  begin();
  avahi.events->on_lost("Avahi has stopped");
  go_on();
  EXPECT_EQ(hosts, lines{"cellar.local"});
}

TEST_F(an_announcer, opens_again_after_pauses_that_double) {
  avahi.refusal_to_open = "there is no D-Bus";
  go_on();
  EXPECT_EQ(take_said(), lines{"mdns: not announced: there is no D-Bus"});
  for (const auto pause : {1s, 2s, 4s, 8s, 16s, 32s, 60s, 60s}) {
    const int before = avahi.opened;
    EXPECT_EQ(announced.due(), now + pause);
    go_on(pause - 1ms);
    EXPECT_EQ(avahi.opened, before);
    go_on(1ms);
    EXPECT_EQ(avahi.opened, before + 1);
  }
  EXPECT_EQ(take_said(), lines());  // not the same once more
  avahi.refusal_to_open = {};
  go_on(60s);
  EXPECT_EQ(take_asked(), lines{"Cellar"});
}

TEST_F(an_announcer, waits_for_a_responder_that_is_not_running) {
  avahi.ready_at_once = false;
  go_on();
  avahi.events->on_absent("Avahi is not running");
  EXPECT_EQ(take_said(), lines{"mdns: not announced: Avahi is not running"});
  EXPECT_EQ(announced.due(), std::nullopt);
  avahi.events->on_ready("cellar.local");
  EXPECT_EQ(announced.due(), time_point());
  go_on();
  EXPECT_EQ(take_asked(), lines{"Cellar"});
}

TEST_F(an_announcer, opens_at_once_after_it_was_announced) {
  begin();
  avahi.ready_at_once = false;
  avahi.events->on_lost("Avahi has stopped");
  EXPECT_EQ(take_said(), lines{"mdns: not announced any more: Avahi has stopped"});
  go_on();
  EXPECT_EQ(avahi.closed, 1);
  EXPECT_EQ(avahi.opened, 2);
  avahi.events->on_absent("Avahi is not running");
  EXPECT_EQ(take_said(), lines());  // it was said
  avahi.events->on_ready("cellar.local");
  go_on();
  avahi.events->on_published();
  EXPECT_EQ(take_said(), lines{"mdns: announced as \"Cellar\", http://cellar.local:4000/"});
}

TEST_F(an_announcer, does_not_open_at_once_if_it_was_never_announced) {
  go_on();
  for (int i = 0; i < 3; ++i) {
    avahi.events->on_lost("it has no time");
    go_on();
  }
  EXPECT_EQ(avahi.opened, 1);
  go_on(1s);
  EXPECT_EQ(avahi.opened, 2);
}

TEST_F(an_announcer, ignores_a_connection_that_is_lost) {
  go_on();
  avahi.events->on_lost("it is gone");
  avahi.events->on_published();
  avahi.events->on_ready("cellar.local");
  avahi.events->on_collision();
  (void)take_asked();
  go_on();
  EXPECT_EQ(take_said(), lines{"mdns: not announced any more: it is gone"});
  EXPECT_EQ(take_asked(), lines());
}

TEST_F(an_announcer, tries_another_name_if_its_own_is_taken) {
  go_on();
  avahi.events->on_collision();
  go_on();
  EXPECT_EQ(take_asked(), (lines{"Cellar", "Cellar #2"}));
  avahi.events->on_published();
  EXPECT_EQ(take_said(), (lines{"mdns: another device is called \"Cellar\"; trying \"Cellar #2\"",
                                "mdns: announced as \"Cellar #2\", http://cellar.local:4000/"}));
  avahi.events->on_collision();  // another device comes to the network
  go_on();
  EXPECT_EQ(take_asked(), lines{"Cellar #3"});
}

TEST_F(an_announcer, gives_one_that_takes_every_name_a_rest) {
  avahi.collides_at_once = true;
  go_on();
  EXPECT_EQ(take_asked().size(), announcer::names_at_once);
  EXPECT_EQ(take_said().back(),
            "mdns: not announced: every name that was tried belongs to another device");
  go_on(999ms);
  EXPECT_EQ(take_asked(), lines());
  avahi.collides_at_once = false;
  go_on(1ms);
  EXPECT_EQ(take_asked(), lines{"Cellar"});
}

TEST_F(an_announcer, asks_again_after_a_refusal) {
  avahi.refusal_to_publish = "Too many objects";
  go_on();
  EXPECT_EQ(take_said(), lines{"mdns: not announced: Too many objects"});
  avahi.refusal_to_publish = {};
  go_on(1s);
  EXPECT_EQ(take_asked(), (lines{"Cellar", "Cellar"}));
  avahi.events->on_refused("Too many clients");
  go_on();
  EXPECT_EQ(take_said(), lines{"mdns: not announced: Too many clients"});
  EXPECT_EQ(announced.due(), now + 2s);
}

TEST_F(an_announcer, publishes_again_when_the_machine_changes_its_name) {
  begin();
  EXPECT_EQ(hosts, lines{"cellar.local"});
  avahi.events->on_absent({});
  EXPECT_EQ(take_said(), lines());
  avahi.events->on_ready("cellar-2.local");
  EXPECT_EQ(hosts, (lines{"cellar.local", "cellar-2.local"}));
  EXPECT_EQ(take_said(), lines{"mdns: this machine is found as cellar-2.local now, instead of "
                               "cellar.local"});
  go_on();
  avahi.events->on_published();
  EXPECT_EQ(take_said(), lines{"mdns: announced as \"Cellar\", http://cellar-2.local:4000/"});
}

TEST_F(an_announcer, publishes_another_name_in_place_of_the_first) {
  begin();
  announced.rename("Cellar");
  go_on();
  EXPECT_EQ(take_asked(), lines());
  announced.rename("Attic");
  go_on();
  EXPECT_EQ(take_asked(), lines{"Attic"});
  avahi.events->on_published();
  EXPECT_EQ(take_said(), lines{"mdns: announced as \"Attic\", http://cellar.local:4000/"});
}

TEST_F(an_announcer, keeps_a_new_name_for_a_responder_that_comes_later) {
  avahi.ready_at_once = false;
  go_on();
  announced.rename("Attic");
  go_on();
  EXPECT_EQ(take_asked(), lines());
  avahi.events->on_ready("cellar.local");
  go_on();
  EXPECT_EQ(take_asked(), lines{"Attic"});
}

}  // namespace
}  // namespace musubi::mdns
