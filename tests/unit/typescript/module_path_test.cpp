/// Names of modules, part by part.

#include <gtest/gtest.h>

#include <musubi/typescript/module_path.hpp>

namespace musubi::typescript {
namespace {

TEST(module_path, gives_the_parts_of_a_name_one_after_the_other) {
  module_path path("Home.Stores.Valve");
  EXPECT_EQ(path.front(), "Home");
  EXPECT_FALSE(path.at_leaf());
  path.pop();
  EXPECT_EQ(path.front(), "Stores");
  path.pop();
  EXPECT_EQ(path.front(), "Valve");
  EXPECT_TRUE(path.at_leaf());
  EXPECT_FALSE(path.empty());
  path.pop();
  EXPECT_TRUE(path.empty());
}

TEST(module_path, orders_names_by_parts_not_by_characters) {
  EXPECT_TRUE(compare_modules("Shop.Cart", "Shop.Line") < 0);
  EXPECT_TRUE(compare_modules("Shop", "Shop.Cart") < 0);
  // As text "A-B" stands before "A.B", since '-' is less than '.'.
  EXPECT_TRUE(compare_modules("A.B", "A-B") < 0);
  EXPECT_TRUE(compare_modules("A.Z", "AA.B") < 0);
  EXPECT_TRUE(compare_modules("B", "A.Z") > 0);
  EXPECT_TRUE(compare_modules("Shop.Cart", "Shop.Cart") == 0);
}

TEST(module_path, knows_what_can_name_a_namespace) {
  EXPECT_TRUE(is_dotted_identifier("Home.Stores._v1.$x"));
  EXPECT_FALSE(is_dotted_identifier("Home.2nd"));
  EXPECT_FALSE(is_dotted_identifier("Home..Valve"));
  EXPECT_FALSE(is_dotted_identifier("Home.Valve."));
  EXPECT_FALSE(is_dotted_identifier("home-stores"));
  EXPECT_FALSE(is_dotted_identifier(""));
}

}  // namespace
}  // namespace musubi::typescript
