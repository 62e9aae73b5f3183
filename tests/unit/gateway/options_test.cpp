#include "settings/options.hpp"

#include <gtest/gtest.h>
#include <string>
#include <vector>

#include <musubi/hosted/command_line.hpp>

namespace gateway {
namespace {

/// What is wrong with the arguments; empty when they were taken.
std::string parse(std::vector<const char*> arguments, options& into) {
  const auto table = option_table(into);
  return std::string(musubi::program::parse(arguments, table).sentence.view());
}

}  // namespace

TEST(options, are_for_this_machine_alone_unless_told_otherwise) {
  options chosen;
  EXPECT_EQ("", parse({}, chosen));
  EXPECT_EQ(chosen.bind.view(), "127.0.0.1");
  EXPECT_EQ(chosen.port, 4000);
  EXPECT_EQ(chosen.cores, 1);
  EXPECT_TRUE(chosen.is_local());
  EXPECT_FALSE(chosen.state);
}

TEST(options, are_taken_in_both_forms) {
  options chosen;
  EXPECT_EQ("", parse({"--bind", "0.0.0.0", "--port=80", "--state=/x/y", "--token", "s=1",
                       "--cores", "4", "--root", "/host"},
                      chosen));
  EXPECT_EQ(chosen.bind.view(), "0.0.0.0");
  EXPECT_EQ(chosen.port, 80);
  EXPECT_EQ(chosen.state.value().view(), "/x/y");
  EXPECT_EQ(chosen.token.view(), "s=1");
  EXPECT_EQ(chosen.cores, 4);
  EXPECT_EQ(chosen.root.view(), "/host");
  EXPECT_FALSE(chosen.is_local());
}

TEST(options, take_several_names_and_origins) {
  options chosen;
  EXPECT_EQ("", parse({"--host", "gw.example", "--host=gw", "--origin", "https://gw.example:8443",
                       "--origin=http://[::1]:4000"},
                      chosen));
  ASSERT_EQ(chosen.hosts.size(), 2U);
  EXPECT_EQ(chosen.hosts[1].view(), "gw");
  ASSERT_EQ(chosen.origins.size(), 2U);
  EXPECT_EQ(chosen.origins[0].view(), "https://gw.example:8443");
}

TEST(options, are_not_private_where_a_proxy_leads_to_the_gateway) {
  options direct;
  EXPECT_TRUE(direct.is_private());
  options named;
  EXPECT_EQ("", parse({"--host", "gw.example"}, named));
  EXPECT_TRUE(named.is_local());
  EXPECT_FALSE(named.is_private());
  options behind;
  EXPECT_EQ("", parse({"--proxy", "127.0.0.1", "--proxy=fd00::/8", "--proxy=unix"}, behind));
  EXPECT_EQ(behind.proxies.size(), 3U);
  EXPECT_FALSE(behind.is_private());
  options paged;
  EXPECT_EQ("", parse({"--origin", "https://gw.example"}, paged));
  EXPECT_FALSE(paged.is_private());
}

TEST(options, that_are_wrong_are_named) {
  options chosen;
  for (const char* origin : {"gw.example", "https://", "null", "https://gw.example/", ""}) {
    EXPECT_EQ(parse({"--origin", origin}, chosen),
              "--origin: not scheme, name and port, as in https://gw.example:8443")
        << origin;
  }
  for (const char* host : {"gw.example:80", "https://gw.example", "a/b", ""}) {
    EXPECT_EQ(parse({"--host", host}, chosen), "--host: not a name without port, as in gw.example")
        << host;
  }
  for (const char* proxy : {"gw.example", "10.0.0.0/33", "127.0.0.1:80", ""}) {
    EXPECT_EQ(parse({"--proxy", proxy}, chosen),
              "--proxy: not an address, a network as in 10.0.0.0/8, or unix")
        << proxy;
  }
  EXPECT_EQ(parse({"--port", "many"}, chosen), "--port: not a number from 0 to 65535");
  EXPECT_EQ(parse({"--cores=0"}, chosen), "--cores: not a number from 1 to 16");
  for (const char* address : {"", "example.org", "1270.0.0.1"}) {
    EXPECT_EQ(parse({"--bind", address}, chosen), "--bind: not an IP address") << address;
  }
  EXPECT_EQ(parse({"--token="}, chosen), "--token: must be 1 to 128 bytes");
  EXPECT_EQ(parse({"--state="}, chosen), "--state: not the path of a file");
  EXPECT_EQ(parse({"--prot", "80"}, chosen), "--prot: unknown option; see --help");
  EXPECT_EQ(parse({"80"}, chosen), "80: unexpected argument; see --help");
}

TEST(options, cannot_both_ask_for_a_token_and_for_none) {
  options chosen;
  EXPECT_EQ("", parse({"--no-token", "--token", "x"}, chosen));
  EXPECT_EQ(chosen.contradiction(), "--no-token and --token exclude each other");
  options open;
  EXPECT_EQ("", parse({"--no-token"}, open));
  EXPECT_TRUE(open.open);
  EXPECT_EQ(open.contradiction(), "");
}

TEST(options, name_a_broker_and_the_gateway_at_it) {
  options chosen;
  EXPECT_EQ("", parse({"--broker", "mqtt://hub", "--broker-name", "cellar"}, chosen));
  EXPECT_EQ(chosen.broker.view(), "mqtt://hub");
  EXPECT_EQ(chosen.contradiction(), "");
  options another;
  EXPECT_EQ("", parse({"--broker-ca", "/ca.pem"}, another));
  EXPECT_EQ(another.contradiction(), "--broker-ca and --broker-name need --broker");
  EXPECT_NE("", parse({"--broker-name", "a/b"}, another));
  EXPECT_NE("", parse({"--broker-name", "#"}, another));
}

TEST(options, know_what_only_this_machine_can_reach) {
  for (const char* address : {"127.0.0.1", "127.8.9.10", "::1", "localhost"}) {
    options chosen;
    EXPECT_EQ("", parse({"--bind", address}, chosen));
    EXPECT_TRUE(chosen.is_local()) << address;
  }
  for (const char* address : {"0.0.0.0", "::", "192.0.2.1"}) {
    options chosen;
    EXPECT_EQ("", parse({"--bind", address}, chosen));
    EXPECT_FALSE(chosen.is_local()) << address;
  }
}

TEST(options, know_the_path_of_a_unix_socket) {
  options chosen;
  EXPECT_EQ(chosen.unix_path(), "");
  EXPECT_EQ("", parse({"--bind", "unix:/run/gateway/gateway.sock"}, chosen));
  EXPECT_EQ(chosen.unix_path(), "/run/gateway/gateway.sock");
  EXPECT_FALSE(chosen.is_private());
  EXPECT_EQ(parse({"--bind", "unix:"}, chosen),
            "--bind: the path of the socket is missing after unix:");
}

TEST(options, about_users_belong_together) {
  const auto wrong = [](std::vector<const char*> arguments) {
    options chosen;
    EXPECT_EQ("", parse(std::move(arguments), chosen));
    return std::string(chosen.contradiction());
  };
  EXPECT_EQ("", wrong({"--users", "/x", "--read-only"}));
  EXPECT_EQ("", wrong({"--users", "/x", "--set-user", "ada", "--role", "viewer"}));
  EXPECT_EQ("", wrong({"--users", "/x", "--remove-user", "ada"}));
  EXPECT_NE("", wrong({"--set-user", "ada"}));
  EXPECT_NE("", wrong({"--users", "/x", "--role", "viewer"}));
  EXPECT_NE("", wrong({"--users", "/x", "--keep-password"}));
  EXPECT_NE("", wrong({"--users", "/x", "--set-user", "ada", "--remove-user", "bob"}));
  EXPECT_NE("", wrong({"--users", "/x", "--no-token"}));
}

TEST(options, name_the_gateway_on_the_network) {
  options chosen;
  EXPECT_EQ("", parse({"--announce", "The cellar"}, chosen));
  EXPECT_EQ(chosen.announce, "The cellar");
  EXPECT_EQ("", chosen.contradiction());
  EXPECT_EQ("", parse({"--no-announce"}, chosen));
  EXPECT_EQ("--no-announce and --announce exclude each other", chosen.contradiction());
  const std::string long_name(64, 'c');
  for (const char* none : {"", "two\nlines", long_name.c_str()}) {
    EXPECT_EQ("--announce: not 1 to 63 bytes without control characters",
              parse({"--announce", none}, chosen));
  }
}

TEST(options, name_a_role_that_there_is) {
  options chosen;
  EXPECT_EQ("", parse({"--role", "operator"}, chosen));
  EXPECT_EQ(chosen.role, musubi::access::role::operator_);
  for (const char* none : {"none", "operator_", "root", ""}) {
    EXPECT_NE("", parse({"--role", none}, chosen)) << none;
  }
}

}  // namespace gateway
