#include "sensors/file_tree.hpp"

#include "sensors/scan.hpp"
#include "sensors/uninterrupted.hpp"

#include <algorithm>
#include <cerrno>
#include <cstring>
#include <dirent.h>
#include <fcntl.h>
#include <linux/magic.h>
#include <poll.h>
#include <sys/syscall.h>
#include <sys/vfs.h>
#include <unistd.h>
#include <utility>
#ifdef SYS_openat2
#include <linux/openat2.h>
#endif

namespace gateway {
namespace {

/// A path with a terminating zero, for system calls.
struct c_path {
  explicit c_path(const file_path& file) noexcept {
    const std::string_view name = file;
    std::copy(name.begin(), name.end(), text);
    text[name.size()] = '\0';
  }
  char text[file_path::capacity + 1];
};

/// Non-blocking, because a FIFO in place of a file must not stop the gateway.
constexpr int for_reading = O_RDONLY | O_CLOEXEC | O_NONBLOCK;

int open_file(const file_path& file, int flags) noexcept {
  const c_path name(file);
  return uninterrupted([&] { return ::open(name.text, flags); });
}

/// Opens a file of a machine whose root is the folder `root`. Resolves links as on that machine:
/// its /etc/os-release may be a link to /nix/store/...
int open_inside(int root, std::string_view path, int flags) noexcept {
#ifdef SYS_openat2
  while (path.starts_with('/')) path.remove_prefix(1);
  const auto below = file_path::from(path.empty() ? std::string_view(".") : path);
  if (!below) return -1;
  const c_path name(*below);
  open_how how{};
  how.flags = static_cast<unsigned>(flags);
  how.resolve = RESOLVE_IN_ROOT;
  return static_cast<int>(
      uninterrupted([&] { return ::syscall(SYS_openat2, root, name.text, &how, sizeof how); }));
#else
  (void)root;
  (void)path;
  (void)flags;
  errno = ENOSYS;
  return -1;
#endif
}

}  // namespace

file_tree::file_tree(std::string_view root) noexcept {
  // Paths begin with a slash.
  while (!root.empty() && root.back() == '/') root.remove_suffix(1);
  if (!root_.assign(root)) (void)root_.assign("/nowhere");
}

std::optional<std::string_view> file_tree::problem() const noexcept {
  const auto opens = [](const file_path& folder) {
    return static_cast<bool>(descriptor(open_file(folder, for_reading | O_DIRECTORY)));
  };
  if (!opens(path("/"))) {
    switch (errno) {
      case ENOENT:
        return "there is no such folder";
      case ENOTDIR:
        return "it is not a folder";
      case EACCES:
        return "it may not be read";
      default:
        return "it cannot be read";
    }
  }
  if (opens(path("/proc")) || opens(path("/sys"))) return std::nullopt;
  return "neither proc nor sys is in it: is the machine's root mounted there?";
}

bool file_tree::is_live() const noexcept {
  struct statfs about {};
  return ::statfs(c_path(path("/proc")).text, &about) == 0 && about.f_type == PROC_SUPER_MAGIC;
}

bool means_absent(int error) noexcept {
  switch (error) {
    case ENOENT:
    case ENOTDIR:
    case EISDIR:
    case ELOOP:
    case ENAMETOOLONG:
    case EACCES:  // hidden from this program
    case EPERM:
    case ENODEV:  // it was unplugged
    case ENXIO:
    case ESRCH:       // the process has ended
    case ENODATA:     // there is no data
    case EINVAL:      // no data either: the speed of a link that is down
    case EOPNOTSUPP:  // the driver does not support it
    case ENOSYS:
      return true;
    default:
      return false;
  }
}

bool means_exhausted(int error) noexcept {
  return error == EMFILE || error == ENFILE || error == ENOMEM || error == ENOBUFS;
}

int file_reader::open(const file_path& file, int extra_flags) noexcept {
  if (file.empty()) {
    errno = ENAMETOOLONG;
    return -1;
  }
  const int flags = for_reading | extra_flags;
  int fd = -1;
  if (!files_.is_own() && file.view().starts_with(files_.root())) {
    if (!root_) root_.reset(open_file(files_.path("/"), O_PATH | O_DIRECTORY | O_CLOEXEC));
    if (root_) fd = open_inside(root_.get(), file.view().substr(files_.root().size()), flags);
    // The kernel or a sandbox does not support the call, or a folder was just renamed.
    if (fd < 0 && (!root_ || errno == ENOSYS || errno == EPERM || errno == EAGAIN)) {
      fd = open_file(file, flags);
    }
  } else {
    fd = open_file(file, flags);
  }
  if (fd < 0) note(errno);
  return fd;
}

/// Returns the number of bytes read; 0 at the end, or if it failed.
std::size_t file_reader::read_some(int fd, std::span<char> into) noexcept {
  const ssize_t count = uninterrupted([&] { return ::read(fd, into.data(), into.size()); });
  if (count < 0) note(errno);
  return count > 0 ? static_cast<std::size_t>(count) : 0;
}

std::optional<std::string_view> file_reader::read(const file_path& file,
                                                  std::span<char> into) noexcept {
  const descriptor fd(open(file));
  if (!fd) return std::nullopt;
  std::size_t size = 0;
  while (size < into.size()) {
    const std::size_t more = read_some(fd.get(), into.subspan(size));
    if (more == 0) break;
    size += more;
  }
  if (size == 0) return std::nullopt;
  return std::string_view(into.data(), size);
}

std::optional<std::string_view> file_reader::line(const file_path& file,
                                                  std::span<char> into) noexcept {
  const auto content = read(file, into);
  if (!content) return std::nullopt;
  return trimmed(content->substr(0, content->find('\n')));
}

std::optional<std::int64_t> file_reader::number(const file_path& file) noexcept {
  char buffer[32];
  const auto text = line(file, buffer);
  return text ? to_number<std::int64_t>(*text) : std::nullopt;
}

std::optional<std::string_view> file_reader::link_name(const file_path& file,
                                                       std::span<char> into) noexcept {
  if (file.empty()) return std::nullopt;
  const ssize_t size = ::readlink(c_path(file).text, into.data(), into.size());
  if (size < 0) note(errno);
  if (size <= 0) return std::nullopt;
  const std::string_view target(into.data(), static_cast<std::size_t>(size));
  return target.substr(target.rfind('/') + 1);
}

line_reader::line_reader(file_reader& reader, const file_path& first,
                         const file_path& second) noexcept
    : reader_(reader), file_(reader.open(first)) {
  if (!file_ && means_absent(errno)) file_.reset(reader.open(second));
}

bool line_reader::has_changed() const noexcept {
  pollfd file{.fd = file_.get(), .events = POLLPRI, .revents = 0};
  return file_ && ::poll(&file, 1, 0) > 0 && (file.revents & (POLLPRI | POLLERR)) != 0;
}

bool line_reader::fill() noexcept {
  if (!file_) return false;
  if (begin_ > 0) {
    std::memmove(buffer_, buffer_ + begin_, end_ - begin_);
    end_ -= begin_;
    begin_ = 0;
  }
  const std::size_t more = reader_.read_some(file_.get(), std::span(buffer_).subspan(end_));
  end_ += more;
  return more > 0;
}

std::optional<std::string_view> line_reader::next() noexcept {
  for (;;) {
    const std::string_view pending(buffer_ + begin_, end_ - begin_);
    const std::size_t length = pending.find('\n');
    if (length != std::string_view::npos) {
      begin_ += length + 1;
      if (!std::exchange(skipping_, false)) return pending.substr(0, length);
      continue;
    }
    if (pending.size() == sizeof buffer_) {
      begin_ = end_;
      if (!std::exchange(skipping_, true)) return pending;
      continue;
    }
    if (fill()) continue;
    // The last line may have no line end.
    begin_ = end_;
    if (pending.empty() || skipping_) return std::nullopt;
    return std::string_view(buffer_, pending.size());
  }
}

bool folder_reader::open(const file_path& folder) noexcept {
  begin_ = end_ = 0;
  folder_.reset(reader_.open(folder, O_DIRECTORY));
  return is_open();
}

std::optional<std::string_view> folder_reader::next() noexcept {
  if (!folder_) return std::nullopt;
  for (;;) {
    if (begin_ == end_) {
      // Not readdir, which allocates for every folder.
      const long size = ::syscall(SYS_getdents64, folder_.get(), buffer_, sizeof buffer_);
      if (size < 0) reader_.note(errno);
      if (size <= 0) return std::nullopt;
      begin_ = 0;
      end_ = static_cast<std::size_t>(size);
    }
    dirent64 entry;
    const std::size_t head = offsetof(dirent64, d_name);
    std::memcpy(&entry, buffer_ + begin_, head);
    const std::string_view name(buffer_ + begin_ + head);
    begin_ += entry.d_reclen;
    if (name != "." && name != "..") return name;
  }
}

}  // namespace gateway
