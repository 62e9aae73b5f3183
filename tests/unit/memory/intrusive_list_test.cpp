#include <gtest/gtest.h>
#include <optional>
#include <string>

#include <musubi/memory/intrusive_list.hpp>

namespace musubi {
namespace {

struct letter : link {
  explicit letter(char of) noexcept : name(of) {}
  char name;
};

std::string spell(intrusive_list<letter>& of) {
  std::string all;
  for (const letter& one : of) all += one.name;
  return all;
}

TEST(intrusive_list, keeps_the_order_of_insertion) {
  letter a('a');
  letter b('b');
  letter c('c');
  intrusive_list<letter> made;
  made.push_back(b);
  made.push_back(c);
  made.push_front(a);
  EXPECT_EQ(spell(made), "abc");
  EXPECT_EQ(made.front().name, 'a');
}

TEST(intrusive_list, pops_from_the_front_until_empty) {
  letter a('a');
  letter b('b');
  intrusive_list<letter> made;
  made.push_back(a);
  made.push_back(b);
  EXPECT_EQ(made.pop_front(), &a);
  EXPECT_FALSE(a.linked());
  EXPECT_EQ(made.pop_front(), &b);
  EXPECT_EQ(made.pop_front(), nullptr);
  EXPECT_TRUE(made.empty());
}

TEST(intrusive_list, lets_an_element_leave_from_the_middle) {
  letter a('a');
  letter b('b');
  letter c('c');
  intrusive_list<letter> made;
  made.push_back(a);
  made.push_back(b);
  made.push_back(c);
  b.unlink();
  b.unlink();  // a second time is nothing
  EXPECT_FALSE(b.linked());
  EXPECT_EQ(spell(made), "ac");
}

TEST(intrusive_list, forgets_an_element_that_is_destroyed) {
  letter a('a');
  std::optional<letter> b(std::in_place, 'b');
  letter c('c');
  intrusive_list<letter> made;
  made.push_back(a);
  made.push_back(*b);
  made.push_back(c);
  b.reset();
  EXPECT_EQ(spell(made), "ac");
}

TEST(intrusive_list, lets_its_elements_go_when_it_is_destroyed) {
  letter a('a');
  letter b('b');
  {
    intrusive_list<letter> made;
    made.push_back(a);
    made.push_back(b);
    EXPECT_TRUE(a.linked());
  }
  EXPECT_FALSE(a.linked());
  EXPECT_FALSE(b.linked());
}

TEST(intrusive_list, moves_all_elements_of_another_to_its_end) {
  letter a('a');
  letter b('b');
  letter c('c');
  intrusive_list<letter> made;
  intrusive_list<letter> other;
  made.push_back(a);
  other.push_back(b);
  other.push_back(c);
  made.splice_back(other);
  EXPECT_EQ(spell(made), "abc");
  EXPECT_TRUE(other.empty());
  made.splice_back(other);
  EXPECT_EQ(spell(made), "abc");
  c.unlink();
  EXPECT_EQ(spell(made), "ab");
}

TEST(intrusive_list, takes_an_element_again_after_it_left) {
  letter a('a');
  intrusive_list<letter> made;
  made.push_back(a);
  a.unlink();
  made.push_back(a);
  EXPECT_EQ(spell(made), "a");
}

}  // namespace
}  // namespace musubi
