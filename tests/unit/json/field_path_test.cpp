#include <gtest/gtest.h>
#include <string>

#include <musubi/json/internal/field_path.hpp>
#include <musubi/json/internal/output.hpp>
#include <musubi/json/internal/reader.hpp>

namespace musubi {
namespace {

std::string spelt(const json::field_path& path) {
  char room[512];
  json::buffer_output buffer(room, sizeof room);
  json::writer out(buffer);
  path.write(out);
  return std::string(buffer.view());
}

TEST(a_field_path, is_filled_from_the_inside_out) {
  json::field_path path;
  path.add(json::string_token("celsius"));
  path.add(2);
  path.add(json::string_token("schedule"));
  EXPECT_EQ(spelt(path), "schedule[2].celsius");
}

TEST(a_field_path, may_begin_with_an_element) {
  json::field_path path;
  path.add(json::string_token("name"));
  path.add(0);
  EXPECT_EQ(spelt(path), "[0].name");
}

TEST(a_field_path, spells_a_key_as_every_string_is_spelt_however_it_was_read) {
  json::reader text(R"("\u0069d\"\n")");
  json::field_path path;
  path.add(json::string_token("plain"));
  path.add(*text.string());
  path.add(json::string_token("plain"));
  EXPECT_EQ(spelt(path), R"(plain.id\"\n.plain)");
}

TEST(a_field_path, leaves_out_the_outermost_steps_of_a_deeper_one) {
  json::field_path path;
  for (std::size_t i = 1; i <= json::field_path::max_steps + 1; ++i) path.add(i);
  path.add(json::string_token("outermost"));
  EXPECT_EQ(spelt(path), "[8][7][6][5][4][3][2][1]");
}

TEST(a_field_path, is_empty_when_cleared) {
  json::reader text(R"("\u0069d")");
  json::field_path path;
  path.add(*text.string());
  path.clear();
  path.add(json::string_token("a\\b"));  // of which nothing is decoded
  EXPECT_EQ(spelt(path), R"(a\\b)");
}

}  // namespace
}  // namespace musubi
