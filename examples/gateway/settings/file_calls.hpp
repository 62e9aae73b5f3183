#pragma once
/// The system calls that keep the settings file.

#include <cstddef>
#include <sys/stat.h>
#include <sys/types.h>

namespace gateway {

/// As the system has them, errno included. A test derives from it and lets one of them fail.
class file_calls {
 public:
  file_calls() noexcept = default;
  file_calls(const file_calls&) = delete;
  file_calls& operator=(const file_calls&) = delete;
  virtual ~file_calls() = default;

  virtual ssize_t readlink(const char* path, char* into, std::size_t size) noexcept;
  virtual int mkdir(const char* path, mode_t mode) noexcept;
  virtual int openat(int folder, const char* name, int flags, mode_t mode) noexcept;
  virtual int close(int fd) noexcept;
  virtual int fstat(int fd, struct stat* about) noexcept;
  /// About the name itself, not about what it links to.
  virtual int lstatat(int folder, const char* name, struct stat* about) noexcept;
  /// 1 when `name` is where something is mounted, 0 when not or when the kernel cannot tell.
  virtual int is_mount(int folder, const char* name) noexcept;
  virtual int lock(int fd) noexcept;
  virtual ssize_t read(int fd, char* into, std::size_t size) noexcept;
  virtual ssize_t write(int fd, const char* from, std::size_t size) noexcept;
  virtual int truncate(int fd) noexcept;
  virtual int chmod(int fd, mode_t mode) noexcept;
  virtual int chown(int fd, uid_t user, gid_t group) noexcept;
  virtual int sync(int fd) noexcept;
  virtual int renameat(int folder, const char* from, const char* to) noexcept;
  virtual int unlinkat(int folder, const char* name) noexcept;

  /// The calls of this system.
  [[nodiscard]] static file_calls& of_the_system() noexcept;
};

}  // namespace gateway
