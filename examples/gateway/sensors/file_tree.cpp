#include "sensors/file_tree.hpp"

#include "sensors/scan.hpp"

#include <algorithm>
#include <cerrno>
#include <cstring>
#include <dirent.h>
#include <fcntl.h>
#include <sys/syscall.h>
#include <unistd.h>
#include <utility>

namespace gateway {
namespace {

/// A path as the system wants it, with its terminating zero.
struct c_path {
  explicit c_path(const file_path& file) noexcept {
    const std::string_view name = file;
    std::copy(name.begin(), name.end(), text);
    text[name.size()] = '\0';
  }
  char text[file_path::capacity + 1];
};

int open_for_reading(const file_path& file, int extra = 0) noexcept {
  if (file.empty()) return -1;
  const c_path name(file);
  int fd = -1;
  do {
    // Not blocking: a fifo where a file is expected must not stop the gateway.
    fd = ::open(name.text, O_RDONLY | O_CLOEXEC | O_NONBLOCK | extra);
  } while (fd < 0 && errno == EINTR);
  return fd;
}

/// Bytes read; 0 at the end or when it failed.
std::size_t read_some(int fd, std::span<char> into) noexcept {
  ssize_t count = 0;
  do {
    count = ::read(fd, into.data(), into.size());
  } while (count < 0 && errno == EINTR);
  return count > 0 ? static_cast<std::size_t>(count) : 0;
}

}  // namespace

file_tree::file_tree(std::string_view root) noexcept {
  // Paths bring their own leading slash.
  while (!root.empty() && root.back() == '/') root.remove_suffix(1);
  if (!root_.assign(root)) (void)root_.assign("/nowhere");
}

std::optional<std::string_view> file_tree::problem() const noexcept {
  const auto opens = [](const file_path& folder) {
    return static_cast<bool>(descriptor(open_for_reading(folder, O_DIRECTORY)));
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

std::optional<std::string_view> file_tree::read(const file_path& file,
                                                std::span<char> into) noexcept {
  const descriptor fd(open_for_reading(file));
  if (!fd) return std::nullopt;
  std::size_t size = 0;
  while (size < into.size()) {
    const std::size_t more = read_some(fd.get(), into.subspan(size));
    if (more == 0) break;
    size += more;
  }
  // sysfs answers an error where there is nothing to tell; that is no content either.
  if (size == 0) return std::nullopt;
  return std::string_view(into.data(), size);
}

std::optional<std::string_view> file_tree::line(const file_path& file,
                                                std::span<char> into) noexcept {
  const auto content = read(file, into);
  if (!content) return std::nullopt;
  return trimmed(content->substr(0, content->find('\n')));
}

std::optional<std::int64_t> file_tree::number(const file_path& file) noexcept {
  char buffer[32];
  const auto text = line(file, buffer);
  return text ? to_number<std::int64_t>(*text) : std::nullopt;
}

std::optional<std::string_view> file_tree::link_name(const file_path& file,
                                                     std::span<char> into) noexcept {
  if (file.empty()) return std::nullopt;
  const c_path name(file);
  const ssize_t size = ::readlink(name.text, into.data(), into.size());
  if (size <= 0) return std::nullopt;
  const std::string_view target(into.data(), static_cast<std::size_t>(size));
  return target.substr(target.rfind('/') + 1);
}

void descriptor::reset(int fd) noexcept {
  if (fd_ >= 0) ::close(fd_);
  fd_ = fd;
}

line_reader::line_reader(const file_path& file) noexcept : file_(open_for_reading(file)) {}

bool line_reader::fill() noexcept {
  if (!file_) return false;
  if (begin_ > 0) {
    std::memmove(buffer_, buffer_ + begin_, end_ - begin_);
    end_ -= begin_;
    begin_ = 0;
  }
  const std::size_t more = read_some(file_.get(), std::span(buffer_).subspan(end_));
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
    // The last line may lack its end.
    begin_ = end_;
    if (pending.empty() || skipping_) return std::nullopt;
    return std::string_view(buffer_, pending.size());
  }
}

bool folder_reader::open(const file_path& folder) noexcept {
  begin_ = end_ = 0;
  folder_.reset(open_for_reading(folder, O_DIRECTORY));
  return is_open();
}

std::optional<std::string_view> folder_reader::next() noexcept {
  if (!folder_) return std::nullopt;
  for (;;) {
    if (begin_ == end_) {
      // Not readdir: it allocates for every folder it opens.
      const long size = ::syscall(SYS_getdents64, folder_.get(), buffer_, sizeof buffer_);
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
