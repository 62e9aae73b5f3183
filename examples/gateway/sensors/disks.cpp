#include "sensors/disks.hpp"

#include "sensors/mounts.hpp"
#include "sensors/scan.hpp"

#include <algorithm>
#include <sys/stat.h>
#include <sys/statvfs.h>

namespace gateway {

std::optional<disk_space> system_space(const file_path& mount) noexcept {
  char path[file_path::capacity + 1];
  const std::string_view name = mount;
  std::copy(name.begin(), name.end(), path);
  path[name.size()] = '\0';
  struct stat about {};
  struct statvfs told {};
  // A single file can be mounted as well, as containers do; that is no disk.
  if (::stat(path, &about) != 0 || !S_ISDIR(about.st_mode)) return std::nullopt;
  if (::statvfs(path, &told) != 0 || told.f_blocks == 0) return std::nullopt;
  const std::uint64_t block = told.f_frsize;
  return disk_space{.size = told.f_blocks * block,
                    .used = (told.f_blocks - std::min(told.f_bfree, told.f_blocks)) * block,
                    .available = told.f_bavail * block,
                    .files = told.f_files,
                    .files_used = told.f_files - std::min(told.f_ffree, told.f_files)};
}

disks_sensor::tracked* disks_sensor::track(std::string_view device,
                                           std::string_view name) noexcept {
  for (tracked& known : tracked_) {
    if (known.name == name && known.device == device) return &known;
  }
  tracked fresh;
  if (!fresh.device.assign(device) || !fresh.name.assign(name) || !tracked_.push_back(fresh)) {
    return nullptr;
  }
  return &tracked_.back();
}

void disks_sensor::find_mounts(disks_reading& reading) noexcept {
  line_reader lines(files_.path("/proc/self/mountinfo"));
  while (auto line = lines.next()) {
    const auto found = parse_mount(*line);
    if (!found || !is_local_disk(*found)) continue;
    const auto name = disk_name(files_, *found);
    // The same disk again, mounted elsewhere; the first is the one that all others are bound to.
    const auto same = [&](const disk_reading& other) { return other.name == name; };
    if (std::any_of(reading.disks.begin(), reading.disks.end(), same)) continue;
    const auto space = space_(files_.path(found->point));
    if (!space) continue;

    tracked* known = track(found->device, name);
    if (known == nullptr) {
      ++reading.disks_hidden;
      continue;
    }
    known->seen = true;
    disk_reading disk;
    disk.name = name;
    disk.mount = shown<96>(found->point);
    disk.filesystem = shown<16>(found->type);
    disk.read_only = found->read_only;
    disk.space = *space;
    (void)reading.disks.push_back(disk);
  }
}

/// "major minor name reads merged sectors ms writes merged sectors ms in_flight ms_busy ..."
void disks_sensor::count() noexcept {
  constexpr std::uint64_t sector = 512;  // of any disk, in this file
  line_reader lines(files_.path("/proc/diskstats"));
  while (auto line = lines.next()) {
    std::string_view rest = *line;
    const std::string_view major = take_word(rest);
    const std::string_view minor = take_word(rest);
    const std::string_view name = take_word(rest);
    std::uint64_t totals[10];
    if (!take_numbers(rest, totals)) continue;
    musubi::text<16> device;
    if (!device.append(major) || !device.append(":") || !device.append(minor)) continue;
    for (tracked& known : tracked_) {
      // btrfs and zfs have a device number of their own; they are found by the disk's name.
      if (known.device != device && known.name != name) continue;
      known.counted = true;
      known.read.read(totals[2] * sector);
      known.written.read(totals[6] * sector);
      known.busy.read(totals[9]);
    }
  }
}

disks_reading disks_sensor::sample(clock::time_point now) noexcept {
  disks_reading reading;
  const clock::duration elapsed = now - last_;
  last_ = now;
  for (tracked& known : tracked_) known.seen = known.counted = false;
  find_mounts(reading);

  // Those that were pulled out make room for others.
  for (std::size_t i = tracked_.size(); i-- > 0;) {
    if (!tracked_[i].seen) tracked_.erase(i);
  }
  count();

  for (disk_reading& disk : reading.disks) {
    const auto* known = std::find_if(tracked_.begin(), tracked_.end(),
                                     [&](const tracked& other) { return other.name == disk.name; });
    if (known == tracked_.end() || !known->counted) continue;
    disk.read_rate = known->read.rate(elapsed);
    disk.write_rate = known->written.rate(elapsed);
    disk.read = known->read.sum();
    disk.written = known->written.sum();
    const auto milliseconds = std::chrono::duration_cast<std::chrono::milliseconds>(elapsed);
    if (known->busy.step() && milliseconds.count() > 0) {
      disk.busy = percent(*known->busy.step(), static_cast<std::uint64_t>(milliseconds.count()));
    }
  }
  return reading;
}

void disks_sensor::reset() noexcept {
  for (tracked& known : tracked_) {
    known.read.reset();
    known.written.reset();
  }
}

}  // namespace gateway
