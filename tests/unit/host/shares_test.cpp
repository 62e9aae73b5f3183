/// No client takes all of what the clients share: not one connection, not one address.

#include "support/album.hpp"
#include "support/board.hpp"
#include "support/served.hpp"
#include "support/workshop.hpp"

#include <array>
#include <vector>

namespace musubi::test {
namespace {

constexpr std::string_view taker = "192.0.2.66:1000";
constexpr std::string_view neighbour = "192.0.2.7:1000";

class shares : public testing::Test {
 protected:
  static memory_port::options few() {
    memory_port::options chosen{.limits = small_limits()};
    chosen.limits.connections_per_peer = 3;
    chosen.limits.requests_per_peer = 2;
    chosen.limits.pages_per_connection = 2;
    chosen.limits.pages_per_peer = 5;
    chosen.limits.subscriptions_per_page = 1;
    chosen.limits.subscriptions_per_peer = 4;
    EXPECT_EQ(chosen.limits.violation(), "");
    return chosen;
  }
  /// The response of a join, without its address.
  std::string join(browser& page, std::string_view id, std::string_view params = "{}") {
    (void)page.join("Test.Board", id, params);
    std::string answer = page.next();
    if (answer.find("phx_close") != std::string::npos) answer = page.next();
    (void)page.all();
    const std::size_t at = answer.find("\"response\":");
    return at == std::string::npos ? answer : answer.substr(at + 11, answer.size() - at - 13);
  }
  static std::string exhausted(std::string_view limit) {
    return R"({"reason":"exhausted","pool":")" + std::string(limit) + "\"}";
  }
  static std::string mounted(std::string_view id) {
    return R"({"root_id":"Test.Board:)" + std::string(id) + "\"}";
  }

  surroundings here;
  memory_port::options chosen = few();
  served<board_socket> server{chosen};
};

// --- connections ---

TEST_F(shares, of_connections_are_an_address) {
  std::vector<browser> all;
  for (int i = 0; i < 3; ++i) all.push_back(server.open({}, taker));
  browser late = server.connection("192.0.2.66:2000");
  const response refused = late.upgrade();
  EXPECT_EQ(refused.status, 503);
  EXPECT_EQ(refused.field("Retry-After"), "5");
  EXPECT_EQ(refused.body, "pool exhausted: connections_per_peer\n");
  EXPECT_EQ(server.counted().shares_exceeded, 1U);
  EXPECT_EQ(server.connection(neighbour).upgrade().status, 101) << "others are let in";
  all.pop_back();
  EXPECT_EQ(server.connection(taker).upgrade().status, 101) << "and it is, when it has less";
}

TEST_F(shares, of_connections_are_a_network_of_ipv6) {
  std::vector<browser> all;
  for (const std::string_view from : {"[2001:db8::1]:1", "[2001:db8::2]:1", "[2001:db8::3]:1"}) {
    all.push_back(server.open({}, from));
  }
  EXPECT_EQ(server.connection("[2001:db8::4]:1").upgrade().status, 503);
  EXPECT_EQ(server.connection("[2001:db8:0:1::4]:1").upgrade().status, 101);
}

TEST_F(shares, are_for_nobody_without_an_address) {
  std::vector<browser> all;
  for (int i = 0; i < 8; ++i) all.push_back(server.open({}, "unix"));
}

TEST_F(shares, by_address_can_be_turned_off) {
  chosen.serve.share_by_peer = false;
  served<board_socket> host(chosen);
  std::vector<browser> all;
  for (int i = 0; i < 8; ++i) all.push_back(host.open({}, taker));
  all.clear();
  browser page = host.open({}, taker);
  (void)join(page, "1");
  (void)join(page, "2");
  EXPECT_EQ(join(page, "3"), exhausted("pages_per_connection")) << "a connection has its share";
}

TEST_F(shares, are_given_back) {
  for (int i = 0; i < 20; ++i) {
    browser page = server.open({}, taker);
    EXPECT_EQ(join(page, "1", R"({"listen":true})"), mounted("1"));
    browser refused = server.connection(taker);
    EXPECT_EQ(refused.upgrade({.path = "/socket/websocket?vsn=2.0.0&wish=refuse"}).status, 403);
  }
  server.run();
  EXPECT_EQ(server.in_use(), "");
}

// --- behind a proxy ---

constexpr std::array<std::string_view, 1> known_proxies{"10.0.0.1"};

class shares_behind_a_proxy : public shares {
 protected:
  shares_behind_a_proxy() { chosen.serve.proxies = net::http::trusted_proxies(known_proxies); }
  int status_for(std::string_view client) {
    all.push_back(host().connection("10.0.0.1:5"));
    return all.back()
        .upgrade({.fields = "X-Forwarded-For: " + std::string(client) + "\r\n"})
        .status;
  }
  served<board_socket>& host() {
    if (host_ == nullptr) host_ = std::make_unique<served<board_socket>>(chosen);
    return *host_;
  }
  std::unique_ptr<served<board_socket>> host_;
  std::vector<browser> all;
};

