#include "sensors/identity.hpp"

#include "machine_fixture.hpp"

namespace gateway::test {

class identity : public machine {};

TEST_F(identity, reads_a_board_from_its_device_tree) {
  write("/proc/sys/kernel/hostname", "cellar\n");
  write("/sys/firmware/devicetree/base/model", std::string_view("Raspberry Pi 4\0", 15));
  write("/sys/class/dmi/id/product_name", "not this\n");
  const auto found = read_identity(files());
  EXPECT_EQ(found.host.value().view(), "cellar");
  EXPECT_EQ(found.model.value().view(), "Raspberry Pi 4");
}

TEST_F(identity, reads_a_computer_from_its_bios_and_its_distribution) {
  write("/sys/class/dmi/id/product_name", "NUC 11\n");
  write("/proc/cpuinfo", "processor\t: 0\nmodel name\t: Some CPU @ 2.4 GHz\n");
  write("/proc/sys/kernel/osrelease", "6.1.0\n");
  write("/etc/os-release", "NAME=\"Debian\"\nPRETTY_NAME=\"Debian GNU/Linux 12\"\n");
  const auto found = read_identity(files());
  EXPECT_EQ(found.model.value().view(), "NUC 11");
  EXPECT_EQ(found.processor.value().view(), "Some CPU @ 2.4 GHz");
  EXPECT_EQ(found.kernel.value().view(), "6.1.0");
  EXPECT_EQ(found.system.value().view(), "Debian GNU/Linux 12");
}

TEST_F(identity, leaves_out_what_the_machine_does_not_tell) {
  write("/sys/class/dmi/id/product_name", "\n");
  write("/etc/os-release", "PRETTY_NAME=\"\"\n");
  const auto found = read_identity(files());
  EXPECT_FALSE(found.host);
  EXPECT_FALSE(found.model);
  EXPECT_FALSE(found.processor);
  EXPECT_FALSE(found.system);
  EXPECT_FALSE(found.kernel);
}

}  // namespace gateway::test
