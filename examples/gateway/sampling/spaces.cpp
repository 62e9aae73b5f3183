#include "sampling/spaces.hpp"

#include <cerrno>

namespace gateway {

std::optional<disk_space> spaces::of(file_reader& reader, const file_path& point,
                                     const mount_entry& mount) noexcept {
  const answer* const known = mounts_.of(
      {files_, lookup_, point, mount.major, mount.minor, musubi::text<16>::clipped(mount.type)});
  if (known == nullptr || known->failed) {
    reader.note(EAGAIN);
    return std::nullopt;
  }
  return known->space;
}

spaces::answer spaces::question::operator()() const noexcept {
  file_reader reader(files);
  mount_entry mount;
  mount.major = major;
  mount.minor = minor;
  mount.type = type;
  answer told;
  told.space = lookup(reader, point, mount);
  told.failed = reader.failed();
  return told;
}

}  // namespace gateway
