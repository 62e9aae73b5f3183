#include <gtest/gtest.h>

#include <musubi/page/command_message.hpp>

namespace musubi {
namespace {

TEST(a_command_message, names_its_parts) {
  command_message read;
  std::string_view error;
  ASSERT_TRUE(command_message::read(
      R"({"store_id": ["lines", "line-2"], "name": "set_qty", "payload": {"qty": 3}})", read,
      error));
  EXPECT_EQ(read.name, "set_qty");
  EXPECT_EQ(read.store_id, R"(["lines", "line-2"])");
  EXPECT_EQ(read.payload, R"({"qty": 3})");
}

TEST(a_command_message, has_defaults_for_store_id_and_payload) {
  command_message read;
  std::string_view error;
  ASSERT_TRUE(command_message::read(R"({"name":"go","root_id":"left over"})", read, error));
  EXPECT_EQ(read.store_id, "[]");
  EXPECT_EQ(read.payload, "{}");
}

TEST(a_command_message, is_told_what_is_missing) {
  for (const auto* text :
       {"{}", R"({"name":""})", R"({"name":null})", R"({"name":["x"]})", R"({"name":1})",
        R"({"payload":{}})", R"({"name":"x","store_id":null})", R"({"name":"x","store_id":"[]"})",
        R"({"name":"x","payload":[]})", R"({"name":"x","payload":"{}"})"}) {
    command_message read;
    std::string_view error;
    EXPECT_FALSE(command_message::read(text, read, error)) << text;
    EXPECT_EQ(error, "missing required field") << text;
  }
}

}  // namespace
}  // namespace musubi
