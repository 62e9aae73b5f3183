#include <cerrno>
#include <cstring>
#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

#include <musubi/access/users_file.hpp>
#include <musubi/hosted/descriptor.hpp>
#include <musubi/hosted/replace_file.hpp>

namespace musubi::access {

namespace {

file_problem why(std::string_view what) noexcept {
  return file_problem::clipped(what, std::string_view(": "),
                               std::string_view(std::strerror(errno)));
}

/// Who else may read or change it.
file_problem exposure(const struct stat& seen) noexcept {
  if (!S_ISREG(seen.st_mode)) return "it is not a regular file";
  if (seen.st_uid != ::geteuid() && seen.st_uid != 0) return "it belongs to another user";
  if ((seen.st_mode & 077U) == 0) return {};
  return "others may read or change it: chmod 600";
}

}  // namespace

users_file::version users_file::version_of(const struct stat& seen) noexcept {
  return {.device = seen.st_dev,
          .inode = seen.st_ino,
          .bytes = static_cast<std::uint64_t>(seen.st_size),
          .changed = std::int64_t{seen.st_ctim.tv_sec} * 1'000'000'000 + seen.st_ctim.tv_nsec,
          .mode = seen.st_mode};
}

bool users_file::is_there() const noexcept {
  struct stat seen {};
  return ::stat(path_.c_str(), &seen) == 0 || errno != ENOENT;
}

bool users_file::has_changed() const noexcept {
  struct stat seen {};
  return ::stat(path_.c_str(), &seen) != 0 || !(version_of(seen) == seen_);
}

file_problem users_file::load(user_list& into) noexcept {
  const hosted::descriptor file(
      ::open(path_.c_str(), O_RDONLY | O_CLOEXEC | O_NONBLOCK | O_NOCTTY));
  if (!file) return why("it cannot be opened");
  struct stat seen {};
  if (::fstat(file.get(), &seen) != 0) return why("it cannot be looked at");
  seen_ = version_of(seen);
  if (const file_problem open = exposure(seen); !open.empty()) return open;
  char text[user_list::longest_text + 1];
  std::size_t size = 0;
  while (size < sizeof text) {
    const ssize_t more = ::read(file.get(), text + size, sizeof text - size);
    if (more < 0 && errno == EINTR) continue;
    if (more < 0) return why("it cannot be read");
    if (more == 0) break;
    size += static_cast<std::size_t>(more);
  }
  if (size == sizeof text) return "it is longer than 16384 bytes";
  const users_problem wrong = read_users({text, size}, into);
  if (wrong.what.empty()) return {};
  return file_problem::clipped(std::string_view("line "), wrong.line, std::string_view(": "),
                               wrong.what);
}

file_problem users_file::save(const user_list& users) {
  std::string text = "# name role hash-of-password; written by --set-user\n";
  for (const user& each : users.all()) {
    text.append(each.name.view()).append(" ").append(to_text(each.role)).append(" ");
    text.append(each.hash.view()).append("\n");
  }
  if (const int error = hosted::replace_file(path_, text); error != 0) {
    errno = error;
    return why("it cannot be written");
  }
  return {};
}

}  // namespace musubi::access
