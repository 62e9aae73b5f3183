#pragma once
/// The system calls for the settings file.

#include <cstddef>
#include <sys/stat.h>
#include <sys/types.h>

namespace gateway {

/// They behave like the system calls, and set errno. A test derives from it to make one fail.
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
  /// About the name itself: does not follow a link.
  virtual int lstatat(int folder, const char* name, struct stat* about) noexcept;
  /// 1 if `name` is a mount point; 0 if it is not, or if the kernel does not say.
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

  /// The real system calls.
  [[nodiscard]] static file_calls& of_the_system() noexcept;
};

}  // namespace gateway
