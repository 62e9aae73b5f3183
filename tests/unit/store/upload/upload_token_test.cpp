#include <chrono>
#include <gtest/gtest.h>
#include <string>

#include <musubi/store/upload/internal/upload_token.hpp>

namespace musubi {
namespace {

using namespace std::chrono_literals;

constexpr net::hmac_key key{1, 2, 3};
constexpr upload_grant grant{.module = "My.Root",
                             .id = "main",
                             .store_id = "\"lines\",\"l1\"",
                             .name = "avatar",
                             .ref = "u_AAAAAAAAAAA",
                             .client_size = 2048,
                             .max_file_size = 1'000'000,
                             .chunk_size = 1024,
                             .chunk_timeout = 10s,
                             .expires = time_point(600s)};

std::string signed_for(const upload_grant& what, const net::hmac_key& with = key) {
  const upload_token token = sign(with, what);
  return {token.data(), token.size()};
}

TEST(upload_token, matches_what_it_was_signed_for) {
  EXPECT_TRUE(token_matches(signed_for(grant), key, grant));
  EXPECT_EQ(signed_for(grant), signed_for(grant));
}

// contract section 10.3: the contents of the token
TEST(upload_token, matches_nothing_else) {
  const std::string token = signed_for(grant);
  const auto other = [&](auto change) {
    upload_grant changed = grant;
    change(changed);
    return token_matches(token, key, changed);
  };
  EXPECT_FALSE(other([](upload_grant& g) { g.module = "My.Roo"; }));
  EXPECT_FALSE(other([](upload_grant& g) { g.id = "other"; }));
  EXPECT_FALSE(other([](upload_grant& g) { g.store_id = "\"lines\",\"l2\""; }));
  EXPECT_FALSE(other([](upload_grant& g) { g.store_id = {}; }));
  EXPECT_FALSE(other([](upload_grant& g) { g.name = "avatars"; }));
  EXPECT_FALSE(other([](upload_grant& g) { g.ref = "u_AAAAAAAAAAB"; }));
  EXPECT_FALSE(other([](upload_grant& g) { g.client_size = 2049; }));
  EXPECT_FALSE(other([](upload_grant& g) { g.max_file_size = 1; }));
  EXPECT_FALSE(other([](upload_grant& g) { g.chunk_size = 1; }));
  EXPECT_FALSE(other([](upload_grant& g) { g.chunk_timeout = 1s; }));
  EXPECT_FALSE(other([](upload_grant& g) { g.expires = time_point(601s); }));
}

TEST(upload_token, knows_where_one_text_ends_and_the_next_begins) {
  upload_grant moved = grant;
  moved.module = "My.Rootm";
  moved.id = "ain";
  EXPECT_FALSE(token_matches(signed_for(grant), key, moved));
}

TEST(upload_token, of_another_host_is_worth_nothing) {
  EXPECT_FALSE(token_matches(signed_for(grant, net::hmac_key{9}), key, grant));
}

TEST(upload_token, cannot_be_changed_in_any_bit) {
  const std::string token = signed_for(grant);
  EXPECT_EQ(token.size(), 43U);
  for (std::size_t bit = 0; bit < token.size() * 8; ++bit) {
    std::string forged = token;
    forged[bit / 8] = static_cast<char>(forged[bit / 8] ^ (1 << (bit % 8)));
    EXPECT_FALSE(token_matches(forged, key, grant)) << bit;
  }
  EXPECT_FALSE(token_matches(token.substr(1), key, grant));
  EXPECT_FALSE(token_matches(token + "=", key, grant));
  EXPECT_FALSE(token_matches("", key, grant));
}

}  // namespace
}  // namespace musubi
