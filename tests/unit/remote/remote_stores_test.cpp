// Stores of a real host whose structs are not always those of the client.
#include "support/remote_wire.hpp"
#include "support/small_limits.hpp"
#include "unit/memory/region.hpp"

#include <chrono>
#include <functional>
#include <gtest/gtest.h>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include <musubi/async/sleep.hpp>
#include <musubi/async/task_group.hpp>
#include <musubi/memory_port/host.hpp>
#include <musubi/remote/remote.hpp>

namespace musubi::test {
namespace {

using namespace std::chrono_literals;

enum class pace : std::uint8_t { slow, fast };

struct wheel {
  static constexpr std::string_view module = "Test.Wheel";
  struct Props {
    std::int32_t turns;
  };
  struct State {
    std::int32_t turns;
  };
  [[nodiscard]] State render() const { return {props.turns}; }
  Props props;
};

/// An event of stores of several kinds.
struct Squeak {
  text<8> sound;
};
struct pin {
  static constexpr std::string_view module = "Test.Pin";
  struct State {};
  struct Bend {};
  using commands = musubi::commands<Bend>;
  using events = musubi::events<Squeak>;
  status handle(const Bend&, context& ctx) {
    ctx.push_event(Squeak{"snap"});
    return {};
  }
  [[nodiscard]] State render() const { return {}; }
};
struct Slip {
  std::int32_t teeth;
};
struct gear {
  static constexpr std::string_view module = "Test.Gear";
  struct Inside {
    std::optional<child<pin>> pin_there;
  };
  struct State {
    Inside inside;
    std::optional<child<pin>> spare;
  };
  struct Turn {};
  using commands = musubi::commands<Turn>;
  using events = musubi::events<Slip, Squeak>;
  status handle(const Turn&, context& ctx) {
    ctx.push_event(Slip{3});
    ctx.push_event(Squeak{"scree"});
    return {};
  }
  [[nodiscard]] State render() const { return {{child<pin>("p")}, child<pin>("inside")}; }
};
/// A root that says nothing itself, with stores at many places.
struct clock_tower {
  static constexpr std::string_view module = "Test.ClockTower";
  struct Wing {
    list<child<gear>, 2> gears;
  };
  struct State {
    child<gear> main;
    std::optional<child<pin>> lock;
    std::array<Wing, 2> wings;
    dict<text<8>, child<pin>, 2> named;
  };
  [[nodiscard]] State render() const {
    State state{.main = {"main"}, .lock = child<pin>("l\"o"), .wings = {}, .named = {}};
    (void)state.wings[0].gears.push_back({"east"});
    (void)state.wings[1].gears.push_back({7});
    (void)state.named.set(text<8>("first"), child<pin>("f"));
    return state;
  }
};

/// What the server was compiled with.
struct mill {
  static constexpr std::string_view module = "Test.Mill";
  struct Step {
    std::int32_t id;
  };
  struct State {
    std::int32_t turns;
    pace speed;
    text<16> name;
    list<child<wheel>, 2> wheels;
    stream<Step> steps;
  };
  struct Chime {
    std::int32_t turn;
  };
  struct Creak {
    text<16> where;
  };
  using events = musubi::events<Chime, Creak>;
  struct Turn {};
  struct Answer {
    std::int32_t milliseconds;
  };
  using commands = musubi::commands<Turn, Answer>;

