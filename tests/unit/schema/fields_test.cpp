#include <gtest/gtest.h>
#include <optional>
#include <string>

#include <musubi/memory/dict.hpp>
#include <musubi/memory/list.hpp>
#include <musubi/schema/fields.hpp>

namespace musubi::detail {
namespace {

struct inner {
  int deep;
};

struct plain {
  int first;
  const char* second;
  inner third;
  std::optional<inner> fourth;
  list<int, 4> fifth;
  std::array<int, 2> sixth;
  text<8> seventh;
  dict<text<4>, inner, 2> eighth;
};

struct awkward {
  int Argument;
  int T;
  int value;
  int a_1_b;
  int fields;  // a member, not a list of fields
  int name;
};

template <class T>
struct generic {
  T of_type;
};

struct widest {
  int f01, f02, f03, f04, f05, f06, f07, f08, f09, f10, f11, f12, f13, f14, f15, f16;
  int f17, f18, f19, f20, f21, f22, f23, f24, f25, f26, f27, f28, f29, f30, f31, f32;
};

struct empty {};

class listed {
  int a_ = 1;
  text<4> b_;

 public:
  static constexpr auto fields = musubi::fields(musubi::field("zebra", &listed::a_, "Stripes."),
                                                musubi::field("ant", &listed::b_));
};

template <class T>
std::string names() {
  std::string all;
  for (const std::string_view name : field_names<T>) all += std::string(name) + ' ';
  return all;
}

template <class T>
std::string names_descending() {
  std::string all;
  for (const std::size_t index : descending_fields<T>)
    all += std::string(field_names<T>[index]) + ' ';
  return all;
}

TEST(fields, are_counted_whatever_their_type) {
  EXPECT_EQ(field_count<plain>(), 8U);
  EXPECT_EQ(field_count<empty>(), 0U);
  EXPECT_EQ(field_count<widest>(), max_fields);
  EXPECT_EQ((field_count<generic<list<list<int, 2>, 2>>>()), 1U);
}

TEST(fields, have_the_names_of_the_source) {
  EXPECT_EQ(names<plain>(), "first second third fourth fifth sixth seventh eighth ");
  EXPECT_EQ(names<awkward>(), "Argument T value a_1_b fields name ");
  EXPECT_EQ(names<generic<inner>>(), "of_type ");
  EXPECT_EQ(names<empty>(), "");
}

TEST(fields, of_the_widest_struct_all_have_their_names) {
  EXPECT_EQ(field_names<widest>[0], "f01");
  EXPECT_EQ(field_names<widest>[31], "f32");
}

TEST(fields, of_a_local_struct_have_their_names) {
  struct local {
    int here;
    int there;
  };
  EXPECT_EQ(names<local>(), "here there ");
}

TEST(fields, are_sorted_in_descending_order_when_compiling) {
  EXPECT_EQ(names_descending<plain>(), "third sixth seventh second fourth first fifth eighth ");
  EXPECT_EQ(names_descending<listed>(), "zebra ant ");
  static_assert(descending_fields<generic<int>>[0] == 0);
}

TEST(fields, come_from_an_explicit_list_where_there_is_one) {
  EXPECT_EQ(names<listed>(), "zebra ant ");
  EXPECT_TRUE(lists_fields<listed>);
  EXPECT_FALSE(lists_fields<awkward>);
}

TEST(fields, carry_their_documentation) {
  EXPECT_EQ(std::get<0>(listed::fields).notes.documentation, "Stripes.");
  EXPECT_EQ(std::get<1>(listed::fields).notes.documentation, "");
}

TEST(fields, are_reached_by_reference) {
  inner object{7};
  with_all(object, [](int& deep) { deep = 8; });
  EXPECT_EQ(object.deep, 8);
  const listed other;
  EXPECT_EQ(with_all(other, [](const int& a, const text<4>&) { return a; }), 1);
}

TEST(fields, of_structs_only_make_a_record) {
  EXPECT_TRUE(record<plain>);
  EXPECT_TRUE(record<listed>);
  EXPECT_FALSE(record<int>);
  EXPECT_FALSE(record<std::string>);
  EXPECT_FALSE((record<list<int, 2>>));
}

TEST(field_names, may_hold_what_needs_no_escaping) {
  static_assert(plain_name("target-value") && plain_name("$ref") && plain_name("a b"));
  static_assert(!plain_name("") && !plain_name("a\"b") && !plain_name("a\\b") &&
                !plain_name("a/b") && !plain_name("a~b") && !plain_name("\u00E9") &&
                !plain_name("a\n"));
  SUCCEED();
}

}  // namespace
}  // namespace musubi::detail
