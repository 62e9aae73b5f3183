#include "sensors/disks.hpp"

#include "machine_fixture.hpp"

namespace gateway::test {

using namespace std::chrono_literals;

/// Every mount point but those under /file is a disk of 1000 bytes.
std::optional<disk_space> fixed_space(const file_path& mount) noexcept {
  if (mount.view().find("/file") != std::string_view::npos) return std::nullopt;
  return disk_space{.size = 1000, .used = 400, .available = 500, .files = 10, .files_used = 1};
}

class disks : public machine {
 protected:
  void mounts(const std::string& lines) const { write("/proc/self/mountinfo", lines); }
  static std::string mount(const std::string& device, const std::string& point,
                           const std::string& source, const std::string& type = "ext4",
                           const std::string& options = "rw,relatime") {
    return "27 1 " + device + " / " + point + " " + options + " shared:1 - " + type + " " + source +
           " rw\n";
  }
  /// sectors read, sectors written, milliseconds busy
  static std::string traffic(const std::string& device, std::uint64_t read, std::uint64_t written,
                             std::uint64_t busy = 0) {
    return "  " + device + " 1 0 " + std::to_string(read) + " 0 1 0 " + std::to_string(written) +
           " 0 0 " + std::to_string(busy) + " 0\n";
  }
  disks_sensor sensor_{files(), fixed_space};
};

TEST_F(disks, shows_what_lies_on_a_disk_and_nothing_else) {
  mounts(mount("0:21", "/proc", "proc", "proc") + mount("8:1", "/", "/dev/sda1") +
         mount("0:5", "/tmp", "tmpfs", "tmpfs") +
         mount("7:0", "/snap/x", "/dev/loop0", "squashfs") +
         mount("0:44", "/mnt/far", "server:/data", "nfs4") +
         mount("0:50", "/data", "ubi0:data", "ubifs", "ro,relatime"));
  const auto reading = sensor_.sample(after(1s));
  ASSERT_EQ(reading.disks.size(), 2U);
  EXPECT_EQ(reading.disks[0].name.view(), "sda1");
  EXPECT_EQ(reading.disks[0].mount.view(), "/");
  EXPECT_EQ(reading.disks[0].filesystem.view(), "ext4");
  EXPECT_FALSE(reading.disks[0].read_only);
  EXPECT_EQ(reading.disks[0].space.used, 400U);
  EXPECT_EQ(reading.disks[1].name.view(), "ubi0:data");
  EXPECT_TRUE(reading.disks[1].read_only);
}

TEST_F(disks, shows_a_disk_once_however_often_it_is_mounted) {
  mounts(mount("8:1", "/file/hosts", "/dev/sda1") + mount("8:1", "/", "/dev/sda1") +
         mount("8:1", "/home", "/dev/sda1"));
  const auto reading = sensor_.sample(after(1s));
  ASSERT_EQ(reading.disks.size(), 1U);
  EXPECT_EQ(reading.disks[0].mount.view(), "/");
}

TEST_F(disks, decodes_white_space_in_a_mount_point) {
  mounts(mount("8:1", "/media/my\\040disk", "/dev/sda1"));
  EXPECT_EQ(sensor_.sample(after(1s)).disks[0].mount.view(), "/media/my disk");
}

TEST_F(disks, gives_rates_and_totals_from_the_second_look_on) {
  mounts(mount("8:1", "/", "/dev/sda1"));
  write("/proc/diskstats", traffic("8 1 sda1", 100, 200, 1000));
  const auto first = sensor_.sample(after(1s));
  EXPECT_FALSE(first.disks[0].read_rate);
  EXPECT_EQ(first.disks[0].read, 0U);
  write("/proc/diskstats", traffic("8 1 sda1", 104, 202, 1500));
  const auto second = sensor_.sample(after(2s));
  EXPECT_EQ(second.disks[0].read_rate, 1024U);
  EXPECT_EQ(second.disks[0].write_rate, 512U);
  EXPECT_EQ(second.disks[0].read, 2048U);
  EXPECT_EQ(second.disks[0].written, 1024U);
  EXPECT_FLOAT_EQ(second.disks[0].busy.value(), 25.0F);
}

TEST_F(disks, finds_a_mapped_disk_by_its_kernel_name) {
  link("/dev/mapper/root", "../dm-0");
  mounts(mount("254:0", "/", "/dev/mapper/root"));
  write("/proc/diskstats", traffic("254 0 dm-0", 0, 0));
  const auto reading = sensor_.sample(after(1s));
  EXPECT_EQ(reading.disks[0].name.view(), "dm-0");
  EXPECT_TRUE(reading.disks[0].read);
}

TEST_F(disks, finds_the_traffic_of_a_disk_whose_file_system_has_its_own_number) {
  mounts(mount("0:33", "/", "/dev/sda2", "btrfs"));
  write("/proc/diskstats", traffic("8 2 sda2", 0, 0));
  EXPECT_TRUE(sensor_.sample(after(1s)).disks[0].read);
}

TEST_F(disks, has_no_traffic_where_the_kernel_does_not_count) {
  mounts(mount("0:50", "/data", "tank/data", "zfs"));
  const auto reading = sensor_.sample(after(1s));
  EXPECT_EQ(reading.disks[0].name.view(), "tank/data");
  EXPECT_FALSE(reading.disks[0].read);
  EXPECT_FALSE(reading.disks[0].busy);
}

TEST_F(disks, survives_a_disk_that_is_pulled_out_and_plugged_in_again) {
  mounts(mount("8:1", "/", "/dev/sda1") + mount("8:17", "/media", "/dev/sdb1"));
  write("/proc/diskstats", traffic("8 1 sda1", 0, 0) + traffic("8 17 sdb1", 5000, 0));
  (void)sensor_.sample(after(1s));

  mounts(mount("8:1", "/", "/dev/sda1"));
  write("/proc/diskstats", traffic("8 1 sda1", 2, 0));
  const auto without = sensor_.sample(after(1s));
  ASSERT_EQ(without.disks.size(), 1U);
  EXPECT_EQ(without.disks[0].read_rate, 1024U);

  mounts(mount("8:1", "/", "/dev/sda1") + mount("8:17", "/media", "/dev/sdb1"));
  write("/proc/diskstats", traffic("8 1 sda1", 2, 0) + traffic("8 17 sdb1", 10, 0));
  const auto again = sensor_.sample(after(1s));
  ASSERT_EQ(again.disks.size(), 2U);
  EXPECT_FALSE(again.disks[1].read_rate);
  EXPECT_EQ(again.disks[1].read, 0U);
}

TEST_F(disks, counts_from_nothing_after_a_reset) {
  mounts(mount("8:1", "/", "/dev/sda1"));
  write("/proc/diskstats", traffic("8 1 sda1", 0, 0));
  (void)sensor_.sample(after(1s));
  write("/proc/diskstats", traffic("8 1 sda1", 2, 2));
  (void)sensor_.sample(after(1s));
  sensor_.reset();
  write("/proc/diskstats", traffic("8 1 sda1", 4, 2));
  const auto reading = sensor_.sample(after(1s));
  EXPECT_EQ(reading.disks[0].read, 1024U);
  EXPECT_EQ(reading.disks[0].written, 0U);
}

TEST_F(disks, shows_as_many_disks_as_fit_and_counts_the_others) {
  std::string lines;
  for (int i = 1; i <= 12; ++i) {
    const std::string number = std::to_string(i);
    lines += mount("8:" + number, "/disk" + number, "/dev/sda" + number);
  }
  mounts(lines);
  const auto reading = sensor_.sample(after(1s));
  EXPECT_EQ(reading.disks.size(), disks_reading::most);
  EXPECT_EQ(reading.disks_hidden, 12 - disks_reading::most);
}

TEST_F(disks, skips_lines_that_it_does_not_understand) {
  mounts(
      "\n27 1 8:1 / / rw\n27 1 8-1 / / rw - ext4 /dev/sda1 rw\n27 1 8:1 / none rw - ext4 "
      "/dev/sda1\n" +
      mount("8:2", "/", "/dev/sda2"));
  write("/proc/diskstats", "8 2 sda2 1 2\nnonsense\n" + traffic("8 2 sda2", 0, 0));
  const auto reading = sensor_.sample(after(1s));
  ASSERT_EQ(reading.disks.size(), 1U);
  EXPECT_TRUE(reading.disks[0].read);
}

TEST_F(disks, is_empty_on_a_machine_without_disks) {
  EXPECT_TRUE(sensor_.sample(after(1s)).disks.empty());
}

class system_space_of : public machine {};

TEST_F(system_space_of, a_folder_is_told_and_a_file_is_none) {
  write("/file", "");
  const auto folder = system_space(files().path(""));
  ASSERT_TRUE(folder);
  EXPECT_GT(folder->size, 0U);
  EXPECT_LE(folder->used, folder->size);
  EXPECT_FALSE(system_space(files().path("/file")));
  EXPECT_FALSE(system_space(files().path("/missing")));
}

}  // namespace gateway::test
