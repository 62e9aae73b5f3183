#pragma once
/// System calls of which one fails, or is the last that a process makes.

#include "settings/file_calls.hpp"

#include <cerrno>
#include <csignal>
#include <cstdint>

namespace gateway::test {

class failing_calls final : public file_calls {
 public:
  enum class ending { error, killed_before, killed_after };

  /// The call after `calls - 1` others does not succeed.
  void arm(std::uint32_t calls, int error, ending how = ending::error) noexcept {
    left_ = calls;
    fired_ = false;
    error_ = error;
    how_ = how;
  }
  void disarm() noexcept { left_ = 0; }
  /// Whether the call that was armed has been made.
  [[nodiscard]] bool fired() const noexcept { return fired_; }
  /// Writes take one byte at a time, as a signal or a full pipe would have it.
  bool short_writes = false;

  ssize_t readlink(const char* path, char* into, std::size_t size) noexcept override {
    return made([&] { return file_calls::readlink(path, into, size); });
  }
  int mkdir(const char* path, mode_t mode) noexcept override {
    return made([&] { return file_calls::mkdir(path, mode); });
  }
  int openat(int folder, const char* name, int flags, mode_t mode) noexcept override {
    return made([&] { return file_calls::openat(folder, name, flags, mode); }, true);
  }
  int close(int fd) noexcept override {
    // Whatever it answers, Linux has closed the descriptor.
    const int answer = file_calls::close(fd);
    return made([&] { return answer; });
  }
  int fstat(int fd, struct stat* about) noexcept override {
    return made([&] { return file_calls::fstat(fd, about); });
  }
  int lstatat(int folder, const char* name, struct stat* about) noexcept override {
    return made([&] { return file_calls::lstatat(folder, name, about); });
  }
  int is_mount(int folder, const char* name) noexcept override {
    return mount_points ? 1 : file_calls::is_mount(folder, name);
  }
  int lock(int fd) noexcept override {
    return made([&] { return file_calls::lock(fd); }, true);
  }
  ssize_t read(int fd, char* into, std::size_t size) noexcept override {
    return made([&] { return file_calls::read(fd, into, size); }, true);
  }
  ssize_t write(int fd, const char* from, std::size_t size) noexcept override {
    return made([&] { return file_calls::write(fd, from, short_writes ? 1 : size); }, true);
  }
  int truncate(int fd) noexcept override {
    return made([&] { return file_calls::truncate(fd); });
  }
  int chmod(int fd, mode_t mode) noexcept override {
    return made([&] { return file_calls::chmod(fd, mode); });
  }
  int chown(int fd, uid_t user, gid_t group) noexcept override {
    return made([&] { return file_calls::chown(fd, user, group); });
  }
  int sync(int fd) noexcept override {
    return made([&] { return file_calls::sync(fd); }, true);
  }
  int renameat(int folder, const char* from, const char* to) noexcept override {
    return made([&] { return file_calls::renameat(folder, from, to); });
  }
  int unlinkat(int folder, const char* name) noexcept override {
    return made([&] { return file_calls::unlinkat(folder, name); });
  }

  /// Every file is one that something is mounted on.
  bool mount_points = false;

 private:
  template <class Call>
  auto made(const Call& call, bool interruptible = false) noexcept -> decltype(call()) {
    if (error_ == EINTR && !interruptible) return call();
    if (left_ == 0 || --left_ != 0) return call();
    fired_ = true;
    if (how_ == ending::killed_after) (void)call();
    if (how_ != ending::error) (void)std::raise(SIGKILL);
    errno = error_;
    return -1;
  }

  std::uint32_t left_ = 0;
  bool fired_ = false;
  int error_ = 0;
  ending how_ = ending::error;
};

}  // namespace gateway::test
