#include "sensors/network.hpp"

#include "machine_fixture.hpp"

namespace gateway::test {

using namespace std::chrono_literals;

std::optional<musubi::text<16>> fixed_ipv4(std::string_view name) noexcept {
  if (name != "eth0") return std::nullopt;
  return musubi::text<16>("192.0.2.7");
}

class network : public machine {
 protected:
  /// bytes and packets in, bytes and packets out
  static std::string line(const std::string& name, std::uint64_t in, std::uint64_t out,
                          std::uint64_t packets = 0) {
    return "  " + name + ": " + std::to_string(in) + " " + std::to_string(packets) +
           " 1 2 0 0 0 0 " + std::to_string(out) + " " + std::to_string(packets) + " 3 4 0 0 0 0\n";
  }
  void dev(const std::string& lines) const {
    write("/proc/net/dev",
          "Inter-|   Receive                  |  Transmit\n face |bytes    packets\n" + lines);
  }
  network_sensor sensor_{files(), fixed_ipv4};
};

TEST_F(network, gives_rates_and_totals_from_the_second_look_on) {
  dev(line("eth0", 1000, 5000, 10));
  const auto first = sensor_.sample(after(1s));
  ASSERT_EQ(first.interfaces.size(), 1U);
  EXPECT_FALSE(first.interfaces[0].receive_rate);
  EXPECT_EQ(first.interfaces[0].received, 0U);

  dev(line("eth0", 3000, 6000, 15));
  const auto second = sensor_.sample(after(2s));
  const interface_reading& eth0 = second.interfaces[0];
  EXPECT_EQ(eth0.name.view(), "eth0");
  EXPECT_EQ(eth0.receive_rate, 1000U);
  EXPECT_EQ(eth0.send_rate, 500U);
  EXPECT_EQ(eth0.packet_rate, 5U);
  EXPECT_EQ(eth0.received, 2000U);
  EXPECT_EQ(eth0.sent, 1000U);
  EXPECT_EQ(eth0.errors, 0U);
}

TEST_F(network, describes_an_interface) {
  dev(line("eth0", 0, 0));
  write("/sys/class/net/eth0/operstate", "up\n");
  write("/sys/class/net/eth0/speed", "1000\n");
  write("/sys/class/net/eth0/mtu", "1500\n");
  write("/sys/class/net/eth0/address", "02:fc:00:00:00:01\n");
  const auto reading = sensor_.sample(after(1s));
  const interface_reading& eth0 = reading.interfaces[0];
  EXPECT_EQ(eth0.state, link_state::up);
  EXPECT_EQ(eth0.speed, 1000U);
  EXPECT_EQ(eth0.mtu, 1500U);
  EXPECT_EQ(eth0.hardware.value().view(), "02:fc:00:00:00:01");
  EXPECT_EQ(eth0.ipv4.value().view(), "192.0.2.7");
}

TEST_F(network, leaves_out_what_an_interface_does_not_have) {
  dev(line("lo", 0, 0));
  write("/sys/class/net/lo/operstate", "unknown\n");
  write("/sys/class/net/lo/carrier", "1\n");
  write("/sys/class/net/lo/speed", "-1\n");
  write("/sys/class/net/lo/address", "00:00:00:00:00:00\n");
  const auto reading = sensor_.sample(after(1s));
  const interface_reading& lo = reading.interfaces[0];
  EXPECT_EQ(lo.state, link_state::up);
  EXPECT_FALSE(lo.speed);
  EXPECT_FALSE(lo.mtu);
  EXPECT_FALSE(lo.hardware);
  EXPECT_FALSE(lo.ipv4);
}

TEST_F(network, knows_an_interface_that_is_down_or_of_which_nothing_is_known) {
  dev(line("eth0", 0, 0) + line("eth1", 0, 0) + line("eth2", 0, 0));
  write("/sys/class/net/eth0/operstate", "lowerlayerdown\n");
  write("/sys/class/net/eth1/operstate", "dormant\n");
  const auto reading = sensor_.sample(after(1s));
  EXPECT_EQ(reading.interfaces[0].state, link_state::down);
  EXPECT_EQ(reading.interfaces[1].state, link_state::waiting);
  EXPECT_EQ(reading.interfaces[2].state, link_state::unknown);
}

TEST_F(network, follows_a_counter_that_wraps) {
  dev(line("eth0", 0xFFFFFFF0U, 0));
  (void)sensor_.sample(after(1s));
  dev(line("eth0", 0x10, 0));
  EXPECT_EQ(sensor_.sample(after(1s)).interfaces[0].receive_rate, 0x20U);
}

TEST_F(network, starts_afresh_with_an_interface_that_comes_back) {
  dev(line("eth0", 1000, 0) + line("usb0", 1000, 0));
  (void)sensor_.sample(after(1s));
  dev(line("eth0", 2000, 0));
  EXPECT_EQ(sensor_.sample(after(1s)).interfaces.size(), 1U);
  dev(line("eth0", 3000, 0) + line("usb0", 50, 0));
  const auto again = sensor_.sample(after(1s));
  ASSERT_EQ(again.interfaces.size(), 2U);
  EXPECT_EQ(again.interfaces[0].receive_rate, 1000U);
  EXPECT_FALSE(again.interfaces[1].receive_rate);
}

TEST_F(network, counts_from_nothing_after_a_reset) {
  dev(line("eth0", 1000, 0));
  (void)sensor_.sample(after(1s));
  dev(line("eth0", 2000, 0));
  (void)sensor_.sample(after(1s));
  sensor_.reset();
  dev(line("eth0", 2500, 0));
  const auto reading = sensor_.sample(after(1s));
  EXPECT_EQ(reading.interfaces[0].received, 500U);
  EXPECT_EQ(reading.interfaces[0].receive_rate, 500U);
}

TEST_F(network, shows_as_many_interfaces_as_fit_and_counts_the_others) {
  std::string lines;
  for (int i = 0; i < 20; ++i) lines += line("veth" + std::to_string(i), 0, 0);
  dev(lines);
  const auto reading = sensor_.sample(after(1s));
  EXPECT_EQ(reading.interfaces.size(), network_reading::most);
  EXPECT_EQ(reading.interfaces_hidden, 20 - network_reading::most);
}

TEST_F(network, skips_lines_that_it_does_not_understand) {
  dev("  eth0: 1 2 3\n  : 1 2 3 4 5 6 7 8 9 10 11 12 13 14 15 16\nnonsense\n" + line("eth1", 0, 0));
  const auto reading = sensor_.sample(after(1s));
  ASSERT_EQ(reading.interfaces.size(), 1U);
  EXPECT_EQ(reading.interfaces[0].name.view(), "eth1");
}

TEST_F(network, is_empty_on_a_machine_without_a_network) {
  EXPECT_TRUE(sensor_.sample(after(1s)).interfaces.empty());
}

TEST(system_ipv4, knows_the_loopback_interface_and_no_other_name) {
  const auto address = system_ipv4("lo");
  if (address) {
    EXPECT_EQ(address->view(), "127.0.0.1");
  }
  EXPECT_FALSE(system_ipv4("no-such-device"));
  EXPECT_FALSE(system_ipv4("a-name-longer-than-any-interface"));
}

}  // namespace gateway::test
