#include "http_request.hpp"

#include <array>
#include <gtest/gtest.h>
#include <string>

#include <musubi/net/http/asset.hpp>

namespace musubi::net::http {
namespace {

using namespace testing;
using namespace std::string_literals;

constexpr std::array<unsigned char, 5> index_gzip = {0x1F, 0x8B, 1, 2, 3};
constexpr std::array<unsigned char, 4> script_gzip = {0x1F, 0x8B, 4, 5};
constexpr std::array<asset, 2> files = {{
    {"/index.html", "text/html; charset=utf-8", "i1", index_gzip, false},
    {"/assets/app-3f2a.js", "text/javascript; charset=utf-8", "s1", script_gzip, true},
}};
constexpr asset_table table{.assets = files};

struct answered {
  explicit answered(std::string_view path, std::string_view fields = {}, std::string method = "GET")
      : request{method + get(path, fields).substr(3)}, plan{answer_asset(table, request, buffer)} {
    text.assign(buffer.data(), plan.head);
  }
  bool has_line(const std::string& line) const {
    return text.find("\r\n" + line + "\r\n") != std::string::npos;
  }
  parsed_request request;
  std::array<char, response_head_size> buffer{};
  asset_answer plan;
  std::string text;
};

TEST(asset, serves_the_index_at_the_root) {
  const answered a{"/"};
  EXPECT_EQ(a.plan.status, 200);
  EXPECT_EQ(a.plan.body.data(), index_gzip.data());
  EXPECT_EQ(a.plan.body.size(), index_gzip.size());
  EXPECT_FALSE(a.plan.close);
  EXPECT_EQ(a.text,
            "HTTP/1.1 200 OK\r\n"
            "Content-Type: text/html; charset=utf-8\r\n"
            "Content-Encoding: gzip\r\n"
            "Content-Length: 5\r\n"
            "ETag: \"i1\"\r\n"
            "Cache-Control: no-cache\r\n"
            "Vary: Accept-Encoding\r\n"
            "Content-Security-Policy: " +
                std::string{default_content_security_policy} +
                "; frame-ancestors 'self'\r\n"
                "X-Content-Type-Options: nosniff\r\n"
                "Referrer-Policy: no-referrer\r\n"
                "Cross-Origin-Opener-Policy: same-origin\r\n"
                "Cross-Origin-Resource-Policy: same-origin\r\n"
                "Connection: keep-alive\r\n"
                "\r\n");
}

TEST(asset, serves_the_index_by_name_and_with_a_query) {
  EXPECT_EQ(answered{"/index.html"}.plan.body.data(), index_gzip.data());
  EXPECT_EQ(answered{"/?theme=dark"}.plan.body.data(), index_gzip.data());
}

TEST(asset, does_not_count_empty_segments) {
  EXPECT_EQ(answered{"//"}.plan.body.data(), index_gzip.data());
  EXPECT_EQ(answered{"//index.html/"}.plan.body.data(), index_gzip.data());
  EXPECT_EQ(answered{"/assets//app-3f2a.js"}.plan.body.data(), script_gzip.data());
}

TEST(asset, lets_hashed_names_be_cached_for_a_year) {
  const answered a{"/assets/app-3f2a.js"};
  EXPECT_EQ(a.plan.status, 200);
  EXPECT_TRUE(a.has_line("Cache-Control: public, max-age=31536000, immutable"));
  EXPECT_TRUE(a.has_line("Content-Type: text/javascript; charset=utf-8"));
  EXPECT_EQ(a.text.find("Content-Security-Policy"), std::string::npos);
}

TEST(asset, answers_head_without_a_body) {
  const answered a{"/", {}, "HEAD"};
  EXPECT_EQ(a.plan.status, 200);
  EXPECT_TRUE(a.has_line("Content-Length: 5"));
  EXPECT_TRUE(a.plan.body.empty());
}

TEST(asset, answers_304_when_the_client_has_the_content) {
  for (const char* etags : {"\"i1\"", "W/\"i1\"", "*", "\"x\", \"i1\"", "\"a,b\",W/\"i1\" , \"c\"",
                            "\"x\"\r\nIf-None-Match: \"i1\""}) {
    const answered a{"/", "If-None-Match: "s + etags + "\r\n"};
    EXPECT_EQ(a.plan.status, 304) << etags;
    EXPECT_TRUE(a.plan.body.empty());
    EXPECT_TRUE(a.has_line("ETag: \"i1\""));
    EXPECT_TRUE(a.has_line("Cache-Control: no-cache"));
    EXPECT_TRUE(a.has_line("Vary: Accept-Encoding"));
    EXPECT_EQ(a.text.find("Content-Length"), std::string::npos);
  }
}

TEST(asset, answers_200_when_the_client_has_other_content) {
  for (const char* etags : {"\"i2\"", "i1", "\"i1", "i1\"", "w/\"i1\"", "\"\"", "\"i1,\"", ""}) {
    EXPECT_EQ((answered{"/", "If-None-Match: "s + etags + "\r\n"}.plan.status), 200) << etags;
  }
}

TEST(asset, answers_404_for_any_other_path) {
  for (const char* path : {"/nope", "/index.htm", "/INDEX.HTML", "/assets", "/assets/",
                           "/../index.html", "/%69ndex.html"}) {
    const answered a{path};
    EXPECT_EQ(a.plan.status, 404) << path;
    EXPECT_TRUE(a.text.ends_with("\r\n\r\nNot Found\n")) << path;
    EXPECT_TRUE(a.has_line("Connection: keep-alive"));
  }
  EXPECT_TRUE((answered{"/nope", {}, "HEAD"}.text.ends_with("\r\n\r\n")));
}

TEST(asset, answers_405_for_other_methods) {
  for (const char* method : {"POST", "PUT", "DELETE", "OPTIONS", "PATCH"}) {
    const answered a{"/", {}, method};
    EXPECT_EQ(a.plan.status, 405) << method;
    EXPECT_TRUE(a.has_line("Allow: GET, HEAD"));
  }
}

TEST(asset, serves_clients_that_take_gzip) {
  for (const char* codings : {"gzip", "gzip, deflate, br", "br;q=1.0, GZIP;q=0.5", "x-gzip", "*",
                              "*;q=0.1", "gzip ; q=0.001", "identity, *", "gzip;q=1, *;q=0"}) {
    EXPECT_EQ((answered{"/", "Accept-Encoding: "s + codings + "\r\n"}.plan.status), 200) << codings;
  }
}

TEST(asset, answers_406_when_gzip_is_excluded) {
  for (const char* codings : {"", "identity", "br", "gzip;q=0", "gzip; q=0.000", "*;q=0",
                              "gzip;Q=0.0, *", "*, gzip;q=0", "gzipped"}) {
    const answered a{"/", "Accept-Encoding: "s + codings + "\r\n"};
    EXPECT_EQ(a.plan.status, 406) << codings;
    EXPECT_TRUE(a.text.ends_with(
        "\r\n\r\nthis file is only available compressed: send Accept-Encoding: gzip\n"));
  }
}

// The same file with its plain form beside the compressed one.
constexpr std::array<unsigned char, 5> index_plain = {'h', 'e', 'l', 'l', 'o'};
constexpr std::array<asset, 1> files_of_two_forms = {
    {{"/index.html", "text/html; charset=utf-8", "i1", index_gzip, false, index_plain}}};

TEST(asset, serves_the_plain_form_to_whoever_does_not_ask_for_gzip) {
  std::array<char, response_head_size> out{};
  for (const char* fields : {"", "Accept-Encoding: identity\r\n", "Accept-Encoding:\r\n",
                             "Accept-Encoding: br\r\n", "Accept-Encoding: gzip;q=0\r\n"}) {
    const parsed_request request{get("/", fields)};
    const auto plan = answer_asset({.assets = files_of_two_forms}, request, out);
    const std::string text{out.data(), plan.head};
    EXPECT_EQ(plan.status, 200) << fields;
    EXPECT_EQ(plan.body.data(), index_plain.data()) << fields;
    EXPECT_EQ(text.find("Content-Encoding"), std::string::npos);
    EXPECT_NE(text.find("\r\nETag: W/\"i1\"\r\n"), std::string::npos);
    EXPECT_NE(text.find("\r\nVary: Accept-Encoding\r\n"), std::string::npos);
  }
  const parsed_request known{get("/", "Accept-Encoding: identity\r\nIf-None-Match: W/\"i1\"\r\n")};
  EXPECT_EQ(answer_asset({.assets = files_of_two_forms}, known, out).status, 304);
}

TEST(asset, serves_the_compressed_form_to_whoever_asks_for_it) {
  std::array<char, response_head_size> out{};
  for (const char* codings : {"gzip", "gzip, identity", "*", "identity;q=0, gzip"}) {
    const parsed_request request{get("/", "Accept-Encoding: "s + codings + "\r\n")};
    EXPECT_EQ(answer_asset({.assets = files_of_two_forms}, request, out).body.data(),
              index_gzip.data())
        << codings;
  }
}

TEST(asset, answers_406_when_no_form_is_admitted) {
  std::array<char, response_head_size> out{};
  for (const char* codings : {"identity;q=0", "*;q=0", "br, *;q=0"}) {
    const parsed_request request{get("/", "Accept-Encoding: "s + codings + "\r\n")};
    EXPECT_EQ(answer_asset({.assets = files_of_two_forms}, request, out).status, 406) << codings;
  }
}

TEST(asset, closes_when_the_client_asks_for_it) {
  const answered a{"/", "Connection: close\r\n"};
  EXPECT_TRUE(a.plan.close);
  EXPECT_TRUE(a.has_line("Connection: close"));
  const answered missing{"/nope", "Connection: close\r\n"};
  EXPECT_TRUE(missing.plan.close);
  EXPECT_TRUE(missing.has_line("Connection: close"));
}

TEST(asset, sends_the_policy_of_its_table) {
  const asset_table other{.assets = files,
                          .content_security_policy = "default-src 'none'",
                          .frame_ancestors = "'none'"};
  const parsed_request request{get("/")};
  std::array<char, response_head_size> out{};
  const auto plan = answer_asset(other, request, out);
  const std::string text{out.data(), plan.head};
  EXPECT_NE(
      text.find("\r\nContent-Security-Policy: default-src 'none'; frame-ancestors 'none'\r\n"),
      std::string::npos);
}

TEST(asset, writes_no_head_that_does_not_fit) {
  const parsed_request request{get("/")};
  std::array<char, response_head_size> out{};
  const std::size_t size = answer_asset(table, request, out).head;
  for (std::size_t room = 0; room < size; ++room) {
    EXPECT_EQ(answer_asset(table, request, std::span{out}.first(room)).head, 0u);
  }
}

TEST(asset, finds_nothing_in_an_empty_table) {
  const asset_table empty{.assets = {}};
  EXPECT_EQ(empty.find("/"), nullptr);
}

}  // namespace
}  // namespace musubi::net::http
