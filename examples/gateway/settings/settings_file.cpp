#include "settings/settings_file.hpp"

#include "sensors/scan.hpp"

#include <cerrno>
#include <charconv>
#include <cstdio>
#include <cstdlib>
#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

namespace gateway {
namespace {

musubi::status refusal(int error) noexcept {
  switch (error) {
    case EACCES:
    case EPERM:
      return musubi::refuse("the gateway may not write its settings file");
    case EROFS:
      return musubi::refuse("the settings file is on a read-only disk");
    case ENOSPC:
    case EDQUOT:
      return musubi::refuse("the disk with the settings file is full");
    default:
      return musubi::refuse("the settings file cannot be written");
  }
}

/// A path as the system wants it, with something behind it and a terminating zero.
struct c_path {
  explicit c_path(std::string_view path, std::string_view suffix = {}) noexcept {
    (void)(text.assign(path) && text.append(suffix) && text.append({"\0", 1}));
  }
  [[nodiscard]] const char* get() const noexcept { return text.view().data(); }
  musubi::text<file_path::capacity + 8> text;
};

/// Everything up to the last '/', with it.
std::string_view folder_of(std::string_view path) noexcept {
  return path.substr(0, path.rfind('/') + 1);
}

void make_folders(std::string_view path) noexcept {
  for (std::size_t end = 1; (end = path.find('/', end)) != std::string_view::npos; ++end) {
    ::mkdir(c_path(path.substr(0, end)).get(), 0700);  // one that is missing still fails the open
  }
}

bool write_all(int fd, std::string_view content) noexcept {
  while (!content.empty()) {
    const ssize_t count = ::write(fd, content.data(), content.size());
    if (count < 0 && errno == EINTR) continue;
    if (count <= 0) return false;
    content.remove_prefix(static_cast<std::size_t>(count));
  }
  return true;
}

using content = musubi::text<512>;

content written(const settings& values) noexcept {
  char period[12];
  const auto end = std::to_chars(period, period + sizeof period, values.period).ptr;
  content made;
  (void)(made.append("name=") && made.append(values.name) && made.append("\nperiod=") &&
         made.append({period, static_cast<std::size_t>(end - period)}) && made.append("\n"));
  return made;
}

}  // namespace

settings settings_file::load() const noexcept {
  settings values;
  line_reader lines(path_);
  while (auto line = lines.next()) {
    const std::size_t equals = line->find('=');
    if (equals == std::string_view::npos) continue;
    const std::string_view key = line->substr(0, equals);
    const std::string_view value = line->substr(equals + 1);
    if (key == "name") {
      if (const auto name = checked_name(value)) values.name = *name;
    } else if (key == "period") {
      const auto period = to_number<std::uint32_t>(value);
      if (period && checked_period(*period)) values.period = *period;
    }
  }
  return values;
}

musubi::status settings_file::save(const settings& values) const noexcept {
  if (path_.empty()) return {};
  const c_path target(path_);
  const c_path fresh(path_, ".new");
  make_folders(path_);

  const int flags = O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC;
  descriptor file(::open(fresh.get(), flags, 0600));
  if (!file) return refusal(errno);
  // In this order, or a pulled plug leaves an empty file: the content, then the name.
  if (!write_all(file.get(), written(values)) || ::fsync(file.get()) != 0 ||
      ::rename(fresh.get(), target.get()) != 0) {
    const int error = errno;
    ::unlink(fresh.get());
    return refusal(error);
  }
  const std::string_view folder = folder_of(path_);
  const descriptor parent(
      ::open(folder.empty() ? "." : c_path(folder).get(), O_RDONLY | O_DIRECTORY | O_CLOEXEC));
  if (parent) ::fsync(parent.get());
  return {};
}

file_path settings_file::usual_path() noexcept {
  const auto below = [](const char* folder, std::string_view rest) {
    file_path path;
    if (folder == nullptr || *folder != '/') return path;
    if (!path.assign(folder) || !path.append(rest)) path.clear();
    return path;
  };
  file_path path = below(std::getenv("STATE_DIRECTORY"), "/settings");
  if (path.empty()) path = below(std::getenv("XDG_STATE_HOME"), "/musubi-gateway/settings");
  if (path.empty()) path = below(std::getenv("HOME"), "/.local/state/musubi-gateway/settings");
  return path;
}

}  // namespace gateway
