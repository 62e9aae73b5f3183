#include "sensors/network.hpp"

#include "machine_fixture.hpp"

#include <sched.h>
#include <sys/wait.h>

namespace gateway::test {

using namespace std::chrono_literals;

std::optional<musubi::text<16>> fixed_ipv4(file_reader&, std::string_view name) noexcept {
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

TEST_F(network, starts_again_with_an_interface_that_comes_back) {
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

TEST_F(network, shows_what_the_first_process_sees_rather_than_this_one) {
  dev(line("eth0", 0, 0));
  write("/proc/1/net/dev", "titles\n" + line("wan", 0, 0));
  const auto reading = sensor_.sample(after(1s));
  ASSERT_EQ(reading.interfaces.size(), 1U);
  EXPECT_EQ(reading.interfaces[0].name.view(), "wan");
}

TEST_F(network, has_no_speed_that_the_driver_does_not_know) {
  dev(line("eth0", 0, 0));
  const auto speed = [&](const char* state, const char* told) {
    write("/sys/class/net/eth0/operstate", state);
    write("/sys/class/net/eth0/speed", told);
    return sensor_.sample(after(1s)).interfaces[0].speed;
  };
  EXPECT_EQ(speed("up\n", "1000\n"), 1000U);
  EXPECT_EQ(speed("up\n", "2500\n"), 2500U);
  EXPECT_EQ(speed("up\n", "800000\n"), 800'000U);
  for (const char* unknown : {"-1\n", "0\n", "65535\n", "4294967295\n", "4294967294\n",
                              "18446744073709551615\n", "\n", "fast\n"}) {
    EXPECT_FALSE(speed("up\n", unknown)) << unknown;
  }
  for (const char* state :
       {"down\n", "lowerlayerdown\n", "notpresent\n", "dormant\n", "unknown\n"}) {
    EXPECT_FALSE(speed(state, "1000\n")) << state;  // the last one that there was
  }
}

TEST_F(network, has_no_hardware_address_of_zeros) {
  EXPECT_TRUE(parse_hardware("02:fc:00:00:00:01"));
  EXPECT_TRUE(parse_hardware("02:fc:00:00:00:01:00:02"));
  for (const char* other : {"", "00:00:00:00:00:00", "c0:a8:00:01", "00:00:00:00",
                            "80:00:00:48:fe:80:00:00:00:00:00:00:00:02:c9:03:00:01:02:03",
                            "02-fc-00-00-00-01", "02:fc:00:00:00:0g"}) {
    EXPECT_FALSE(parse_hardware(other)) << other;
  }
}

TEST_F(network, follows_each_counter_that_wraps_by_itself) {
  // 32 bits for packets in and for packets out: their sum wraps at neither.
  const auto packets = [&](std::uint64_t in, std::uint64_t out) {
    dev("  eth0: 0 " + std::to_string(in) + " 0 0 0 0 0 0 0 " + std::to_string(out) +
        " 0 0 0 0 0 0\n");
    return sensor_.sample(after(1s)).interfaces[0].packet_rate;
  };
  (void)packets(0xFFFFFFF0U, 5000);
  EXPECT_EQ(packets(0x10, 5100), 0x20U + 100U);
}

TEST_F(network, reads_names_of_any_bytes_and_columns_without_a_space) {
  dev("eth0:1000 10 0 0 0 0 0 0 2000 20 0 0 0 0 0 0\n  eth0:1:1 1 0 0 0 0 0 0 1 1 0 0 0 0 0 0\n"
      "br-\xFF\x01\xC3\xBC: 1 1 0 0 0 0 0 0 1 1 0 0 0 0 0 0\n"
      "a.very-long_nam: 1 1 0 0 0 0 0 0 1 1 0 0 0 0 0 0\n");
  const auto reading = sensor_.sample(after(1s));
  ASSERT_EQ(reading.interfaces.size(), 4U);
  EXPECT_EQ(reading.interfaces[0].name.view(), "eth0");
  EXPECT_EQ(reading.interfaces[1].name.view(), "eth0:1");
  EXPECT_EQ(reading.interfaces[2].name.view(), "br-??\xC3\xBC");
  EXPECT_EQ(reading.interfaces[3].name.view(), "a.very-long_nam");
}

TEST_F(network, keeps_the_totals_of_an_interface_that_is_renamed) {
  const auto index = [&](const std::string& name, const char* number) {
    write("/sys/class/net/" + name + "/ifindex", number);
  };
  index("eth0", "2\n");
  index("eth1", "3\n");
  dev(line("eth0", 1000, 0) + line("eth1", 900'000, 0));
  (void)sensor_.sample(after(1s));
  dev(line("eth0", 1500, 0) + line("eth1", 900'010, 0));
  (void)sensor_.sample(after(1s));

  index("lan", "2\n");
  dev(line("lan", 2000, 0) + line("eth1", 900'010, 0));
  const auto renamed = sensor_.sample(after(1s));
  ASSERT_EQ(renamed.interfaces.size(), 2U);
  EXPECT_EQ(renamed.interfaces[0].name.view(), "lan");
  EXPECT_EQ(renamed.interfaces[0].received, 1000U);
  EXPECT_EQ(renamed.interfaces[0].receive_rate, 500U);

  // Two that change their names for each other's.
  index("lan", "3\n");
  index("eth1", "2\n");
  dev(line("eth1", 2100, 0) + line("lan", 900'020, 0));
  const auto swapped = sensor_.sample(after(1s));
  EXPECT_EQ(swapped.interfaces[0].name.view(), "eth1");
  EXPECT_EQ(swapped.interfaces[0].received, 1100U);
  EXPECT_EQ(swapped.interfaces[1].name.view(), "lan");
  EXPECT_EQ(swapped.interfaces[1].received, 20U);
}

TEST_F(network, begins_again_with_another_device_of_the_same_name) {
  write("/sys/class/net/usb0/ifindex", "5\n");
  dev(line("usb0", 1000, 0));
  (void)sensor_.sample(after(1s));
  write("/sys/class/net/usb0/ifindex", "6\n");
  dev(line("usb0", 50'000'000, 0));
  const auto reading = sensor_.sample(after(1s));
  ASSERT_EQ(reading.interfaces.size(), 1U);
  EXPECT_FALSE(reading.interfaces[0].receive_rate);
  EXPECT_EQ(reading.interfaces[0].received, 0U);
}

TEST_F(network, shows_the_last_look_and_goes_on_counting_when_it_cannot_look) {
  dev(line("eth0", 1000, 0));
  (void)sensor_.sample(after(1s));
  dev(line("eth0", 2000, 0));
  EXPECT_FALSE(sensor_.sample(after(1s)).interfaces[0].stale);
  {
    const no_descriptors at_all;
    for (int i = 0; i < 3; ++i) {
      const auto stale = sensor_.sample(after(1s));
      ASSERT_EQ(stale.interfaces.size(), 1U);
      EXPECT_TRUE(stale.interfaces[0].stale);
      EXPECT_EQ(stale.interfaces[0].received, 1000U);
    }
  }
  dev(line("eth0", 6000, 0));
  const auto again = sensor_.sample(after(1s));
  EXPECT_FALSE(again.interfaces[0].stale);
  EXPECT_EQ(again.interfaces[0].received, 5000U);
  EXPECT_EQ(again.interfaces[0].receive_rate, 1000U);  // 4000 in four seconds
}

TEST_F(network, keeps_what_it_knows_of_an_interface_that_does_not_answer) {
  dev(line("eth0", 0, 0));
  write("/sys/class/net/eth0/operstate", "up\n");
  write("/sys/class/net/eth0/speed", "1000\n");
  (void)sensor_.sample(after(1s));
  fail("/sys/class/net/eth0/speed");
  EXPECT_EQ(sensor_.sample(after(1s)).interfaces[0].speed, 1000U);
  write("/sys/class/net/eth0/operstate", "down\n");
  EXPECT_EQ(sensor_.sample(after(1s)).interfaces[0].state, link_state::down);
}

TEST_F(network, leaves_out_what_another_namespace_says_of_the_same_names) {
  // Without a lookup the network is another one; the /sys of a mounted root belongs to it, though.
  dev(line("eth0", 0, 0));
  write("/sys/class/net/eth0/mtu", "1500\n");
  network_sensor mounted(files(), nullptr);
  EXPECT_EQ(mounted.sample(after(1s)).interfaces[0].mtu, 1500U);
  EXPECT_FALSE(mounted.sample(after(1s)).interfaces[0].ipv4);
  EXPECT_EQ(ipv4_of(files()), nullptr);
  network_sensor own(file_tree(), nullptr);
  for (const auto& each : own.sample(after(1s)).interfaces) EXPECT_FALSE(each.mtu);
}

TEST(a_network_namespace, is_told_from_that_of_the_machine) {
  if (ipv4_of(file_tree()) == nullptr) GTEST_SKIP() << "these tests run in one of their own";
  const pid_t child = ::fork();
  if (child == 0) {
    if (::unshare(CLONE_NEWNET) != 0) ::_exit(77);
    ::_exit(ipv4_of(file_tree()) == nullptr ? 0 : 1);
  }
  int status = 0;
  ASSERT_EQ(::waitpid(child, &status, 0), child);
  ASSERT_TRUE(WIFEXITED(status));
  if (WEXITSTATUS(status) == 77) GTEST_SKIP() << "only root may make one";
  EXPECT_EQ(WEXITSTATUS(status), 0);
}

TEST(system_ipv4, knows_the_loopback_interface_and_no_other_name) {
  const file_tree here;
  file_reader reader(here);
  const auto address = system_ipv4(reader, "lo");
  if (address) {
    EXPECT_EQ(address->view(), "127.0.0.1");
  }
  EXPECT_FALSE(system_ipv4(reader, "no-such-device"));
  EXPECT_FALSE(system_ipv4(reader, "a-name-longer-than-any-interface"));
  EXPECT_FALSE(reader.failed());
}

}  // namespace gateway::test
