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

TEST(a_value_of_os_release, is_quoted_as_in_a_shell) {
  const auto value = [](std::string_view text) {
    const auto found = unquoted(text);
    return found ? std::string(found->view()) : std::string("(none)");
  };
  EXPECT_EQ(value("\"Debian GNU/Linux 12 (bookworm)\""), "Debian GNU/Linux 12 (bookworm)");
  EXPECT_EQ(value("'Router OS 4'"), "Router OS 4");
  EXPECT_EQ(value("Slackware"), "Slackware");
  EXPECT_EQ(value("Old System 7"), "Old System 7");
  EXPECT_EQ(value("\"a \\\"b\\\" \\$c \\`d\\` \\\\ \\n\""), "a \"b\" $c `d` \\ \\n");
  EXPECT_EQ(value("'a \\n \"b\"'"), "a \\n \"b\"");
  EXPECT_EQ(value("'it'\\''s'"), "it's");
  EXPECT_EQ(value("two\\ words"), "two words");
  EXPECT_EQ(value("\"x\" # the best"), "x");
  for (const char* none : {"", "\"\"", "''", "\"  \"", "\"open", "'open", "\\"}) {
    EXPECT_EQ(value(none), none == std::string("\\") ? "\\" : "(none)") << none;
  }
}

TEST_F(identity, takes_the_name_and_the_version_where_there_is_no_pretty_name) {
  write("/etc/os-release", "# ours\nNAME='Router OS'\nVERSION_ID=4.2\r\n");
  EXPECT_EQ(read_identity(files()).system.value().view(), "Router OS 4.2");
  write("/etc/os-release", "PRETTY_NAME=first\nPRETTY_NAME='Router OS 4'\n");
  EXPECT_EQ(read_identity(files()).system.value().view(), "Router OS 4");
}

TEST_F(identity, leaves_out_a_model_that_nobody_filled_in) {
  for (const char* placeholder :
       {"To Be Filled By O.E.M.", "System Product Name", "Default string"}) {
    write("/sys/class/dmi/id/product_name", placeholder);
    EXPECT_FALSE(read_identity(files()).model) << placeholder;
  }
  write("/sys/class/dmi/id/board_name", "PRIME Z390-A\n");
  EXPECT_EQ(read_identity(files()).model.value().view(), "PRIME Z390-A");
}

TEST_F(identity, knows_what_other_architectures_call_a_processor) {
  write("/proc/cpuinfo", "system type : MT7621\nprocessor : 0\ncpu model : MIPS 1004Kc V2.15\n");
  EXPECT_EQ(read_identity(files()).processor.value().view(), "MIPS 1004Kc V2.15");
  write("/proc/cpuinfo", "Processor\t: ARMv7 Processor rev 5 (v7l)\nprocessor\t: 0\n");
  EXPECT_EQ(read_identity(files()).processor.value().view(), "ARMv7 Processor rev 5 (v7l)");
}

TEST_F(identity,
       asks_the_file_of_a_mounted_root_for_the_name_which_the_kernel_tells_per_namespace) {
  write("/proc/sys/kernel/hostname", "3f2a91c07b55\n");
  write("/etc/hostname", "cellar\n");
  EXPECT_EQ(read_identity(files()).host.value().view(), "cellar");
  write("/etc/hostname", "localhost\n");
  EXPECT_EQ(read_identity(files()).host.value().view(), "3f2a91c07b55");
}

TEST_F(identity, shows_no_byte_that_a_browser_would_not_take) {
  write("/etc/hostname", std::string_view("ce\x1B[31mllar\xFF\n", 13));
  EXPECT_EQ(read_identity(files()).host.value().view(), "ce?[31mllar?");
}

}  // namespace gateway::test