  status handle(const Turn&, context& ctx) {
    ++turns;
    ctx.stream<&State::steps>().insert(Step{turns});
    ctx.push_event(Chime{turns});
    if (turns % 2 == 0) ctx.push_event(Creak{"axle"});
    return {};
  }
  task<status> handle(const Answer& command, context&) {
    const duration delay = std::chrono::milliseconds(command.milliseconds);
    co_await sleep(delay);
    co_return status();
  }
  [[nodiscard]] State render() const {
    State state{.turns = turns, .speed = pace::fast, .name = "the mill", .wheels = {}, .steps = {}};
    (void)state.wheels.push_back({"left", {turns}});
    (void)state.wheels.push_back({"right", {-turns}});
    return state;
  }
  std::int32_t turns = 0;
};
struct mill_socket {
  using roots = musubi::roots<mill, clock_tower>;
};

/// An earlier client's, which does not know all of it.
struct older_mill {
  static constexpr std::string_view module = mill::module;
  struct State {
    std::int32_t turns;
    text<16> name;
  };
};
/// A later client's.
struct newer_mill {
  static constexpr std::string_view module = mill::module;
  struct State {
    std::int32_t turns;
    std::int32_t temperature;
  };
};
struct mill_of_texts {
  static constexpr std::string_view module = mill::module;
  struct State {
    text<16> turns;
  };
};
enum class other_pace : std::uint8_t { slow, medium };
struct mill_of_other_pace {
  static constexpr std::string_view module = mill::module;
  struct State {
    other_pace speed;
  };
};
struct mill_of_short_names {
  static constexpr std::string_view module = mill::module;
  struct State {
    text<4> name;
  };
};
struct chime_of_texts {
  struct Chime {
    text<16> turn;
  };
};
struct mill_of_other_events {
  static constexpr std::string_view module = mill::module;
  using State = older_mill::State;
  using events = musubi::events<chime_of_texts::Chime>;
};

class remote_mills : public ::testing::Test {
 protected:
  static constexpr remote_limits sizes{.roots = 10,
                                       .message_bytes = 4096,
                                       .outgoing_bytes = 4096,
                                       .calls = 4,
                                       .state_bytes = 2048,
                                       .tree_bytes = 65536};
  template <class Store, class Command>
  task<> ask(remote<Store>& of, Command command, std::string& outcome,
             std::string_view store_id = "[]") {
    const auto answer = co_await of.call(store_id, command);
    outcome = answer.ok() ? "ok" : std::string(answer.error().reason());
  }
  template <class Store, class Command>
  std::string call(remote<Store>& of, Command command, std::string_view store_id = "[]") {
    std::string outcome = "no answer";
    EXPECT_TRUE(group_.spawn(ask(of, command, outcome, store_id)).ok());
    net_.run();
    return outcome;
  }
  template <class Store>
  std::string why_not() {
    remote<Store> mounted(connection_, "other");
    net_.run();
    EXPECT_EQ(mounted.status(), remote_status::live);
    EXPECT_EQ(mounted.live(), mounted.fits());
    return std::string(mounted.why());
  }

