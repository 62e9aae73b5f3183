#include "unit/schema/wire.hpp"

#include <gtest/gtest.h>
#include <string>

#include <musubi/schema/operations.hpp>

namespace musubi {
namespace {

TEST(operations, write_nothing_before_the_first_one) {
  EXPECT_EQ(test::written([](json::writer& to) { const test::bracketed ops(to); }), "");
}

TEST(operations, open_once_and_separate_themselves) {
  const std::string text = test::written([](json::writer& to) {
    test::bracketed ops(to);
    const pointer root = pointer::root();
    const auto one = [](json::writer& out) { out.number(1); };
    ops.add(root.member("a"), one);
    ops.replace(root.member("b"), one);
    ops.remove(root.member("c"));
    EXPECT_EQ(ops.count(), 3U);
  });
  EXPECT_EQ(text, R"([{"op":"add","path":"/a","value":1},{"op":"replace","path":"/b","value":1},)"
                  R"({"op":"remove","path":"/c"})");
}

TEST(operations, are_the_same_from_a_literal) {
  const auto replace_both = [](bool literal) {
    return test::written([&](json::writer& to) {
      test::bracketed ops(to);
      const auto one = [](json::writer& out) { out.number(1); };
      const auto member = [&](const pointer& of) {
        return literal ? of.member("a", R"({"op":"replace","path":"/a","value":)") : of.member("a");
      };
      const pointer root = pointer::root();
      ops.replace(member(root), one);
      ops.replace(member(member(root)), one);  // not of the root: the literal is not for it
      ops.remove(member(root));
      ops.add(member(root), one);
      ops.replace(member(root), one);
    });
  };
  EXPECT_EQ(replace_both(true), replace_both(false));
}

TEST(operations, escape_the_keys_that_need_it_at_any_depth) {
  const std::string text = test::written([](json::writer& to) {
    test::bracketed ops(to);
    const pointer root = pointer::root();
    const auto one = [](json::writer& out) { out.number(1); };
    ops.replace(root, one);
    ops.replace(root.entry("a/\"~"), one);
    ops.replace(root.element(3), one);
    const pointer below = root.member("a");
    ops.remove(below.member("b"));
    ops.remove(below.entry("/"));
  });
  EXPECT_EQ(text, R"([{"op":"replace","path":"","value":1},)"
                  R"({"op":"replace","path":"/a~1\"~0","value":1},)"
                  R"({"op":"replace","path":"/3","value":1},)"
                  R"({"op":"remove","path":"/a/b"},{"op":"remove","path":"/a/~1"})");
}

}  // namespace
}  // namespace musubi
