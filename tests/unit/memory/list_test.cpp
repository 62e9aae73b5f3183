#include "unit/memory/counted.hpp"

#include <gtest/gtest.h>
#include <memory>
#include <vector>

#include <musubi/memory/list.hpp>

namespace musubi {
namespace {

using test::counted;

std::vector<int> values(const list<int, 4>& of) {
  return {of.begin(), of.end()};
}

class list_of_counted : public ::testing::Test {
 protected:
  void SetUp() override { counted::alive = counted::copies = 0; }
  void TearDown() override { EXPECT_EQ(counted::alive, 0); }
};

TEST(list, is_empty_at_first) {
  const list<int, 4> made;
  EXPECT_TRUE(made.empty());
  EXPECT_EQ(made.begin(), made.end());
}

TEST(list, is_made_of_values) {
  const list<int, 4> made{1, 2, 3};
  EXPECT_EQ(values(made), (std::vector{1, 2, 3}));
}

TEST(list, takes_as_many_values_as_its_capacity) {
  list<int, 2> made;
  EXPECT_TRUE(made.push_back(1));
  EXPECT_FALSE(made.full());
  EXPECT_TRUE(made.push_back(2));
  EXPECT_TRUE(made.full());
}

TEST(list, refuses_a_value_when_full_and_stays_as_it_was) {
  list<int, 4> made{1, 2, 3, 4};
  EXPECT_FALSE(made.push_back(5));
  EXPECT_FALSE(made.insert(0, 5));
  EXPECT_EQ(values(made), (std::vector{1, 2, 3, 4}));
}

TEST(list, inserts_before_an_index) {
  list<int, 4> made{1, 3};
  EXPECT_TRUE(made.insert(1, 2));
  EXPECT_TRUE(made.insert(0, 0));
  EXPECT_EQ(values(made), (std::vector{0, 1, 2, 3}));
}

TEST(list, inserts_at_its_end) {
  list<int, 4> made{1};
  EXPECT_TRUE(made.insert(1, 2));
  EXPECT_EQ(values(made), (std::vector{1, 2}));
}

TEST(list, closes_the_gap_of_an_erased_value) {
  list<int, 4> made{1, 2, 3, 4};
  made.erase(1);
  EXPECT_EQ(values(made), (std::vector{1, 3, 4}));
  made.erase(2);
  EXPECT_EQ(values(made), (std::vector{1, 3}));
}

TEST(list, compares_values_and_their_order) {
  EXPECT_TRUE((list<int, 4>{1, 2} == list<int, 4>{1, 2}));
  EXPECT_FALSE((list<int, 4>{1, 2} == list<int, 4>{2, 1}));
  EXPECT_FALSE((list<int, 4>{1, 2} == list<int, 4>{1, 2, 3}));
}

TEST(list, may_be_pushed_a_value_of_its_own) {
  list<int, 4> made{7};
  EXPECT_TRUE(made.push_back(made[0]));
  EXPECT_EQ(values(made), (std::vector{7, 7}));
}

TEST(list, is_made_of_another_list_of_its_kind_by_copying_it) {
  list<list<int, 2>, 2> outer;
  list<int, 2> inner{1, 2};
  EXPECT_TRUE(outer.push_back(inner));
  const list<list<int, 2>, 2> copy(outer);
  EXPECT_TRUE(copy == outer);
  EXPECT_EQ(copy[0][1], 2);
}

TEST(list, holds_what_can_only_be_moved) {
  list<std::unique_ptr<int>, 2> made;
  EXPECT_TRUE(made.push_back(std::make_unique<int>(1)));
  EXPECT_TRUE(made.insert(0, std::make_unique<int>(0)));
  list<std::unique_ptr<int>, 2> moved = std::move(made);
  ASSERT_EQ(moved.size(), 2U);
  EXPECT_EQ(*moved[0], 0);
  EXPECT_EQ(*moved.back(), 1);
}

TEST_F(list_of_counted, makes_no_value_before_it_is_pushed) {
  const list<counted, 8> made;
  EXPECT_EQ(counted::alive, 0);
  EXPECT_TRUE(made.empty());
}

TEST_F(list_of_counted, destroys_its_values) {
  {
    list<counted, 4> made;
    EXPECT_TRUE(made.push_back(counted(1)));
    EXPECT_TRUE(made.push_back(counted(2)));
    EXPECT_EQ(counted::alive, 2);
  }
  EXPECT_EQ(counted::alive, 0);
}

TEST_F(list_of_counted, destroys_a_refused_value) {
  list<counted, 1> made;
  EXPECT_TRUE(made.push_back(counted(1)));
  EXPECT_FALSE(made.push_back(counted(2)));
  EXPECT_EQ(counted::alive, 1);
}

TEST_F(list_of_counted, destroys_one_value_when_one_is_removed) {
  list<counted, 4> made{counted(1), counted(2), counted(3)};
  made.pop_back();
  EXPECT_EQ(counted::alive, 2);
  made.erase(0);
  EXPECT_EQ(counted::alive, 1);
  EXPECT_EQ(made[0].value, 2);
  made.clear();
  EXPECT_EQ(counted::alive, 0);
}

TEST_F(list_of_counted, copies_every_value) {
  list<counted, 4> made{counted(1), counted(2)};
  counted::copies = 0;
  const list<counted, 4> copy = made;
  EXPECT_EQ(counted::copies, 2);
  EXPECT_EQ(counted::alive, 4);
  EXPECT_TRUE(copy == made);
}

TEST_F(list_of_counted, moves_without_copying_and_leaves_the_source_empty) {
  list<counted, 4> made{counted(1), counted(2)};
  counted::copies = 0;
  const list<counted, 4> moved = std::move(made);
  EXPECT_EQ(counted::copies, 0);
  EXPECT_EQ(counted::alive, 2);
  EXPECT_TRUE(made.empty());  // NOLINT(bugprone-use-after-move): what it promises
  EXPECT_EQ(moved[1].value, 2);
}

TEST_F(list_of_counted, destroys_what_an_assignment_replaces) {
  list<counted, 4> made{counted(1), counted(2), counted(3)};
  const list<counted, 4> other{counted(9)};
  made = other;
  EXPECT_EQ(counted::alive, 2);
  EXPECT_EQ(made[0].value, 9);
  made = list<counted, 4>{counted(5), counted(6)};
  EXPECT_EQ(counted::alive, 3);
  EXPECT_EQ(made.back().value, 6);
}

TEST_F(list_of_counted, may_be_assigned_to_itself) {
  list<counted, 4> made{counted(1), counted(2)};
  list<counted, 4>& same = made;
  made = same;
  made = std::move(same);
  ASSERT_EQ(made.size(), 2U);
  EXPECT_EQ(made[1].value, 2);
}

}  // namespace
}  // namespace musubi