  memory_port::host<mill_socket> host_{{.limits = small_limits()}};
  host_network net_{host_.events()};
  region memory_{remote_server::bytes(sizes)};
  remote_server connection_{
      host_.core().loop(), net_, {"localhost", "/socket"}, sizes, memory_.begin()};
  task_group group_;
};

TEST_F(remote_mills, of_an_older_client_ignore_the_fields_that_it_does_not_know) {
  remote<older_mill> mounted(connection_, "main");
  net_.run();
  ASSERT_TRUE(mounted.live()) << mounted.why();
  EXPECT_EQ(mounted.state().name, "the mill");
}

TEST_F(remote_mills, of_another_version_are_not_live_and_the_field_is_named) {
  EXPECT_EQ(why_not<newer_mill>(),
            "the state does not fit its struct: temperature: expected integer");
  EXPECT_EQ(why_not<mill_of_texts>(), "the state does not fit its struct: turns: expected string");
  EXPECT_EQ(why_not<mill_of_other_pace>(),
            "the state does not fit its struct: speed: expected one of slow, medium");
  EXPECT_EQ(why_not<mill_of_short_names>(),
            "the state does not fit its struct: name: expected string of at most 4 bytes");
}

TEST_F(remote_mills, have_the_states_of_their_children_and_the_items_of_their_streams) {
  remote<mill> mounted(connection_, "main");
  net_.run();
  EXPECT_EQ(call(mounted, mill::Turn{}), "ok");
  EXPECT_EQ(call(mounted, mill::Turn{}), "ok");
  ASSERT_TRUE(mounted.live()) << mounted.why();
  EXPECT_EQ(mounted.state().turns, 2);
  wheel::State right{};
  EXPECT_TRUE(mounted.child<wheel>(R"(["wheels","right"])", right));
  EXPECT_EQ(right.turns, -2);
  EXPECT_FALSE(mounted.child<wheel>(R"(["wheels","none"])", right));
  std::vector<std::int32_t> numbers;
  const auto note = [&](const mill::Step& step) { numbers.push_back(step.id); };
  EXPECT_EQ(mounted.items<mill::Step>("steps", note), 0U);
  EXPECT_EQ(numbers, (std::vector<std::int32_t>{1, 2}));
}

struct heard_events {
  void handle_info(const mill::Chime& chime) {
    heard += "chime " + std::to_string(chime.turn) + " ";
    if (then) then();
  }
  void handle_info(const mill::Creak& creak) { heard += std::string(creak.where.view()) + " "; }
  std::string heard;
  std::function<void()> then;
};
struct heard_creaks {
  void handle_info(const mill::Creak&) { ++creaks; }
  int creaks = 0;
};

TEST_F(remote_mills, tell_their_listeners_of_events_by_type) {
  remote<mill> mounted(connection_, "main");
  heard_events all;
  heard_creaks some;
  const remote<mill>::listener<heard_events> first(mounted, all);
  const remote<mill>::listener<heard_creaks> second(mounted, some);
  net_.run();
  (void)call(mounted, mill::Turn{});
  EXPECT_EQ(all.heard, "chime 1 ");
  (void)call(mounted, mill::Turn{});
  EXPECT_EQ(all.heard, "chime 1 chime 2 axle ");
  EXPECT_EQ(some.creaks, 1);
  EXPECT_EQ(mounted.unfit_events(), 0U);
}

TEST_F(remote_mills, may_lose_a_listener_while_another_hears) {
  remote<mill> mounted(connection_, "main");
  heard_events all;
  heard_creaks some;
  std::optional<remote<mill>::listener<heard_creaks>> second;
  const remote<mill>::listener<heard_events> first(mounted, all);
  second.emplace(mounted, some);
  all.then = [&] { second.reset(); };
  net_.run();
  (void)call(mounted, mill::Turn{});
  (void)call(mounted, mill::Turn{});
  EXPECT_EQ(all.heard, "chime 1 chime 2 axle ");
  EXPECT_EQ(some.creaks, 0);
}

struct heard_texts {
  void handle_info(const chime_of_texts::Chime&) { ++chimes; }
  int chimes = 0;
};

TEST_F(remote_mills, count_events_of_another_version) {
  remote<mill_of_other_events> mounted(connection_, "main");
  heard_texts none;
  const remote<mill_of_other_events>::listener<heard_texts> hears(mounted, none);
  net_.run();
  EXPECT_EQ(call(mounted, mill::Turn{}), "ok");
  EXPECT_EQ(none.chimes, 0);
  EXPECT_EQ(mounted.unfit_events(), 1U);
}

struct heard_below {
  void handle_info(const Squeak& squeak, const remote_place& from) {
    heard += std::string(from.store_id) + std::string(squeak.sound.view()) + " ";
    ids += std::string(from.id) + " ";
  }
  void handle_info(const Slip& slip, const remote_place& from) {
    heard += std::string(from.store_id) + std::to_string(slip.teeth) + " ";
  }
  void handle_info(const mill::Chime&) { heard += "not of this root "; }
  std::string heard;
  std::string ids;
};

TEST_F(remote_mills, tell_their_listeners_of_the_events_of_stores_below_by_type_and_place) {
  remote<clock_tower> mounted(connection_, "main");
  heard_below below;
  const remote<clock_tower>::listener<heard_below> hears(mounted, below);
  net_.run();
  const auto of = [&](std::string_view store_id, auto command) {
    below.heard.clear();
    below.ids.clear();
    EXPECT_EQ(call(mounted, command, store_id), "ok") << store_id;
    return below.heard + below.ids;
  };
  EXPECT_EQ(of(R"(["main"])", gear::Turn{}), R"(["main"]3 ["main"]scree main )");
  EXPECT_EQ(of(R"(["main","inside","p"])", pin::Bend{}), R"(["main","inside","p"]snap p )");
  // a child alone, whose id is the key of another value
  EXPECT_EQ(of(R"(["main","inside"])", pin::Bend{}), R"(["main","inside"]snap inside )");
  EXPECT_EQ(of(R"(["l\"o"])", pin::Bend{}), R"(["l\"o"]snap l"o )");
  EXPECT_EQ(of(R"(["wings","gears","east"])", gear::Turn{}),
            R"(["wings","gears","east"]3 ["wings","gears","east"]scree east )");
  EXPECT_EQ(of(R"(["wings","gears","7","inside","p"])", pin::Bend{}),
            R"(["wings","gears","7","inside","p"]snap p )");
  EXPECT_EQ(of(R"(["named","f"])", pin::Bend{}), R"(["named","f"]snap f )");
  EXPECT_EQ(mounted.unfit_events(), 0U);
}

struct heard_slips {
  void handle_info(const Slip&, const remote_place&) { ++slips; }
  void handle_info(const Squeak&) { ++squeaks; }
  int slips = 0;
  int squeaks = 0;
};

TEST_F(remote_mills, tell_a_listener_of_nothing_for_which_it_has_no_function) {
  remote<clock_tower> mounted(connection_, "main");
  heard_slips some;
  const remote<clock_tower>::listener<heard_slips> hears(mounted, some);
  net_.run();
  EXPECT_EQ(call(mounted, gear::Turn{}, R"(["main"])"), "ok");
  EXPECT_EQ(some.slips, 1);
  EXPECT_EQ(some.squeaks, 0);  // it takes those of the root only
}

/// A client whose gears slip otherwise.
struct later_gear {
  struct Slip {
    text<8> teeth;
  };
  using events = musubi::events<Slip>;
  struct State {};
  [[nodiscard]] State render() const { return {}; }
};
struct later_tower {
  static constexpr std::string_view module = clock_tower::module;
  struct State {
    child<later_gear> main;
  };
};
struct heard_later {
  void handle_info(const later_gear::Slip&, const remote_place&) { ++slips; }
  int slips = 0;
};

TEST_F(remote_mills, count_events_of_stores_below_of_another_version) {
  remote<later_tower> mounted(connection_, "main");
  heard_later none;
  const remote<later_tower>::listener<heard_later> hears(mounted, none);
  net_.run();
  EXPECT_EQ(call(mounted, gear::Turn{}, R"(["main"])"), "ok");
  EXPECT_EQ(call(mounted, gear::Turn{}, R"(["wings","gears","east"])"), "ok");  // not in its struct
  EXPECT_EQ(none.slips, 0);
  EXPECT_EQ(mounted.unfit_events(), 1U);
}

TEST_F(remote_mills, ten_on_one_socket_each_go_their_own_way) {
  std::vector<std::string> ids;  // outlives those that are called so
  std::vector<std::unique_ptr<remote<mill>>> all;
  for (int i = 0; i < 10; ++i) ids.push_back("mill " + std::to_string(i));
  for (const std::string& id : ids) {
    all.push_back(std::make_unique<remote<mill>>(connection_, id));
  }
  net_.run();
  for (std::size_t i = 0; i < all.size(); ++i) {
    for (std::size_t turn = 0; turn < i; ++turn) EXPECT_EQ(call(*all[i], mill::Turn{}), "ok");
  }
  std::int32_t turns = 0;
  for (const auto& each : all) {
    ASSERT_TRUE(each->live()) << each->why();
    EXPECT_EQ(each->state().turns, turns++);
  }
  EXPECT_EQ(net_.wires.size(), 1U);
  all.erase(all.begin() + 3);
  net_.wires.back()->break_off();
  net_.run_for(1s);
  for (const auto& each : all) {
    EXPECT_TRUE(each->live()) << each->why();
    EXPECT_EQ(each->state().turns, 0) << "each was mounted anew";
  }
  EXPECT_EQ(net_.wires.size(), 2U);
}

TEST_F(remote_mills, of_a_server_that_takes_its_time_answer_late_and_the_others_meanwhile) {
  remote<mill> slow(connection_, "slow");
  remote<mill> other(connection_, "other");
  net_.run();
  std::string outcome = "no answer";
  EXPECT_TRUE(group_.spawn(ask(slow, mill::Answer{4000}, outcome)).ok());
  net_.run_for(3900ms);
  EXPECT_EQ(outcome, "no answer");
  EXPECT_EQ(call(other, mill::Turn{}), "ok");
  EXPECT_EQ(other.state().turns, 1);
  net_.run_for(200ms);
  EXPECT_EQ(outcome, "ok");
}

}  // namespace
}  // namespace musubi::test
