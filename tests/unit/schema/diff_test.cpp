/// The typed diff against the algorithm of contract section 6.3, over random states.

#include "unit/schema/reference_diff.hpp"
#include "unit/schema/wire.hpp"

#include <gtest/gtest.h>
#include <random>
#include <string>
#include <variant>

namespace musubi {
namespace {

enum class season { off, eco, comfort };

struct rate {
  int value;
  text<2> to;
};

struct reading {
  int value;
  std::optional<double> error;
  text<4> unit;
};

/// Keys of each alone, before and behind those that others have; a struct in two of them.
struct shut {
  constant<"shut"> state;
};
struct leaking {
  int since;
  reading flow;
  constant<"leaking"> state{};
  text<4> unit;
};
struct opened {
  std::optional<reading> after;
  rate flow;
  constant<"open"> state{};
  int degrees;
  text<4> unit;
};
using valve = std::variant<shut, leaking, opened>;

struct room {
  valve heating;
  text<8> name;
  season now;
  std::optional<reading> last;
  list<reading, 3> history;
  std::array<bool, 2> windows;
};

struct building {
  list<valve, 3> pipes;
  std::optional<valve> main_pipe;
  dict<text<4>, valve, 2> named_pipes;
  dict<text<6>, room, 3> rooms;
  list<list<int, 3>, 2> grid;
  std::optional<room> hall;
  float outside;
  dict<text<4>, list<text<2>, 2>, 2> tags;
};

class random_building {
 public:
  building make() {
    building made{};
    for (int i = 0; i < 3; ++i) {
      if (chance()) {
        EXPECT_TRUE(
            made.rooms.set(*text<6>::from(one_of({"a", "b/c", "~d", "A", "e\""})), any_room()) ||
            made.rooms.size() == 3);
      }
    }
    while (chance() && !made.grid.full()) {
      list<int, 3> row;
      while (chance() && row.push_back(small())) {
      }
      EXPECT_TRUE(made.grid.push_back(row));
    }
    if (chance()) made.hall = any_room();
    while (chance() && made.pipes.push_back(any_valve())) {
    }
    if (chance()) made.main_pipe = any_valve();
    EXPECT_TRUE(chance() || made.named_pipes.set(*text<4>::from("cold"), any_valve()));
    EXPECT_TRUE(chance() || made.named_pipes.set(*text<4>::from("hot"), any_valve()));
    made.outside = static_cast<float>(small()) / 2;
    for (const auto* key : {"x", "y"}) {
      list<text<2>, 2> tags;
      while (chance() && tags.push_back(*text<2>::from(one_of({"p", "q"})))) {
      }
      EXPECT_TRUE(chance() || made.tags.set(*text<4>::from(key), tags));
    }
    return made;
  }

 private:
  bool chance() { return random_() % 3 != 0; }
  int small() { return static_cast<int>(random_() % 3); }
  std::string_view one_of(std::initializer_list<std::string_view> choices) {
    return choices.begin()[random_() % choices.size()];
  }
  reading any_reading() {
    reading made{small(), {}, *text<4>::from(one_of({"C", "F"}))};
    if (chance()) made.error = small() * 0.5;
    return made;
  }
  valve any_valve() {
    const auto unit = *text<4>::from(one_of({"C", "F"}));
    switch (small()) {
      case 0:
        return shut{};
      case 1:
        return leaking{.since = small(), .flow = any_reading(), .unit = unit};
      default:
        opened made{.after = {}, .flow = {small(), {}}, .degrees = small(), .unit = unit};
        if (chance()) made.after = any_reading();
        return made;
    }
  }
  room any_room() {
    room made{};
    made.heating = any_valve();
    made.name = *text<8>::from(one_of({"hall", "bath"}));
    made.now = static_cast<season>(small());
    if (chance()) made.last = any_reading();
    while (chance() && made.history.push_back(any_reading())) {
    }
    made.windows = {chance(), chance()};
    return made;
  }

  std::mt19937 random_{17};  // NOLINT(cert-msc51-cpp): the same run every time
};

// contract sections 6.2 and 6.3
TEST(diff, is_the_one_of_the_contract_and_leads_from_one_state_to_the_other) {
  random_building buildings;
  building before = buildings.make();
  std::size_t longest = 0;
  for (int i = 0; i < 3000; ++i) {
    const building after = buildings.make();
    const std::string old_json = test::to_json(before);
    const std::string new_json = test::to_json(after);
    const std::string ops = test::diff(before, after);
    ASSERT_EQ(ops, test::reference_diff(old_json, new_json)) << old_json << '\n' << new_json;
    const test::document applied = test::apply(old_json, ops);
    ASSERT_NE(applied, nullptr) << ops;
    ASSERT_TRUE(cJSON_Compare(applied.get(), test::parse(new_json).get(), 1) != 0)
        << ops << "\nmake of " << old_json << '\n'
        << test::print(applied.get()) << "\ninstead of " << new_json;
    longest = std::max(longest, ops.size());
    before = after;
  }
  EXPECT_GT(longest, 500U);
}

TEST(diff, finds_nothing_between_a_state_and_what_is_read_from_its_json) {
  random_building buildings;
  for (int i = 0; i < 500; ++i) {
    const building state = buildings.make();
    const auto again = test::read<building>(test::to_json(state));
    ASSERT_EQ(test::diff(state, again), "");
  }
}

// contract section 6.3
TEST(reference_diff, does_the_worked_example_of_the_contract) {
  EXPECT_EQ(test::reference_diff(R"({"a":1,"items":[1,2,3],"z":true})",
                                 R"({"b":2,"items":[1,9],"z":false})"),
            R"([{"op":"remove","path":"/a"},{"op":"replace","path":"/z","value":false},)"
            R"({"op":"remove","path":"/items/2"},{"op":"replace","path":"/items/1","value":9},)"
            R"({"op":"add","path":"/b","value":2}])");
}

}  // namespace
}  // namespace musubi