TEST_F(shares_behind_a_proxy, are_those_of_whom_it_speaks_for) {
  for (int i = 0; i < 3; ++i) EXPECT_EQ(status_for("192.0.2.66"), 101);
  EXPECT_EQ(status_for("192.0.2.66"), 503);
  EXPECT_EQ(status_for("192.0.2.7"), 101);
}

TEST_F(shares_behind_a_proxy, are_not_what_a_client_says_of_itself) {
  std::vector<browser> others;
  for (int i = 0; i < 4; ++i) {
    others.push_back(host().connection(taker));
    const int status =
        others.back()
            .upgrade({.fields = "X-Forwarded-For: 192.0.2." + std::to_string(i) + "\r\n"})
            .status;
    EXPECT_EQ(status, i < 3 ? 101 : 503);
  }
}

TEST_F(shares_behind_a_proxy, do_not_count_its_requests_as_one_clients) {
  std::vector<browser> slow;
  for (int i = 0; i < 4; ++i) {
    slow.push_back(host().connection("10.0.0.1:5"));
    slow.back().send("GET / HT");
  }
  browser late = host().connection(neighbour);
  EXPECT_EQ(late.upgrade().status, 0) << "none of them has too many: the slowest is waited for";
}

TEST_F(shares_behind_a_proxy, are_told_to_the_socket) {
  browser page = host().connection("10.0.0.1:5");
  (void)page.upgrade({.fields = "X-Forwarded-For: 192.0.2.66\r\n"});
  EXPECT_NE(here.visitor.find("client 192.0.2.66"), std::string::npos) << here.visitor;
}

// --- requests ---

TEST_F(shares, of_requests_are_an_address_when_others_wait) {
  std::vector<browser> slow;
  slow.push_back(server.connection(neighbour));
  slow.back().send("GET / HT");
  for (int i = 0; i < 3; ++i) {
    slow.push_back(server.connection(taker));
    slow.back().send("GET / HT");
  }
  server.run_for(1s);
  EXPECT_FALSE(slow[1].ended()) << "nobody waits";
  browser late = server.connection("192.0.2.8:1");
  EXPECT_EQ(late.upgrade().status, 101) << "without any time passing";
  EXPECT_TRUE(slow[1].ended()) << "the first of who has most";
  EXPECT_FALSE(slow[0].ended()) << "which was there before";
  EXPECT_EQ(server.counted().closed_for_room, 1U);
}

TEST_F(shares, of_requests_do_not_end_one_that_is_not_slow) {
  std::vector<browser> fresh;
  for (int i = 0; i < 4; ++i) {
    fresh.push_back(server.connection(taker));
    fresh.back().send("GET / HT");
  }
  browser late = server.connection(neighbour);
  EXPECT_EQ(late.upgrade().status, 0);
  EXPECT_EQ(server.counted().closed_for_room, 0U);
}

// --- pages ---

TEST_F(shares, of_pages_are_a_connection) {
  browser page = server.open({}, taker);
  EXPECT_EQ(join(page, "1"), mounted("1"));
  EXPECT_EQ(join(page, "2"), mounted("2"));
  EXPECT_EQ(join(page, "3"), exhausted("pages_per_connection"));
  EXPECT_EQ(join(page, "2"), mounted("2")) << "again, in place of the one before";
  EXPECT_EQ(server.counted().shares_exceeded, 1U);
  EXPECT_EQ(server.counted().joins_refused, 1U);
}

TEST_F(shares, of_pages_are_an_address) {
  std::vector<browser> all;
  for (int i = 0; i < 3; ++i) all.push_back(server.open({}, taker));
  for (int i = 0; i < 2; ++i) {
    EXPECT_EQ(join(all[static_cast<std::size_t>(i)], "1"), mounted("1"));
    EXPECT_EQ(join(all[static_cast<std::size_t>(i)], "2"), mounted("2"));
  }
  EXPECT_EQ(join(all[2], "1"), mounted("1"));
  EXPECT_EQ(join(all[2], "2"), exhausted("pages_per_peer"));
  browser other = server.open({}, neighbour);
  EXPECT_EQ(join(other, "1"), mounted("1"));
  all.erase(all.begin());
  server.run();
  EXPECT_EQ(join(all[1], "2"), mounted("2"));
}

TEST_F(shares, of_pages_are_not_used_up_by_mounts_that_fail) {
  browser page = server.open({}, taker);
  for (int i = 0; i < 10; ++i) {
    EXPECT_EQ(join(page, "1", R"({"label":"refuse"})"), R"({"reason":"not today"})");
  }
  EXPECT_EQ(join(page, "1"), mounted("1"));
}

// --- subscriptions ---

