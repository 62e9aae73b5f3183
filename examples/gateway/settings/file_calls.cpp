#include "settings/file_calls.hpp"

#include <cstdio>
#include <fcntl.h>
#include <sys/file.h>
#include <unistd.h>

namespace gateway {

ssize_t file_calls::readlink(const char* path, char* into, std::size_t size) noexcept {
  return ::readlink(path, into, size);
}
int file_calls::mkdir(const char* path, mode_t mode) noexcept {
  return ::mkdir(path, mode);
}
int file_calls::openat(int folder, const char* name, int flags, mode_t mode) noexcept {
  return ::openat(folder, name, flags, mode);
}
int file_calls::close(int fd) noexcept {
  return ::close(fd);
}
int file_calls::fstat(int fd, struct stat* about) noexcept {
  return ::fstat(fd, about);
}
int file_calls::lstatat(int folder, const char* name, struct stat* about) noexcept {
  return ::fstatat(folder, name, about, AT_SYMLINK_NOFOLLOW);
}
int file_calls::is_mount(int folder, const char* name) noexcept {
#ifdef STATX_ATTR_MOUNT_ROOT
  struct statx about {};
  if (::statx(folder, name, AT_SYMLINK_NOFOLLOW, STATX_TYPE, &about) != 0) return 0;
  return (about.stx_attributes & STATX_ATTR_MOUNT_ROOT) != 0 ? 1 : 0;
#else
  (void)folder;
  (void)name;
  return 0;
#endif
}
int file_calls::lock(int fd) noexcept {
  return ::flock(fd, LOCK_EX | LOCK_NB);
}
ssize_t file_calls::read(int fd, char* into, std::size_t size) noexcept {
  return ::read(fd, into, size);
}
ssize_t file_calls::write(int fd, const char* from, std::size_t size) noexcept {
  return ::write(fd, from, size);
}
int file_calls::truncate(int fd) noexcept {
  return ::ftruncate(fd, 0);
}
int file_calls::chmod(int fd, mode_t mode) noexcept {
  return ::fchmod(fd, mode);
}
int file_calls::chown(int fd, uid_t user, gid_t group) noexcept {
  return ::fchown(fd, user, group);
}
int file_calls::sync(int fd) noexcept {
  return ::fsync(fd);
}
int file_calls::renameat(int folder, const char* from, const char* to) noexcept {
  return ::renameat(folder, from, folder, to);
}
int file_calls::unlinkat(int folder, const char* name) noexcept {
  return ::unlinkat(folder, name, 0);
}

file_calls& file_calls::of_the_system() noexcept {
  static file_calls calls;
  return calls;
}

}  // namespace gateway
