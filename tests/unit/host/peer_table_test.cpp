#include "unit/memory/region.hpp"

#include <gtest/gtest.h>
#include <string>
#include <vector>

#include <musubi/host/internal/peer_table.hpp>

namespace musubi {
namespace {

constexpr limits for_six = [] {
  limits chosen;
  chosen.connections = 4;
  chosen.requests = 2;
  return chosen;
}();

class peers : public testing::Test {
 protected:
  test::region memory{peer_table::bytes(for_six)};
  peer_table table{memory.begin(), for_six};

  peer& at(std::string_view address) {
    peer* found = table.find(address);
    EXPECT_NE(found, nullptr) << address;
    ++found->connections;
    return *found;
  }
  void leaves(peer& one) {
    --one.connections;
    table.settle(one);
  }
};

TEST_F(peers, are_one_for_all_ports_of_an_address) {
  EXPECT_EQ(&at("192.0.2.7:1"), &at("192.0.2.7:2"));
  EXPECT_NE(&at("192.0.2.7:1"), &at("192.0.2.8:1"));
  EXPECT_EQ(table.metrics().used, 2U);
}

TEST_F(peers, are_one_for_a_network_of_ipv6) {
  EXPECT_EQ(&at("[2001:db8::1]:1"), &at("[2001:db8::2]:1"));
  EXPECT_NE(&at("[2001:db8::1]:1"), &at("[2001:db8:0:1::1]:1"));
}

TEST_F(peers, do_not_exist_without_an_address) {
  EXPECT_EQ(table.find("unix"), nullptr);
  EXPECT_EQ(table.find("unknown"), nullptr);
  EXPECT_EQ(table.metrics().used, 0U);
}

TEST_F(peers, are_forgotten_when_they_have_nothing_any_more) {
  peer& one = at("192.0.2.7:1");
  peer& again = at("192.0.2.7:2");
  leaves(one);
  EXPECT_EQ(table.metrics().used, 1U);
  leaves(again);
  EXPECT_EQ(table.metrics().used, 0U);
}

TEST_F(peers, are_found_by_their_numbers) {
  peer& one = at("192.0.2.7:1");
  peer& other = at("192.0.2.8:1");
  EXPECT_NE(table.number_of(one), 0U);
  EXPECT_EQ(&table.numbered(table.number_of(one)), &one);
  EXPECT_EQ(&table.numbered(table.number_of(other)), &other);
}

TEST_F(peers, are_told_apart_however_their_hashes_fall) {
  // more addresses than chains, all that there is room for, in every order of leaving
  for (int first = 0; first < 6; ++first) {
    std::vector<peer*> all;
    for (int i = 0; i < 6; ++i) all.push_back(&at("10.0.0." + std::to_string(i) + ":80"));
    EXPECT_EQ(table.metrics().used, 6U);
    for (int i = 0; i < 6; ++i) {
      const int which = (first + i) % 6;
      EXPECT_EQ(table.find("10.0.0." + std::to_string(which)),
                all[static_cast<std::size_t>(which)]);
      leaves(*all[static_cast<std::size_t>(which)]);
    }
    EXPECT_EQ(table.metrics().used, 0U);
  }
}

}  // namespace
}  // namespace musubi
