#include "unit/memory/region.hpp"

#include <gtest/gtest.h>
#include <string>

#include <musubi/json/document.hpp>

namespace musubi::json {
namespace {

class documents : public ::testing::Test {
 protected:
  patch_error apply(std::string_view op, std::string_view path, std::string_view value = {}) {
    return document_.apply(op, path, value);
  }
  std::string text() {
    char room[4096];
    buffer_output to(room, sizeof room);
    writer out(to);
    EXPECT_TRUE(write(out, document_.root()));
    return std::string(to.view());
  }
  void begin(std::string_view with) { EXPECT_EQ(document_.assign(with), parse_error::none); }

  test::region memory_{65536};
  carver carver_ = memory_.carve();
  arena arena_{"tree_bytes", carver_, 65536};
  document document_{arena_};
};

TEST_F(documents, write_what_was_assigned) {
  begin(R"( {"a": [1, 2.5, "x\u0000y", null, true], "b": {}, "c": [], "ü": {"d": [[]]}} )");
  EXPECT_EQ(text(), R"({"a":[1,2.5,"x\u0000y",null,true],"b":{},"c":[],"ü":{"d":[[]]}})");
}

TEST_F(documents, add_replace_and_remove_members) {
  begin(R"({"a":1,"b":2})");
  EXPECT_EQ(apply("add", "/c", "3"), patch_error::none);
  EXPECT_EQ(apply("add", "/a", "[]"), patch_error::none);
  EXPECT_EQ(apply("replace", "/b", R"({"x":1})"), patch_error::none);
  EXPECT_EQ(apply("remove", "/c"), patch_error::none);
  EXPECT_EQ(apply("add", "/a~1~0b", "7"), patch_error::none);
  EXPECT_EQ(text(), R"({"a":[],"b":{"x":1},"a/~b":7})");
}

TEST_F(documents, add_replace_and_remove_elements) {
  begin("[1,2,3]");
  EXPECT_EQ(apply("add", "/0", "0"), patch_error::none);
  EXPECT_EQ(apply("add", "/-", "9"), patch_error::none);
  EXPECT_EQ(apply("add", "/5", "10"), patch_error::none);
  EXPECT_EQ(apply("replace", "/2", "22"), patch_error::none);
  EXPECT_EQ(text(), "[0,1,22,3,9,10]");
  for (int i = 0; i < 5; ++i) EXPECT_EQ(apply("remove", "/0"), patch_error::none);
  EXPECT_EQ(apply("remove", "/0"), patch_error::none);
  EXPECT_EQ(text(), "[]");
}

TEST_F(documents, are_replaced_as_a_whole) {
  begin("1");
  EXPECT_EQ(apply("replace", "", "[]"), patch_error::none);
  EXPECT_EQ(apply("add", "", "[]"), patch_error::whole_document);
  EXPECT_EQ(apply("remove", ""), patch_error::whole_document);
  EXPECT_EQ(text(), "[]");
}

TEST_F(documents, refuse_what_leads_nowhere_and_stay_as_they_are) {
  begin(R"({"a":[1],"b":"x"})");
  for (const auto* path : {"/c", "/a/1", "/a/01", "/a/-1", "/a/x", "/b/0", "/a/0/x", "/a/-"}) {
    EXPECT_EQ(apply("replace", path, "1"), patch_error::no_such_place) << path;
    EXPECT_EQ(apply("remove", path), patch_error::no_such_place) << path;
  }
  for (const auto* path : {"/a/2", "/a/x", "/b/0", "/c/d", "/a/99999999999"}) {
    EXPECT_EQ(apply("add", path, "1"), patch_error::no_such_place) << path;
  }
  for (const auto* path : {"a", "/a~2", "/a~"}) {
    EXPECT_EQ(apply("add", path, "1"), patch_error::malformed) << path;
  }
  EXPECT_EQ(apply("add", "/c", "{"), patch_error::malformed);
  EXPECT_EQ(apply("move", "/a", "1"), patch_error::unknown_operation);
  EXPECT_EQ(text(), R"({"a":[1],"b":"x"})");
}

TEST_F(documents, say_when_the_arena_is_used_up) {
  begin("[]");
  patch_error why = patch_error::none;
  for (int i = 0; i < 10000 && why == patch_error::none; ++i) why = apply("add", "/-", "1");
  EXPECT_EQ(why, patch_error::too_large);
}

TEST_F(documents, find_values) {
  begin(R"({"a":[{"b":7}]})");
  EXPECT_EQ(document_.at("/a/0/b").integer(), 7);
  EXPECT_TRUE(document_.at("").is_object());
  EXPECT_FALSE(document_.at("/a/1"));
  EXPECT_FALSE(document_.at("a"));
}

}  // namespace
}  // namespace musubi::json
