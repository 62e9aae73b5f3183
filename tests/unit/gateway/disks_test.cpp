#include "sensors/disks.hpp"

#include "machine_fixture.hpp"

#include <cerrno>
#include <sys/stat.h>
#include <sys/sysmacros.h>

namespace gateway::test {

using namespace std::chrono_literals;

/// Every mount point but those under /file is a disk of 1000 bytes.
std::optional<disk_space> fixed_space(file_reader&, const file_path& mount,
                                      const mount_entry&) noexcept {
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
  space_at_once space_{fixed_space};
  disks_sensor sensor_{files(), space_};
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

TEST_F(disks, shows_what_the_first_process_sees_rather_than_this_one) {
  mounts(mount("0:40", "/", "overlay", "overlay", "rw,relatime"));
  write("/proc/1/mountinfo", mount("8:1", "/", "/dev/sda1"));
  const auto reading = sensor_.sample(after(1s));
  ASSERT_EQ(reading.disks.size(), 1U);
  EXPECT_EQ(reading.disks[0].name.view(), "sda1");
}

TEST_F(disks, are_read_only_as_mounted_or_as_a_whole) {
  const auto read_only = [&](const std::string& options, const std::string& super) {
    mounts("27 1 8:1 / / " + options + " shared:1 - ext4 /dev/sda1 " + super + "\n");
    return sensor_.sample(after(1s)).disks[0].read_only;
  };
  EXPECT_FALSE(read_only("rw,relatime", "rw,errors=remount-ro"));
  EXPECT_FALSE(read_only("rw", "rw"));
  EXPECT_TRUE(read_only("ro,relatime", "rw"));
  EXPECT_TRUE(read_only("rw,relatime", "ro,errors=remount-ro"));
  EXPECT_TRUE(read_only("rw", "ro"));
  EXPECT_FALSE(read_only("rw,rootcontext=x", "rw,ro_nothing"));
}

TEST_F(disks, are_found_among_everything_else_that_is_mounted) {
  write("/proc/diskstats", traffic("179 2 mmcblk0p2", 0, 0) + traffic("8 50 sdd1", 0, 0));
  mounts(
      "22 1 179:2 / / rw,noatime shared:1 - ext4 /dev/root rw\n"
      "23 22 8:1 / /media/My\\040Disk\\011tab rw - ext4 /dev/sda1 rw\n"
      "24 22 8:17 / /media/caf\xC3\xA9\\134x rw - vfat /dev/sdb1 rw\n"
      "25 22 8:33 / /media/hash\\043tag rw - ext4 /dev/sdc1 rw\n"
      "26 22 0:50 / /srv/nfs rw - nfs4 192.0.2.9:/export rw\n"
      "27 22 0:51 / /etc/pve rw - fuse /dev/fuse rw\n"
      "28 22 0:52 / /mnt/tmp rw - tmpfs  rw,size=1k\n"
      "29 22 0:53 / /mnt/dash rw - tmpfs - rw\n"
      "30 22 0:54 /@home /home rw,relatime shared:2 master:1 - btrfs /dev/sdd1 rw,subvol=/@home\n"
      "31 22 0:54 /@ /mnt/btr rw,relatime - btrfs /dev/sdd1 rw,subvol=/@\n"
      "32 22 0:55 / /var/lib/docker/x rw - overlay overlay rw,lowerdir=" +
      std::string(6000, 'l') +
      "\n"
      "33 22 8:49 / /data\\012newline rw - ext4 /dev/sde1 rw\n"
      "34 22 8:65 / /file/gone rw - ext4 /dev/sdf1 rw\n"
      "35 22 8:81 / /bin\xC3( rw - ext4 /dev/sdg1 rw\n"
      "36 22 0:56 / /Docker/host rw,noatime - 9p drvfs rw,aname=drvfs;path=C:\\Program Files\\x\n"
      "37 22 0:57 / /run/shm rw - tmpfs /dev/shm rw\n"
      "38 22 0:58 / /boot/efi rw - autofs systemd-1 rw,fd=30\n"
      "39 22 7:3 / /snap/core/1 ro - squashfs /dev/loop3 ro\n"
      "40 22 7:4 / /mnt/image rw - ext4 /dev/loop4 rw\n"
      "41 22 0:59 / /mnt/card rw - fuseblk.x /dev/fuse rw\n");
  std::vector<std::string> found;
  for (const auto& each : sensor_.sample(after(1s)).disks) {
    found.push_back(std::string(each.name.view()) + " " + std::string(each.mount.view()));
  }
  EXPECT_EQ(found, (std::vector<std::string>{"mmcblk0p2 /", "sda1 /media/My Disk?tab",
                                             "sdb1 /media/caf\xC3\xA9\\x", "sdc1 /media/hash#tag",
                                             "sdd1 /home", "sde1 /data?newline", "sdg1 /bin?("}));
}

TEST_F(disks, may_be_an_image_where_it_is_the_root_of_a_container) {
  mounts(mount("7:0", "/", "/dev/loop0") + mount("7:1", "/mnt", "/dev/loop1"));
  const auto reading = sensor_.sample(after(1s));
  ASSERT_EQ(reading.disks.size(), 1U);
  EXPECT_EQ(reading.disks[0].name.view(), "loop0");
}

TEST_F(disks, are_hidden_by_what_is_mounted_over_them) {
  mounts(mount("8:1", "/", "/dev/sda1") + mount("8:17", "/data", "/dev/sdb1") +
         mount("0:44", "/data", "server:/data", "nfs4") + mount("8:33", "/x", "/dev/sdc1") +
         mount("8:49", "/x", "/dev/sdd1"));
  const auto reading = sensor_.sample(after(1s));
  ASSERT_EQ(reading.disks.size(), 2U);
  EXPECT_EQ(reading.disks[0].name.view(), "sda1");
  EXPECT_EQ(reading.disks[1].name.view(), "sdd1");
}

TEST_F(disks, of_the_same_name_are_told_apart) {
  mounts(mount("253:0", "/", "/dev/vg0/root") + mount("253:1", "/srv", "/dev/vg1/root"));
  const auto reading = sensor_.sample(after(1s));
  ASSERT_EQ(reading.disks.size(), 2U);
  EXPECT_EQ(reading.disks[0].name.view(), "root");
  EXPECT_EQ(reading.disks[1].name.view(), "253:1 root");
}

TEST_F(disks, follow_a_count_of_sectors_that_wraps_at_32_bits) {
  mounts(mount("8:1", "/", "/dev/sda1"));
  write("/proc/diskstats", traffic("8 1 sda1", 0xFFFFFFFEU, 0, 0xFFFFFF9CU));
  (void)sensor_.sample(after(1s));
  write("/proc/diskstats", traffic("8 1 sda1", 2, 0, 150));
  const auto reading = sensor_.sample(after(1s));
  EXPECT_EQ(reading.disks[0].read_rate, 4U * 512);
  EXPECT_EQ(reading.disks[0].read, 4U * 512);
  EXPECT_FLOAT_EQ(reading.disks[0].busy.value(), 25.0F);
}

TEST_F(disks, keep_their_totals_and_say_so_when_nothing_can_be_read) {
  mounts(mount("8:1", "/", "/dev/sda1"));
  write("/proc/diskstats", traffic("8 1 sda1", 0, 0));
  (void)sensor_.sample(after(1s));
  write("/proc/diskstats", traffic("8 1 sda1", 2, 0));
  EXPECT_FALSE(sensor_.sample(after(1s)).disks[0].stale);
  {
    const no_descriptors at_all;
    const auto stale = sensor_.sample(after(1s));
    ASSERT_EQ(stale.disks.size(), 1U);
    EXPECT_TRUE(stale.disks[0].stale);
    EXPECT_EQ(stale.disks[0].read, 1024U);
  }
  fail("/proc/diskstats");
  EXPECT_TRUE(sensor_.sample(after(1s)).disks[0].stale);
  write("/proc/diskstats", traffic("8 1 sda1", 8, 0));
  const auto again = sensor_.sample(after(1s));
  EXPECT_FALSE(again.disks[0].stale);
  EXPECT_EQ(again.disks[0].read, 4096U);
  EXPECT_EQ(again.disks[0].read_rate, 1024U);
}

std::optional<disk_space> sick_space(file_reader& reader, const file_path& point,
                                     const mount_entry& of) noexcept {
  if (point.view().find("/sick") == std::string_view::npos) return fixed_space(reader, point, of);
  static int asked = 0;
  if (asked++ == 0) return fixed_space(reader, point, of);
  reader.note(EIO);
  return std::nullopt;
}

TEST_F(disks, are_not_gone_when_one_does_not_say_how_full_it_is) {
  space_at_once space(sick_space);
  disks_sensor sensor(files(), space);
  mounts(mount("8:1", "/", "/dev/sda1") + mount("8:17", "/sick", "/dev/sdb1"));
  write("/proc/diskstats", traffic("8 1 sda1", 0, 0) + traffic("8 17 sdb1", 0, 0));
  (void)sensor.sample(after(1s));
  write("/proc/diskstats", traffic("8 1 sda1", 0, 0) + traffic("8 17 sdb1", 2, 0));
  const auto reading = sensor.sample(after(1s));
  ASSERT_EQ(reading.disks.size(), 2U);
  EXPECT_FALSE(reading.disks[0].stale);
  EXPECT_TRUE(reading.disks[1].stale);
  EXPECT_EQ(reading.disks[1].space.used, 400U);
  EXPECT_EQ(reading.disks[1].read, 1024U);
}

class system_space_of : public machine {
 protected:
  static std::optional<disk_space> ask(const file_tree& files, std::string_view point,
                                       std::string_view line) {
    file_reader reader(files);
    const auto told = system_space(reader, files.path(point), *parse_mount(line));
    EXPECT_FALSE(reader.failed());
    return told;
  }
};

TEST_F(system_space_of, a_folder_is_reported_and_of_a_file_is_absent) {
  write("/file", "");
  const std::string_view any = "27 1 8:1 / / rw - ext4 /dev/sda1 rw";
  const auto folder = ask(files(), "", any);
  ASSERT_TRUE(folder);
  EXPECT_GT(folder->size, 0U);
  EXPECT_LE(folder->used, folder->size);
  EXPECT_FALSE(ask(files(), "/file", any));
  EXPECT_FALSE(ask(files(), "/missing", any));
}

TEST_F(system_space_of, what_this_program_is_shown_in_its_place_is_absent) {
  struct stat about {};
  ASSERT_EQ(::stat("/", &about), 0);
  const auto line = [&](unsigned major, const char* type) {
    return "27 1 " + std::to_string(major) + ":" + std::to_string(minor(about.st_dev)) +
           " / / rw - " + type + " /dev/sda1 rw";
  };
  const unsigned device = major(about.st_dev);
  EXPECT_TRUE(ask(file_tree(), "/", line(device, "ext4")));
  EXPECT_FALSE(ask(file_tree(), "/", line(device + 1, "ext4")));
  EXPECT_FALSE(ask(file_tree(), "/proc", line(device, "ext4")));
  EXPECT_FALSE(ask(file_tree(), "/proc", line(0, "btrfs")));
}

}  // namespace gateway::test
