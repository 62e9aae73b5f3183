#include "http_request.hpp"

#include <gtest/gtest.h>

#include <musubi/net/http/internal/conditions.hpp>

namespace musubi::net::http {
namespace {

using testing::get;
using testing::parsed_request;

condition conditions_of(std::string_view fields, std::string_view etag = "v2") {
  const parsed_request request{get("/", fields)};
  return check_conditions(request, etag);
}
bool range_of(std::string_view fields, std::string_view etag = "v2") {
  const parsed_request request{get("/", fields)};
  return range_applies(request, etag);
}

TEST(conditions, hold_when_there_are_none) {
  EXPECT_EQ(conditions_of(""), condition::none);
  EXPECT_TRUE(range_of(""));
}

TEST(conditions, spare_a_client_what_it_has) {
  for (const auto* tags : {"\"v2\"", "W/\"v2\"", "\"v1\", \"v2\"", "*"}) {
    EXPECT_EQ(conditions_of("If-None-Match: " + std::string(tags) + "\r\n"), condition::unneeded)
        << tags;
  }
  for (const auto* tags : {"\"v1\"", "v2", "\"v2", "\"v22\"", "\"\"", ""}) {
    EXPECT_EQ(conditions_of("If-None-Match: " + std::string(tags) + "\r\n"), condition::none)
        << tags;
  }
}

TEST(conditions, fail_when_a_client_wants_another_version) {
  for (const auto* tags : {"\"v1\"", "W/\"v2\"", ""}) {
    EXPECT_EQ(conditions_of("If-Match: " + std::string(tags) + "\r\n"), condition::failed) << tags;
  }
  for (const auto* tags : {"\"v2\"", "\"v1\", \"v2\"", "*"}) {
    EXPECT_EQ(conditions_of("If-Match: " + std::string(tags) + "\r\n"), condition::none) << tags;
  }
  EXPECT_EQ(conditions_of("If-Match: \"v1\"\r\nIf-None-Match: \"v2\"\r\n"), condition::failed);
}

TEST(conditions, of_several_lines_are_read_together) {
  EXPECT_EQ(conditions_of("If-None-Match: \"v1\"\r\nIf-None-Match: \"v2\"\r\n"),
            condition::unneeded);
  EXPECT_EQ(conditions_of("If-Match: \"v1\"\r\nIf-Match: \"v2\"\r\n"), condition::none);
}

TEST(conditions, on_content_without_a_tag_can_only_mean_any) {
  EXPECT_EQ(conditions_of("If-None-Match: \"\"\r\n", ""), condition::none);
  EXPECT_EQ(conditions_of("If-None-Match: *\r\n", ""), condition::unneeded);
  EXPECT_EQ(conditions_of("If-Match: \"\"\r\n", ""), condition::failed);
  EXPECT_FALSE(range_of("If-Range: \"\"\r\n", ""));
}

TEST(conditions, give_a_range_of_the_version_that_the_client_has_begun) {
  EXPECT_TRUE(range_of("If-Range: \"v2\"\r\n"));
  for (const auto* version : {"\"v1\"", "W/\"v2\"", "Wed, 21 Oct 2015 07:28:00 GMT", "v2", ""}) {
    EXPECT_FALSE(range_of("If-Range: " + std::string(version) + "\r\n")) << version;
  }
}

}  // namespace
}  // namespace musubi::net::http
