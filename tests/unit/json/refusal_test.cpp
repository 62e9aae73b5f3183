#include <gtest/gtest.h>
#include <string>

#include <musubi/json/internal/output.hpp>
#include <musubi/json/internal/refusal.hpp>

namespace musubi {
namespace {

std::string told(const refusal& why) {
  char room[512];
  json::buffer_output buffer(room, sizeof room);
  json::writer out(buffer);
  write(out, why);
  return std::string(buffer.view());
}

TEST(a_refusal, has_its_reason_alone_where_nothing_else_is_known) {
  EXPECT_EQ(told("no \"room\""), R"({"reason":"no \"room\""})");
  EXPECT_EQ(told(std::string_view()), R"({"reason":""})");
}

TEST(a_refusal, names_the_field_of_a_status) {
  EXPECT_EQ(told(refuse("too hot", "celsius")), R"({"reason":"too hot","field":"celsius"})");
  EXPECT_EQ(told(fail("broken")), R"({"reason":"broken"})");
}

TEST(a_refusal, names_the_pool_that_is_exhausted) {
  EXPECT_EQ(told(exhausted("mail")), R"({"reason":"exhausted","pool":"mail"})");
}

TEST(a_refusal, says_what_was_expected_and_where) {
  json::field_path place;
  place.add(1);
  place.add(json::string_token("list"));
  EXPECT_EQ(told({"invalid payload", &place, "a number"}),
            R"({"reason":"invalid payload","field":"list[1]","expected":"a number"})");
}

TEST(a_refusal, tells_an_empty_path_of_the_whole_payload) {
  const json::field_path place;
  EXPECT_EQ(told({"invalid payload", &place, "an object"}),
            R"({"reason":"invalid payload","field":"","expected":"an object"})");
}

TEST(a_refusal, says_what_was_expected_of_a_text_that_is_no_json) {
  EXPECT_EQ(told({"invalid payload", nullptr, "JSON"}),
            R"({"reason":"invalid payload","expected":"JSON"})");
}

}  // namespace
}  // namespace musubi
