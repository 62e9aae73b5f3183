#include <gtest/gtest.h>
#include <string>
#include <vector>

#include <musubi/net/http/internal/path.hpp>

namespace musubi::net::http {
namespace {

std::vector<std::string> segments(std::string_view path) {
  std::vector<std::string> seen;
  segment_cursor cursor{path};
  std::string_view segment;
  while (cursor.next(segment)) seen.emplace_back(segment);
  return seen;
}

TEST(segment_cursor, skips_empty_segments) {
  const std::vector<std::string> both = {"a", "b"};
  for (const char* path : {"/a/b", "//a/b", "/a//b", "/a/b/", "///a///b///", "a/b"}) {
    EXPECT_EQ(segments(path), both) << path;
  }
  for (const char* path : {"", "/", "//"}) EXPECT_TRUE(segments(path).empty()) << path;
}

TEST(same_path, does_not_count_empty_segments) {
  for (const char* path :
       {"/socket/websocket", "/socket//websocket", "//socket/websocket/", "/socket/websocket///"}) {
    EXPECT_TRUE(same_path(path, "/socket", "/websocket")) << path;
    EXPECT_TRUE(same_path(path, "/socket/", "websocket")) << path;
    EXPECT_TRUE(same_path(path, "/socket/websocket")) << path;
  }
  EXPECT_TRUE(same_path("//", "/"));
  EXPECT_TRUE(same_path("/websocket", "/", "/websocket"));
}

TEST(same_path, tells_paths_apart) {
  for (const char* path :
       {"", "/", "/socket", "/websocket", "/socket/websocket/more", "/Socket/websocket",
        "/socketwebsocket", "/socket/websockets", "/more/socket/websocket", "/socket/./websocket",
        "/socket%2Fwebsocket", "*"}) {
    EXPECT_FALSE(same_path(path, "/socket", "/websocket")) << path;
  }
}

}  // namespace
}  // namespace musubi::net::http
