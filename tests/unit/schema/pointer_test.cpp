#include "unit/schema/wire.hpp"

#include <gtest/gtest.h>
#include <string>

#include <musubi/schema/pointer.hpp>

namespace musubi {
namespace {

std::string text_of(const pointer& of) {
  return test::written([&](json::writer& to) { of.write(to); });
}

TEST(pointer, of_the_root_is_empty) {
  EXPECT_EQ(text_of(pointer::root()), "");
}

TEST(pointer, names_members_and_elements_from_the_root_on) {
  const pointer root = pointer::root();
  const pointer zones = root.member("zones");
  const pointer second = zones.element(12);
  EXPECT_EQ(text_of(second.member("name")), "/zones/12/name");
}

TEST(pointer, escapes_tilde_and_slash_of_keys) {
  const pointer root = pointer::root();
  EXPECT_EQ(text_of(root.entry("a/b")), "/a~1b");
  EXPECT_EQ(text_of(root.entry("m~n")), "/m~0n");
  EXPECT_EQ(text_of(root.entry("~1")), "/~01");
  EXPECT_EQ(text_of(root.entry("/~/")), "/~1~0~1");
}

TEST(pointer, escapes_what_json_escapes_in_keys) {
  const pointer root = pointer::root();
  EXPECT_EQ(text_of(root.entry("a\"b\\c\n")), "/a\\\"b\\\\c\\n");
  EXPECT_EQ(text_of(root.entry("\u00E9")), "/\u00E9");
}

TEST(pointer, has_a_step_for_the_empty_key) {
  const pointer root = pointer::root();
  const pointer empty = root.entry("");
  EXPECT_EQ(text_of(empty), "/");
  EXPECT_EQ(text_of(empty.entry("")), "//");
}

}  // namespace
}  // namespace musubi
