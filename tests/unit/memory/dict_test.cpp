#include "unit/memory/counted.hpp"

#include <gtest/gtest.h>
#include <map>
#include <random>
#include <string>

#include <musubi/memory/dict.hpp>

namespace musubi {
namespace {

using prices = dict<text<8>, int, 3>;

std::string keys(const prices& of) {
  std::string all;
  for (const auto& entry : of) all += std::string(entry.key.view()) + ' ';
  return all;
}

TEST(dict, finds_what_was_set) {
  prices made;
  EXPECT_TRUE(made.set("tea", 3));
  ASSERT_NE(made.find("tea"), nullptr);
  EXPECT_EQ(*made.find("tea"), 3);
  EXPECT_EQ(made.find("coffee"), nullptr);
}

TEST(dict, replaces_the_value_of_a_key) {
  prices made;
  EXPECT_TRUE(made.set("tea", 3));
  EXPECT_TRUE(made.set("tea", 4));
  EXPECT_EQ(made.size(), 1U);
  EXPECT_EQ(*made.find("tea"), 4);
}

TEST(dict, is_sorted_by_key) {
  prices made;
  EXPECT_TRUE(made.set("tea", 1));
  EXPECT_TRUE(made.set("Tea", 2));
  EXPECT_TRUE(made.set("t\u00E9", 3));
  EXPECT_EQ(keys(made), "Tea tea t\u00E9 ");
}

TEST(dict, refuses_a_new_key_when_full_and_stays_as_it_was) {
  prices made;
  EXPECT_TRUE(made.set("a", 1) && made.set("b", 2) && made.set("c", 3));
  EXPECT_FALSE(made.set("aa", 4));
  EXPECT_EQ(keys(made), "a b c ");
}

// in a browser, such a key turns the object into a stream, an upload, a store or an async value
TEST(dict, refuses_keys_of_the_protocol_and_stays_as_it_was) {
  dict<text<24>, int, 3> made;
  EXPECT_TRUE(made.set("a", 1));
  for (const auto* key :
       {"__musubi_stream__", "__musubi_store_id__", "__musubi_", "__musubi_new"}) {
    EXPECT_FALSE(made.set(*text<24>::from(key), 2)) << key;
    EXPECT_EQ(made.find(*text<24>::from(key)), nullptr);
  }
  EXPECT_TRUE(made.set("__musubi", 3) && made.set("_musubi_", 4));
  EXPECT_EQ(made.size(), 3U);
}

TEST(dict, replaces_a_value_even_when_full) {
  prices made;
  EXPECT_TRUE(made.set("a", 1) && made.set("b", 2) && made.set("c", 3));
  EXPECT_TRUE(made.set("b", 20));
  EXPECT_EQ(*made.find("b"), 20);
}

TEST(dict, erases_by_key) {
  prices made;
  EXPECT_TRUE(made.set("a", 1) && made.set("b", 2));
  EXPECT_TRUE(made.erase("a"));
  EXPECT_FALSE(made.erase("a"));
  EXPECT_EQ(keys(made), "b ");
}

TEST(dict, may_be_changed_through_find) {
  prices made;
  EXPECT_TRUE(made.set("a", 1));
  *made.find("a") = 5;
  EXPECT_EQ(made[0].value, 5);
}

TEST(dict, is_empty_once_cleared) {
  prices made;
  EXPECT_TRUE(made.set("a", 1));
  made.clear();
  EXPECT_TRUE(made.empty());
  EXPECT_EQ(made.find("a"), nullptr);
}

TEST(dict, destroys_values_that_are_replaced_or_erased) {
  test::counted::alive = 0;
  {
    dict<text<4>, test::counted, 2> made;
    EXPECT_TRUE(made.set("a", test::counted(1)));
    EXPECT_TRUE(made.set("a", test::counted(2)));
    EXPECT_EQ(test::counted::alive, 1);
    EXPECT_TRUE(made.set("b", test::counted(3)));
    EXPECT_FALSE(made.set("c", test::counted(4)));
    EXPECT_TRUE(made.erase("a"));
    EXPECT_EQ(test::counted::alive, 1);
    EXPECT_EQ(made.find("b")->value, 3);
  }
  EXPECT_EQ(test::counted::alive, 0);
}

TEST(dict, does_what_a_map_does) {
  std::mt19937 random(7);  // NOLINT(cert-msc51-cpp): the same run every time
  dict<text<4>, int, 40> made;
  std::map<std::string, int> model;
  for (int step = 0; step < 5000; ++step) {
    const std::string key = std::to_string(random() % 60);
    const auto name = *text<4>::from(key);
    if (random() % 3 == 0) {
      EXPECT_EQ(made.erase(name), model.erase(key) == 1);
    } else {
      const bool fits = model.size() < 40 || model.contains(key);
      EXPECT_EQ(made.set(name, step), fits);
      if (fits) model[key] = step;
    }
    ASSERT_EQ(made.size(), model.size());
    auto expected = model.begin();
    for (const auto& entry : made) {
      ASSERT_EQ(entry.key.view(), expected->first);
      ASSERT_EQ(entry.value, expected->second);
      ++expected;
    }
  }
}

}  // namespace
}  // namespace musubi
