/// Sessions in a signed cookie: what is read back, what is not, and what a socket makes of it.

#include "support/board.hpp"
#include "support/served.hpp"

#include <gtest/gtest.h>
#include <string>

#include <musubi/host/signed_cookie.hpp>

namespace musubi::test {
namespace {

using seconds = signed_cookie::seconds;

constexpr net::hmac_key key_of(std::uint8_t seed) {
  net::hmac_key key{};
  for (std::size_t i = 0; i < key.size(); ++i) key[i] = static_cast<std::uint8_t>(seed + i);
  return key;
}
constexpr seconds at(std::int64_t unix_time) {
  return seconds(std::chrono::seconds(unix_time));
}
constexpr seconds noon = at(1'800'000'000);
constexpr seconds evening = noon + 6h;

struct visitor {
  text<16> name;
  std::optional<std::int32_t> visits;
};

constexpr signed_cookie login("login", key_of(1));

std::string sealed(const signed_cookie& by, std::string_view payload, seconds expires = evening) {
  std::string room(signed_cookie::sealed_size(payload.size()), '?');
  room.resize(by.seal(payload, expires, room));
  return room;
}
std::string opened(const signed_cookie& by, std::string_view value, seconds now = noon) {
  std::string room(value.size(), '?');
  const auto payload = by.open(value, now, room);
  return payload ? std::string(*payload) : "(nothing)";
}

/// What `decode` makes of a value.
std::optional<visitor> decoded(const signed_cookie& by, std::string_view value,
                               std::size_t memory_bytes = 4096) {
  std::vector<std::max_align_t> memory(memory_bytes / sizeof(std::max_align_t) + 1);
  carver cut(reinterpret_cast<std::byte*>(memory.data()));
  arena space("decode", cut, memory_bytes);
  return by.decode<visitor>(value, noon, space);
}

TEST(signed_cookie, opens_what_it_sealed) {
  for (std::size_t size = 0; size < 100; ++size) {
    std::string payload(size, '\0');
    for (std::size_t i = 0; i < size; ++i) payload[i] = static_cast<char>(i * 37 + size);
    EXPECT_EQ(opened(login, sealed(login, payload)), payload) << size;
  }
}

TEST(signed_cookie, makes_values_that_a_cookie_can_hold) {
  const std::string value = sealed(login, "\x01\xff; \"\\,");
  EXPECT_EQ(value.find_first_not_of("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz"
                                    "0123456789-_."),
            std::string::npos)
      << value;
}

TEST(signed_cookie, refuses_a_value_with_any_character_changed) {
  const std::string right = sealed(login, "the payload");
  ASSERT_EQ(opened(login, right), "the payload");
  for (std::size_t i = 0; i < right.size(); ++i) {
    for (const char other : {'A', 'z', '0', '-', '.', '=', ' ', '\0', '\x7f'}) {
      std::string forged = right;
      if (forged[i] == other) continue;
      forged[i] = other;
      EXPECT_EQ(opened(login, forged), "(nothing)") << forged;
    }
  }
}

TEST(signed_cookie, refuses_a_value_cut_at_either_end) {
  const std::string right = sealed(login, "the payload");
  for (std::size_t i = 0; i < right.size(); ++i) {
    EXPECT_EQ(opened(login, right.substr(0, i)), "(nothing)") << i;
    EXPECT_EQ(opened(login, right.substr(right.size() - i)), "(nothing)") << i;
  }
}

TEST(signed_cookie, refuses_a_value_with_something_appended) {
  const std::string right = sealed(login, "the payload");
  for (const char* more : {"=", ".", "A", " ", ".AAAA"}) {
    EXPECT_EQ(opened(login, right + more), "(nothing)") << more;
    EXPECT_EQ(opened(login, more + right), "(nothing)") << more;
  }
}

TEST(signed_cookie, refuses_a_value_without_a_tag) {
  for (const char* value : {"", ".", "..", "...", "YQ", "YQ.1900000000", "YQ.1900000000."}) {
    EXPECT_EQ(opened(login, value), "(nothing)") << value;
  }
}

TEST(signed_cookie, refuses_what_another_key_signed) {
  const signed_cookie stranger("login", key_of(2));
  EXPECT_EQ(opened(login, sealed(stranger, "the payload")), "(nothing)");
}

TEST(signed_cookie, refuses_what_was_signed_for_a_cookie_of_another_name) {
  const signed_cookie other("theme", key_of(1));
  EXPECT_EQ(opened(login, sealed(other, "the payload")), "(nothing)");
}

TEST(signed_cookie, expires_at_the_second_it_says) {
  const std::string value = sealed(login, "the payload", noon);
  EXPECT_EQ(opened(login, value, noon - 1s), "the payload");
  EXPECT_EQ(opened(login, value, noon), "(nothing)");
  EXPECT_EQ(opened(login, value, seconds::max()), "(nothing)");
}

TEST(signed_cookie, has_no_room_for_a_value_that_is_too_long) {
  std::string room(signed_cookie::sealed_size(11) - 1, '?');
  EXPECT_EQ(login.seal("the payload", evening, room), 0U);
  EXPECT_EQ(room, std::string(room.size(), '?'));
}

TEST(signed_cookie, reads_what_the_previous_key_signed_while_keys_change) {
  const signed_cookie rotating("login", key_of(9), key_of(1));
  EXPECT_EQ(opened(rotating, sealed(login, "old")), "old");
  EXPECT_EQ(opened(rotating, sealed(rotating, "new")), "new");
}

TEST(signed_cookie, signs_with_the_new_key_while_keys_change) {
  const signed_cookie rotating("login", key_of(9), key_of(1));
  const signed_cookie afterwards("login", key_of(9));
  EXPECT_EQ(opened(afterwards, sealed(rotating, "new")), "new");
  EXPECT_EQ(opened(afterwards, sealed(login, "old")), "(nothing)");
}

TEST(signed_cookie, takes_no_key_of_zeros_where_no_previous_key_was_given) {
  const signed_cookie zeros("login", net::hmac_key{});
  EXPECT_EQ(opened(login, sealed(zeros, "the payload")), "(nothing)");
}

// --- typed ---

TEST(signed_cookie, reads_back_a_struct) {
  std::string room(256, '?');
  const visitor ada{"ada", 3};
  room.resize(login.encode(ada, evening, room));
  const auto back = decoded(login, room);
  ASSERT_TRUE(back);
  EXPECT_TRUE(codec<visitor>::equal(*back, ada));
}

TEST(signed_cookie, has_no_room_for_a_struct_that_is_too_long) {
  std::string room(64, '?');
  EXPECT_EQ(login.encode(visitor{"ada", 3}, evening, room), 0U);
}

TEST(signed_cookie, reads_a_struct_of_an_older_program) {
  const auto back = decoded(login, sealed(login, R"({"name":"ada","colour":"red"})"));
  ASSERT_TRUE(back);
  EXPECT_EQ(back->name, "ada");
  EXPECT_FALSE(back->visits);
}

TEST(signed_cookie, reads_nothing_from_a_payload_that_does_not_fit) {
  EXPECT_FALSE(decoded(login, sealed(login, R"({"name":7})")));
  EXPECT_FALSE(decoded(login, sealed(login, R"({"name":"longer than sixteen bytes"})")));
  EXPECT_FALSE(decoded(login, sealed(login, "not JSON")));
  EXPECT_FALSE(decoded(login, sealed(login, "")));
}

TEST(signed_cookie, reads_nothing_where_there_is_no_memory_to_read_it_in) {
  const std::string value = sealed(login, R"({"name":"ada"})");
  EXPECT_TRUE(decoded(login, value));
  EXPECT_TRUE(decoded(login, value, value.size()));
  EXPECT_FALSE(decoded(login, value, value.size() - 1));
  EXPECT_FALSE(decoded(login, value, 0));
}

// --- through the host: contract sections 2.1, 2.3 and 16, item 1 ---

struct greeting {
  static constexpr std::string_view module = "Test.Greeting";
  struct State {
    std::optional<text<16>> visitor;
  };
  State render(const context& ctx) const;
};

struct greeted_socket {
  using roots = musubi::roots<greeting>;
  status load_session(const connect_info& info) {
    session = login.read<visitor>(info, noon);
    return {};
  }
  std::optional<visitor> session;
};

greeting::State greeting::render(const context& ctx) const {
  const auto& session = ctx.socket<greeted_socket>().session;
  if (!session) return {};
  return {session->name};
}

/// The state of a root that a browser with this Cookie field mounts.
std::string greeted(const std::string& cookie) {
  served<greeted_socket> server;
  browser page = server.open({.fields = cookie.empty() ? "" : "Cookie: " + cookie + "\r\n"});
  const root main = page.join("Test.Greeting");
  (void)page.next();
  const std::string envelope = page.next();
  constexpr std::string_view member = R"("visitor":)";
  const std::size_t from = envelope.find(member) + member.size();
  return envelope.substr(from, envelope.find('}', from) - from);
}

// contract sections 2.1 and 2.3
TEST(signed_session, is_there_in_every_root) {
  EXPECT_EQ(greeted("theme=dark; login=" + sealed(login, R"({"name":"ada"})")), R"("ada")");
}

// contract section 2.1
TEST(signed_session, is_absent_on_a_first_visit_which_is_no_error) {
  EXPECT_EQ(greeted(""), "null");
  EXPECT_EQ(greeted("theme=dark"), "null");
}

TEST(signed_session, is_absent_when_its_cookie_is_forged_expired_or_nonsense) {
  const signed_cookie stranger("login", key_of(2));
  EXPECT_EQ(greeted("login=" + sealed(stranger, R"({"name":"eve"})")), "null");
  EXPECT_EQ(greeted("login=" + sealed(login, R"({"name":"ada"})", noon - 1s)), "null");
  EXPECT_EQ(greeted("login=%%%"), "null");
  EXPECT_EQ(greeted("login="), "null");
}

}  // namespace
}  // namespace musubi::test
