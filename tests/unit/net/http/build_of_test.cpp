#include <gtest/gtest.h>

#include <musubi/net/http/asset.hpp>

namespace musubi::net::http {
namespace {

asset file(std::string_view etag) {
  return {.path = "/app.js", .content_type = "text/javascript", .etag = etag, .gzip = {}};
}

TEST(build_of, changes_with_any_file) {
  const asset before[] = {file("a1"), file("b1")};
  const asset after[] = {file("a1"), file("b2")};
  EXPECT_EQ(build_of({.assets = before}), build_of({.assets = before}));
  EXPECT_NE(build_of({.assets = before}), build_of({.assets = after}));
}

TEST(build_of, has_sixteen_digits) {
  EXPECT_EQ(build_of({}), "cbf29ce484222325");
  const asset one[] = {file("a")};
  EXPECT_EQ(build_of({.assets = one}), "af63dc4c8601ec8c");  // FNV-1a of "a"
}

}  // namespace
}  // namespace musubi::net::http