TEST_F(shares, of_subscriptions_are_an_address) {
  chosen.limits.pages_per_peer = 6;
  served<board_socket> host(chosen);
  constexpr std::string_view listening = R"({"listen":true})";
  std::vector<browser> all;
  for (int i = 0; i < 3; ++i) all.push_back(host.open({}, taker));
  for (int i = 0; i < 2; ++i) {
    EXPECT_EQ(join(all[static_cast<std::size_t>(i)], "1", listening), mounted("1"));
    EXPECT_EQ(join(all[static_cast<std::size_t>(i)], "2", listening), mounted("2"));
  }
  EXPECT_EQ(join(all[2], "1", listening), exhausted("subscriptions_per_peer"));
  EXPECT_EQ(join(all[2], "1"), mounted("1"));
  browser other = host.open({}, neighbour);
  EXPECT_EQ(join(other, "1", listening), mounted("1"));
  all.erase(all.begin());
  host.run();
  EXPECT_EQ(join(all[1], "2", listening), mounted("2"));
}

// --- uploads ---

TEST(shares_of_uploads, are_a_connection_and_an_address) {
  darkroom here;
  memory_port::options chosen{.limits = small_limits()};
  chosen.limits.uploads_per_connection = 2;
  chosen.limits.uploads_per_peer = 3;
  served<album_socket> server(chosen);
  const auto allowed = [](browser& page, const root& main) {
    (void)const_cast<root&>(main).push("allow_upload", asking("photo", "a.png", 10));
    return page.all();
  };
  browser first = server.open({}, taker);
  const root one = first.mounted("Test.Album");
  EXPECT_EQ(allowed(first, one).find("exhausted"), std::string::npos);
  EXPECT_EQ(allowed(first, one).find("exhausted"), std::string::npos);
  EXPECT_NE(allowed(first, one).find("pool exhausted: uploads_per_connection"), std::string::npos);
  browser second = server.open({}, "192.0.2.66:7");
  const root two = second.mounted("Test.Album");
  EXPECT_EQ(allowed(second, two).find("exhausted"), std::string::npos);
  EXPECT_NE(allowed(second, two).find("pool exhausted: uploads_per_peer"), std::string::npos);
  browser other = server.open({}, neighbour);
  const root three = other.mounted("Test.Album");
  EXPECT_EQ(allowed(other, three).find("exhausted"), std::string::npos);
  EXPECT_EQ(server.counted().shares_exceeded, 2U);
  first.close();
  EXPECT_EQ(allowed(second, two).find("exhausted"), std::string::npos);
  second.close();
  other.close();
  EXPECT_EQ(server.in_use(), "");
}

// --- what stores say ---

TEST(shares_of_outgoing, are_an_address) {
  surroundings here;
  memory_port::options chosen{.limits = small_limits()};
  chosen.limits.outgoing_per_peer = 8;
  served<workshop_socket> server(chosen);
  const auto filled = [](browser& page, root& main, int parts) {
    const std::string ref = main.command("fill", "{\"parts\":" + std::to_string(parts) + "}");
    const std::string answer = page.next();
    (void)page.all();
    return answer == main.ok(ref);
  };
  browser page = server.open({}, taker);
  root main = page.mounted("Test.Workshop");
  root again = page.mounted("Test.Workshop", "again");
  EXPECT_FALSE(filled(page, main, 20));
  EXPECT_EQ(server.counted().shares_exceeded, 1U);
  EXPECT_TRUE(filled(page, again, 2)) << "what the page that ended had was given back";
  browser other = server.open({}, neighbour);
  root theirs = other.mounted("Test.Workshop");
  EXPECT_TRUE(filled(other, theirs, 2));
  page.close();
  other.close();
  EXPECT_EQ(server.in_use(), "");
}

// --- limits ---

TEST(limits_of_shares, are_parts_of_what_is_shared_and_sixteen_in_any_case) {
  constexpr limits gateway{.connections = 256, .requests = 64, .pages = 1024};
  EXPECT_EQ(gateway.connections_of_peer(), 128U);
  EXPECT_EQ(gateway.requests_of_peer(), 16U);
  EXPECT_EQ(gateway.pages_of_peer(), 512U);
  EXPECT_EQ(gateway.pages_of_connection(), 64U);
  EXPECT_EQ(gateway.subscriptions_of_page(), 16U);
  EXPECT_EQ(gateway.outgoing_of_peer(), 4096U);
  constexpr limits small{.connections = 8, .requests = 4, .pages = 8};
  EXPECT_EQ(small.connections_of_peer(), 16U) << "more than there are: no bound";
  constexpr limits told{.connections = 8, .connections_per_peer = 2};
  EXPECT_EQ(told.connections_of_peer(), 2U);
}

TEST(limits_of_shares, are_refused_when_not_every_page_can_have_its_subscriptions) {
  limits chosen{.pages = 1024, .subscriptions = 4096, .subscriptions_per_page = 6};
  EXPECT_EQ(chosen.violation(),
            "limits: subscriptions must be at least pages * subscriptions_per_page, or a page that "
            "is let in may find none");
  chosen.subscriptions = 6144;
  EXPECT_EQ(chosen.violation(), "");
}

}  // namespace
}  // namespace musubi::test
