#include "sensors/disks.hpp"

#include "sensors/scan.hpp"

#include <algorithm>
#include <cerrno>
#include <linux/magic.h>
#include <sys/stat.h>
#include <sys/sysmacros.h>
#include <sys/vfs.h>

namespace gateway {
namespace {

constexpr std::uint32_t sector = 512;  // bytes, of any disk, in /proc/diskstats

/// Whether `about` belongs to the file system of `mount`: this program may see another one there,
/// or an empty folder.
bool is_of(const struct stat& about, const struct statfs& told, const mount_entry& mount) noexcept {
  // Each btrfs volume has its own device number, which differs from that of the mount.
  if (mount.type == "btrfs") return static_cast<std::uint32_t>(told.f_type) == BTRFS_SUPER_MAGIC;
  return about.st_dev == makedev(mount.major, mount.minor);
}

}  // namespace

std::optional<disk_space> system_space(file_reader& reader, const file_path& point,
                                       const mount_entry& mount) noexcept {
  char path[file_path::capacity + 1];
  const std::string_view name = point;
  std::copy(name.begin(), name.end(), path);
  path[name.size()] = '\0';
  struct stat about {};
  struct statfs told {};
  if (::stat(path, &about) != 0) {
    reader.note(errno);
    return std::nullopt;
  }
  // Containers also mount single files, which are not disks.
  if (!S_ISDIR(about.st_mode)) return std::nullopt;
  if (::statfs(path, &told) != 0) {
    reader.note(errno);
    return std::nullopt;
  }
  if (told.f_blocks == 0 || (reader.files().is_live() && !is_of(about, told, mount))) {
    return std::nullopt;
  }
  const auto block = static_cast<std::uint64_t>(told.f_frsize > 0 ? told.f_frsize : told.f_bsize);
  const std::uint64_t size = told.f_blocks;
  return disk_space{.size = size * block,
                    .used = (size - std::min<std::uint64_t>(told.f_bfree, size)) * block,
                    .available = std::min<std::uint64_t>(told.f_bavail, size) * block,
                    .files = told.f_files,
                    .files_used = told.f_files - std::min(told.f_ffree, told.f_files)};
}

/// "major minor name reads merged sectors ms writes merged sectors ms in_flight ms_busy ..."
std::optional<disk_line> parse_disk(std::string_view line) noexcept {
  disk_line found;
  const std::string_view major = take_word(line);
  const std::string_view minor = take_word(line);
  found.name = take_word(line);
  if (!found.device.append(major) || !found.device.append(":") || !found.device.append(minor)) {
    return std::nullopt;
  }
  std::uint64_t numbers[10];
  if (!take_numbers(line, numbers)) return std::nullopt;
  found.sectors_read = numbers[2];
  found.sectors_written = numbers[6];
  found.milliseconds_busy = numbers[9];
  return found;
}

disks_sensor::tracked* disks_sensor::track(const mount_entry& mount,
                                           const musubi::text<64>& name) noexcept {
  for (tracked& known : tracked_) {
    if (known.name == name && known.device == mount.device) return &known;
  }
  tracked fresh;
  fresh.name = name;
  if (!fresh.device.assign(mount.device) || !tracked_.push_back(fresh)) return nullptr;
  return &tracked_.back();
}

/// Returns the number of disks found that do not fit.
std::uint16_t disks_sensor::find_mounts(file_reader& reader) noexcept {
  for (int tries = 0; tries < 3; ++tries) {
    std::uint16_t hidden = 0;
    for (tracked& known : tracked_) known.seen = false;
    line_reader lines(reader, reader.path("/proc/1/mountinfo"),
                      reader.path("/proc/self/mountinfo"));
    while (const auto line = lines.next()) {
      const auto found = parse_mount(*line);
      if (!found) continue;
      for (tracked& known : tracked_) {
        if (known.seen && known.point == found->point) known.seen = false;  // hidden by this one
      }
      if (is_local_disk(*found)) visit(reader, *found, hidden);
    }
    if (!lines.has_changed()) return hidden;
  }
  reader.note(EAGAIN);
  return 0;
}

void disks_sensor::visit(file_reader& reader, const mount_entry& mount,
                         std::uint16_t& hidden) noexcept {
  const auto name = disk_name(reader, mount);
  // The same disk, mounted again elsewhere: only the first mount is shown.
  const auto same = [&](const tracked& other) {
    return other.seen && (other.device == mount.device || (mount.major == 0 && other.name == name));
  };
  if (std::any_of(tracked_.begin(), tracked_.end(), same)) return;
  file_reader here(files_);
  const auto space = space_->of(here, files_.path(mount.point), mount);
  if (!space && !here.failed()) return;

  tracked* known = track(mount, name);
  if (known == nullptr) {
    ++hidden;
    return;
  }
  known->seen = true;
  known->point = mount.point;
  known->reading.mount = shown<96>(mount.point);
  known->reading.filesystem = shown<16>(mount.type);
  known->reading.read_only = mount.read_only;
  known->reading.stale = !space;
  if (space) known->space = space;
}

void disks_sensor::count(file_reader& reader, clock::time_point now) noexcept {
  for (tracked& known : tracked_) known.counted = false;
  line_reader lines(reader, reader.path("/proc/diskstats"));
  while (const auto line = lines.next()) {
    const auto told = parse_disk(*line);
    if (!told) continue;
    for (tracked& known : tracked_) {
      // A btrfs has its own device number, so it is found by the name of its disk.
      if (!known.seen || (known.device != told->device && known.name != told->name)) continue;
      known.counted = true;
      known.kernel_name = shown<64>(told->name);
      known.sectors_read.read(told->sectors_read, now);
      known.sectors_written.read(told->sectors_written, now);
      known.milliseconds_busy.read(told->milliseconds_busy, now);
    }
  }
}

void disks_sensor::describe(tracked& known) const noexcept {
  disk_reading& disk = known.reading;
  disk.name = known.kernel_name.empty() ? known.name : known.kernel_name;
  disk.space = *known.space;
  disk.read_rate = disk.write_rate = disk.read = disk.written = std::nullopt;
  disk.busy = std::nullopt;
  if (!known.counted) return;
  disk.read_rate = known.sectors_read.rate(sector);
  disk.write_rate = known.sectors_written.rate(sector);
  disk.read = known.sectors_read.sum() * sector;
  disk.written = known.sectors_written.sum() * sector;
  const auto elapsed =
      std::chrono::duration_cast<std::chrono::milliseconds>(known.milliseconds_busy.elapsed());
  if (known.milliseconds_busy.step() && elapsed.count() > 0) {
    disk.busy =
        percent(*known.milliseconds_busy.step(), static_cast<std::uint64_t>(elapsed.count()));
  }
}

void disks_sensor::find() noexcept {
  file_reader reader(files_);
  (void)find_mounts(reader);
}

disks_reading disks_sensor::sample(clock::time_point now) noexcept {
  file_reader reader(files_);
  disks_reading reading;
  reading.disks_hidden = find_mounts(reader);
  count(reader, now);
  if (reader.failed()) {
    for (disk_reading& each : last_.disks) each.stale = true;
    return last_;
  }

  // Removed disks make room for others.
  for (std::size_t i = tracked_.size(); i-- > 0;) {
    if (!tracked_[i].seen) tracked_.erase(i);
  }
  for (tracked& known : tracked_) {
    if (!known.space) continue;  // never read
    describe(known);
    // Two volumes may both be called /dev/.../root if their other names are unknown.
    const auto namesake = [&](const disk_reading& other) {
      return other.name == known.reading.name;
    };
    if (std::any_of(reading.disks.begin(), reading.disks.end(), namesake)) {
      musubi::text<128> longer;
      (void)(longer.append(known.device) && longer.append(" ") && longer.append(known.name));
      known.reading.name = shown<64>(longer);
    }
    (void)reading.disks.push_back(known.reading);
  }
  return last_ = reading;
}

void disks_sensor::reset() noexcept {
  for (tracked& known : tracked_) {
    known.sectors_read.reset();
    known.sectors_written.reset();
  }
}

}  // namespace gateway
