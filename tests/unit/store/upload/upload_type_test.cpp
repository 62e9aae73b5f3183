#include <gtest/gtest.h>
#include <string>

#include <musubi/store/upload/uploads.hpp>

namespace musubi {
namespace {

struct bare {
  static constexpr auto accept = any_file;
};
struct PetPhoto {
  static constexpr std::string_view name = "pet";
  static constexpr std::string_view accept[] = {".png", ".tar.gz"};
  static constexpr int max_entries = 7;
  static constexpr std::int64_t max_file_size = 5'000'000'000;
  static constexpr unsigned chunk_size = 10;
  static constexpr auto chunk_timeout = std::chrono::milliseconds(5);
};

detail::upload_type of(std::span<const std::string_view> accept) {
  detail::upload_type made{};
  made.accept = accept;
  return made;
}

// contract section 10.1
TEST(upload_type, has_the_defaults_of_the_contract) {
  EXPECT_EQ(detail::upload_name<bare>, "bare");
  EXPECT_TRUE(detail::accept_list<bare>.empty());
  EXPECT_EQ(detail::max_entries_of<bare>(), 1U);
  EXPECT_EQ(detail::max_file_size_of<bare>(), 8'000'000U);
  EXPECT_EQ(detail::chunk_size_of<bare>(), 64'000U);
  EXPECT_EQ(detail::chunk_timeout_of<bare>(), std::chrono::seconds(10));
}

TEST(upload_type, has_what_its_declaration_says) {
  EXPECT_EQ(detail::upload_name<PetPhoto>, "pet");
  EXPECT_EQ(detail::accept_list<PetPhoto>.size(), 2U);
  EXPECT_EQ(detail::max_entries_of<PetPhoto>(), 7U);
  EXPECT_EQ(detail::max_file_size_of<PetPhoto>(), 5'000'000'000ULL);
  EXPECT_EQ(detail::chunk_size_of<PetPhoto>(), 10U);
  EXPECT_EQ(detail::chunk_timeout_of<PetPhoto>(), std::chrono::milliseconds(5));
}

TEST(upload_type, accepts_by_the_last_extension_of_the_name_in_any_case) {
  constexpr std::string_view png[] = {".png", ".JPG"};
  for (const char* good : {"a.png", "a.PNG", "a.b.Png", "x.jpg", "dir/a.png", "a b.png"}) {
    EXPECT_TRUE(of(png).accepts(good)) << good;
  }
  for (const char* bad : {"a.gif", "png", ".png", "a.png.exe", "a.pn", "a.pngx", "", "a.",
                          "a.png/b", "dir/.png", "a.png "}) {
    EXPECT_FALSE(of(png).accepts(bad)) << bad;
  }
}

TEST(upload_type, accepts_anything_when_it_lists_nothing) {
  for (const char* any : {"a.png", "", ".", "no extension"}) EXPECT_TRUE(of({}).accepts(any));
}

TEST(upload_type, writes_its_limits_and_never_a_chunk_that_cannot_come) {
  char room[256];
  const auto config = [&](const detail::upload_type& of, std::uint32_t most) {
    json::buffer_output into(room, sizeof room);
    json::writer out(into);
    of.write_config(out, most);
    return std::string(into.view());
  };
  constexpr std::string_view quoted[] = {".p\"g", ".b"};
  detail::upload_type type = of(quoted);
  type.max_entries = 2;
  type.max_file_size = 5'000'000'000;
  type.chunk_size = 1000;
  EXPECT_EQ(
      config(type, 2000),
      R"({"accept":[".p\"g",".b"],"max_entries":2,"max_file_size":5000000000,"chunk_size":1000})");
  type.accept = {};
  EXPECT_EQ(config(type, 500),
            R"({"accept":"any","max_entries":2,"max_file_size":5000000000,"chunk_size":500})");
}

// contract section 10.5
TEST(upload_problem, has_the_code_and_the_words_of_the_contract) {
  const std::pair<upload_problem, std::pair<const char*, const char*>> all[] = {
      {upload_problem::too_large, {"too_large", "file exceeds the maximum size"}},
      {upload_problem::too_many_files, {"too_many_files", "too many files selected"}},
      {upload_problem::not_accepted, {"not_accepted", "file type is not accepted"}},
      {upload_problem::chunk_timeout, {"chunk_timeout", "upload timed out between chunks"}},
      {upload_problem::chunk_too_large,
       {"chunk_too_large", "chunk size exceeded the configured limit"}},
      {upload_problem::external_failed, {"external_failed", "external upload failed"}},
      {upload_problem::preflight_rejected, {"preflight_rejected", "upload was rejected"}},
      {upload_problem::internal, {"internal", "internal upload error"}},
  };
  for (const auto& [problem, texts] : all) {
    EXPECT_EQ(detail::code_of(problem), texts.first);
    EXPECT_EQ(detail::message_of(problem), texts.second);
  }
}

}  // namespace
}  // namespace musubi
