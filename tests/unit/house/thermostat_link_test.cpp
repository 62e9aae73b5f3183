// The link to a thermostat that is served in the same process.
#include "links/thermostat_link.hpp"

#include "support/remote_wire.hpp"
#include "support/small_limits.hpp"
#include "unit/memory/region.hpp"

#include <chrono>
#include <gtest/gtest.h>
#include <optional>
#include <string>

#include <musubi/memory_port/host.hpp>

constinit home::controller home::heating;

namespace house {
namespace {

using namespace std::chrono_literals;

/// A thermostat of an earlier time, which knew no target.
struct older_thermostat {
  static constexpr std::string_view module = home::thermostat::module;
  struct State {
    musubi::text<16> room;
    musubi::fixed<1> temperature;
    musubi::fixed<1> outside;
  };
  [[nodiscard]] State render() const { return {}; }
};
struct older_socket {
  using roots = musubi::roots<older_thermostat>;
};

/// One that lets nobody in.
struct closed_socket {
  using roots = musubi::roots<home::thermostat>;
  static musubi::status handle_join(const musubi::join_info&, musubi::connection&) {
    return musubi::refuse("the house is not known here");
  }
};

template <class Socket>
class linked {
 public:
  linked() {
    shown.state.set({});
    EXPECT_TRUE(host.spawn(link.run()).ok());
  }
  [[nodiscard]] zone_state now() { return shown.state.get(); }
  void run() { net.run(); }
  void run_for(musubi::duration span) { net.run_for(span); }
  void cut() {
    net.unreachable = true;
    net.wires.back()->break_off();
  }
  musubi::task<> ask(musubi::task<musubi::status> command) { answer = co_await command; }
  musubi::status reply_to(musubi::task<musubi::status>&& command) {
    EXPECT_TRUE(host.spawn(ask(std::move(command))).ok());
    run();
    return answer;
  }

  static constexpr musubi::remote_limits sizes{.roots = 1,
                                               .message_bytes = 4096,
                                               .outgoing_bytes = 2048,
                                               .calls = 2,
                                               .state_bytes = 2048,
                                               .tree_bytes = 65536};
  zone shown;
  musubi::memory_port::host<Socket> host{{.limits = musubi::test::small_limits()}};
  musubi::test::host_network net{host.events()};
  musubi::test::region memory{musubi::remote_server::bytes(sizes)};
  musubi::remote_server server{
      host.core().loop(), net, {"192.0.2.7", "/socket"}, sizes, memory.begin()};
  thermostat_link link{server, shown};
  musubi::status answer;
};

class a_thermostat_link : public testing::Test {
 protected:
  a_thermostat_link() {
    home::heating.target(21);
    home::heating.measured({1950, 420});
  }
  linked<home::home_socket> here_;
};

TEST_F(a_thermostat_link, connects_and_shows_the_thermostat) {
  EXPECT_EQ(here_.now().link, contact::connecting);
  here_.run();
  ASSERT_EQ(here_.now().link, contact::live) << here_.now().why.view();
  EXPECT_EQ(here_.now().last->target, 21);
  EXPECT_EQ(here_.now().last->outside, musubi::fixed<1>::from_scaled(42));
  EXPECT_EQ(here_.shown.address, "192.0.2.7");
}

TEST_F(a_thermostat_link, follows_what_others_do_there) {
  here_.run();
  home::heating.target(25);
  here_.run();
  EXPECT_EQ(here_.now().last->target, 25);
}

TEST_F(a_thermostat_link, passes_commands_on) {
  here_.run();
  EXPECT_TRUE(here_.reply_to(here_.link.set_target(18)).ok());
  EXPECT_TRUE(here_.reply_to(here_.link.set_mode(home::heating_mode::eco)).ok());
  EXPECT_EQ(home::heating.state().get().target, 18);
  EXPECT_EQ(home::heating.state().get().mode, home::heating_mode::eco);
  EXPECT_EQ(here_.now().last->mode, home::heating_mode::eco);
}

TEST_F(a_thermostat_link, returns_a_refusal_in_the_words_of_the_thermostat) {
  here_.run();
  const musubi::status answer = here_.reply_to(here_.link.set_target(31));
  EXPECT_EQ(answer.code(), musubi::errc::refused);
  EXPECT_EQ(answer.reason(), "celsius: expected integer from 5 to 30");
}

TEST_F(a_thermostat_link, keeps_the_last_values_with_their_age_while_the_thermostat_is_away) {
  here_.run();
  here_.cut();
  here_.run_for(12s);
  EXPECT_EQ(here_.now().link, contact::stale);
  EXPECT_EQ(here_.now().age, 12);
  EXPECT_FALSE(here_.now().why.empty());
  EXPECT_EQ(here_.now().last->target, 21);
  here_.run_for(115s);
  EXPECT_EQ(here_.now().age, 120) << "whole minutes are enough";
  here_.net.unreachable = false;
  here_.run_for(6s);
  EXPECT_EQ(here_.now().link, contact::live);
  EXPECT_EQ(here_.now().age, std::nullopt);
}

TEST_F(a_thermostat_link, refuses_commands_while_the_thermostat_is_away) {
  here_.run();
  here_.cut();
  here_.run();
  const musubi::status answer = here_.reply_to(here_.link.close_window());
  EXPECT_EQ(answer.code(), musubi::errc::refused) << "a failure would end the page of the browser";
  EXPECT_EQ(answer.reason(), "the store is not live");
}

TEST(a_thermostat_link_to_another_version, names_the_field) {
  linked<older_socket> here;
  here.run();
  EXPECT_EQ(here.now().link, contact::other_version);
  EXPECT_EQ(here.now().why, "the state does not fit its struct: target: expected integer");
  EXPECT_FALSE(here.now().last.has_value());
}

TEST(a_thermostat_link_that_is_not_let_in, says_why) {
  linked<closed_socket> here;
  here.run();
  EXPECT_EQ(here.now().link, contact::refused);
  EXPECT_EQ(here.now().why, "the house is not known here");
}

}  // namespace
}  // namespace house
