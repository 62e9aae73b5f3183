#include "settings/settings_file.hpp"

#include "sensors/scan.hpp"
#include "sensors/uninterrupted.hpp"
#include "settings/save_error.hpp"

#include <array>
#include <cerrno>
#include <cstdlib>
#include <fcntl.h>
#include <sys/random.h>
#include <sys/stat.h>
#include <unistd.h>
#include <utility>

#include <musubi/memory/decimal.hpp>

namespace gateway {
namespace {

constexpr int to_read = O_RDONLY | O_NONBLOCK | O_NOCTTY | O_NOFOLLOW | O_CLOEXEC;
constexpr int to_write = O_WRONLY | O_NONBLOCK | O_NOCTTY | O_NOFOLLOW | O_CLOEXEC;

/// Text with a terminating zero, for system calls.
class c_text {
 public:
  explicit c_text(std::string_view text, std::string_view more = {}) noexcept {
    (void)(text_.assign(text) && text_.append(more) && text_.append({"\0", 1}));
  }
  [[nodiscard]] const char* get() const noexcept { return text_.view().data(); }

 private:
  musubi::text<file_path::capacity + 32> text_;
};

/// Everything up to and including the last '/'; "." if there is none.
std::string_view folder_of(std::string_view path) noexcept {
  const std::size_t slash = path.rfind('/');
  return slash == std::string_view::npos ? std::string_view(".") : path.substr(0, slash + 1);
}

std::string_view name_of(std::string_view path) noexcept {
  return path.substr(path.rfind('/') + 1);
}

/// A descriptor, closed at the end of its scope without changing errno.
class held {
 public:
  held(file_calls& calls, int fd) noexcept : calls_(calls), fd_(fd) {}
  held(const held&) = delete;
  held& operator=(const held&) = delete;
  ~held() {
    const int error = errno;
    if (fd_ >= 0) calls_.close(fd_);
    errno = error;
  }
  [[nodiscard]] explicit operator bool() const noexcept { return fd_ >= 0; }
  [[nodiscard]] int get() const noexcept { return fd_; }
  [[nodiscard]] int release() noexcept { return std::exchange(fd_, -1); }

 private:
  file_calls& calls_;
  int fd_;
};

/// The random letters and digits in the name of a temporary file, between the name of the settings
/// file and ".new".
using unique_part = musubi::text<12>;
constexpr std::string_view unique_letters = "abcdefghijkmnpqrstuvwxyz23456789";

unique_part make_unique_part() noexcept {
  std::array<unsigned char, unique_part::capacity> bytes{};
  // If this fails, the name is predictable, but O_EXCL still ensures that the file is a new one.
  (void)!::getrandom(bytes.data(), bytes.size(), GRND_NONBLOCK);
  unique_part made;
  for (const unsigned char byte : bytes) {
    (void)made.append(unique_letters.substr(byte % unique_letters.size(), 1));
  }
  return made;
}

/// Whether `name` is that of a temporary file for the settings file `of`.
bool is_fresh_name(std::string_view name, std::string_view of) noexcept {
  constexpr std::string_view end = ".new";
  if (!name.starts_with(of) || !name.ends_with(end)) return false;
  name.remove_prefix(of.size());
  if (name.size() != 1 + unique_part::capacity + end.size() || name[0] != '.') return false;
  return name.substr(1, unique_part::capacity).find_first_not_of(unique_letters) ==
         std::string_view::npos;
}

void add(musubi::list<remark, 12>& remarks, std::string_view start,
         std::string_view end = {}) noexcept {
  remark made;
  (void)(made.append(start) && made.append(end));
  (void)remarks.push_back(made);
}

}  // namespace

/// A temporary file beside the settings file, to be renamed to it. Removed if it is not.
struct settings_file::fresh_file {
  explicit fresh_file(settings_file& owner) noexcept : owner_(owner) {}
  fresh_file(const fresh_file&) = delete;
  fresh_file& operator=(const fresh_file&) = delete;
  ~fresh_file() {
    if (name.empty()) return;
    const int error = errno;
    owner_.calls_.unlinkat(owner_.folder_, c_text(name).get());
    errno = error;
  }
  musubi::text<file_path::capacity + 18> name;

 private:
  settings_file& owner_;
};

settings_file::~settings_file() {
  if (lock_ >= 0) calls_.close(lock_);
  if (folder_ >= 0) calls_.close(folder_);
}

opened_settings settings_file::open() noexcept {
  opened_settings found;
  if (path_.empty()) return found;
  const musubi::status ready = acquire(&found);
  if (found.refusal) return found;
  load(found);
  if (!ready.ok()) {
    add(found.remarks, "settings cannot be saved: ", ready.reason());
    return found;
  }
  if (content_ != content::read) return found;  // `load` has reported it
  // Try everything except for the last step of a save, so that the user learns of problems now.
  fresh_file trial(*this);
  if (const musubi::status tried = prepare(found.values, trial); !tried.ok()) {
    add(found.remarks, "settings cannot be saved: ", tried.reason());
  }
  return found;
}

saved_settings settings_file::save(const settings& values) noexcept {
  if (path_.empty()) return {.outcome = {}, .written = true};
  // A problem at the start may have been solved since.
  if (const musubi::status ready = acquire(nullptr); !ready.ok()) return {.outcome = ready};
  if (content_ == content::useless) {
    return {.outcome =
                musubi::refuse("the settings file could not be understood and was not changed")};
  }
  // Opened first, because after the rename it is too late to fail.
  const held folder(calls_, uninterrupted([&] {
                      return calls_.openat(folder_, ".", O_RDONLY | O_DIRECTORY | O_CLOEXEC, 0);
                    }));
  if (!folder) return {.outcome = save_error(errno)};
  fresh_file fresh(*this);
  if (const musubi::status ready = prepare(values, fresh); !ready.ok()) return {.outcome = ready};
  if (calls_.renameat(folder_, c_text(fresh.name).get(), c_text(name_of(target_)).get()) != 0) {
    return {.outcome = save_error(errno)};
  }
  fresh.name.clear();
  content_ = content::read;
  // EINVAL: some file systems cannot sync a folder.
  if (uninterrupted([&] { return calls_.sync(folder.get()); }) != 0 && errno != EINVAL) {
    return {.outcome = musubi::refuse("saved, but not confirmed by the disk"), .written = true};
  }
  return {.outcome = {}, .written = true};
}

/// Opens the folder and takes the lock, unless that was done before.
musubi::status settings_file::acquire(opened_settings* told) noexcept {
  if (folder_ < 0) {
    if (const musubi::status found = resolve(); !found.ok()) return found;
    folder_ = uninterrupted([&] {
      return calls_.openat(AT_FDCWD, c_text(folder_of(target_)).get(),
                           O_PATH | O_DIRECTORY | O_CLOEXEC, 0);
    });
    if (folder_ < 0) return save_error(errno);
  }
  struct stat about {};
  bool exists = false;
  if (calls_.lstatat(folder_, c_text(name_of(target_)).get(), &about) == 0) {
    if (!S_ISREG(about.st_mode)) {
      if (told != nullptr) told->refusal = "it is not a regular file";
      return musubi::refuse("the settings file is not a regular file");
    }
    exists = true;
  } else if (name_of(target_).empty()) {
    if (told != nullptr) told->refusal = "it is a folder";
    return musubi::refuse("the settings file is a folder");
  } else if (errno != ENOENT) {
    return save_error(errno);
  }
  if (lock_ < 0) {
    if (const musubi::status locked = take_lock(told); !locked.ok()) return locked;
  }
  if (told == nullptr && exists && content_ == content::unknown) {
    return musubi::refuse("the settings file could not be read and was not changed");
  }
  return {};
}

/// Follows the links of the last component one by one, because their target may not exist yet.
musubi::status settings_file::resolve() noexcept {
  target_ = path_;
  char link[file_path::capacity];
  for (int links = 0; links < 40; ++links) {
    const ssize_t size = calls_.readlink(c_text(target_).get(), link, sizeof link);
    if (size < 0) {
      // Not a link, or it does not exist.
      if (errno != EINVAL && errno != ENOENT && errno != ENOTDIR) return save_error(errno);
      // The kernel may forbid following links, for example in /tmp: let it decide.
      if (links > 0) {
        const held reached(calls_,
                           calls_.openat(AT_FDCWD, c_text(path_).get(), O_PATH | O_CLOEXEC, 0));
        if (!reached && errno != ENOENT) return save_error(errno);
      }
      const std::string_view path = target_;
      for (std::size_t end = 1; (end = path.find('/', end)) != std::string_view::npos; ++end) {
        calls_.mkdir(c_text(path.substr(0, end)).get(), 0700);  // if it fails, so will the open
      }
      return {};
    }
    const std::string_view next(link, static_cast<std::size_t>(size));
    file_path joined;
    if (!next.starts_with('/') && target_.view().find('/') != std::string_view::npos) {
      (void)joined.assign(folder_of(target_));
    }
    if (next.size() == sizeof link || !joined.append(next)) return save_error(ENAMETOOLONG);
    target_ = joined;
  }
  return save_error(ELOOP);
}

/// Locks a separate file, because each save replaces the settings file.
musubi::status settings_file::take_lock(opened_settings* told) noexcept {
  const c_text name(name_of(target_), ".lock");
  constexpr int flags = O_RDWR | O_CREAT | O_NONBLOCK | O_NOCTTY | O_NOFOLLOW | O_CLOEXEC;
  held file(calls_, uninterrupted([&] { return calls_.openat(folder_, name.get(), flags, 0600); }));
  if (!file) return save_error(errno);
  char text[16];
  if (uninterrupted([&] { return calls_.lock(file.get()); }) != 0) {
    if (errno == EWOULDBLOCK) {
      if (told != nullptr) {
        const ssize_t size = calls_.read(file.get(), text, sizeof text);
        const auto process = to_number<std::uint32_t>(
            trimmed({text, size > 0 ? static_cast<std::size_t>(size) : 0}));
        told->refusal = "another gateway uses it";
        if (process) {
          (void)(told->refusal->append(": process ") &&
                 told->refusal->append(musubi::decimal(*process)));
        }
      }
      return musubi::refuse("another gateway uses the settings file");
    }
    // For example, a network file system without locks.
    if (told != nullptr)
      add(told->remarks, "it cannot be locked: make sure that no other gateway uses it");
  }
  // Lets another gateway report which process uses the file.
  const musubi::decimal number(::getpid());
  const std::string_view process = number;
  if (calls_.truncate(file.get()) == 0) {
    (void)!calls_.write(file.get(), process.data(), process.size());
  }
  lock_ = file.release();
  remove_leftovers();
  return {};
}

void settings_file::load(opened_settings& into) noexcept {
  if (folder_ < 0) return;  // `acquire` has reported it
  const auto unreadable = [&](int error) {
    add(into.remarks, "it cannot be read: ", save_error(error).reason());
  };
  const held file(calls_, uninterrupted([&] {
                    return calls_.openat(folder_, c_text(name_of(target_)).get(), to_read, 0);
                  }));
  if (!file) {
    if (errno != ENOENT) return unreadable(errno);
    content_ = content::read;
    return;
  }
  struct stat about {};
  if (calls_.fstat(file.get(), &about) != 0) return unreadable(errno);
  if (!S_ISREG(about.st_mode)) return unreadable(EINVAL);
  char text[settings_text::longest + 8];  // longer, to detect a file that is too long
  std::size_t size = 0;
  while (size < sizeof text) {
    const ssize_t more =
        uninterrupted([&] { return calls_.read(file.get(), text + size, sizeof text - size); });
    if (more < 0) return unreadable(errno);
    if (more == 0) break;
    size += static_cast<std::size_t>(more);
  }
  const settings_text read = read_settings({text, size});
  for (const remark& each : read.remarks) (void)into.remarks.push_back(each);
  if (!read.usable) add(into.remarks, "it will not be changed: new settings will not be saved");
  content_ = read.usable ? content::read : content::useless;
  into.values = read.values;
  kept_ = read.kept;
}

/// Does the part of a save that can be undone.
musubi::status settings_file::prepare(const settings& values, fresh_file& made) noexcept {
  const c_text target(name_of(target_));
  struct stat about {};
  const bool exists = calls_.lstatat(folder_, target.get(), &about) == 0;
  if (!exists && errno != ENOENT) return save_error(errno);
  if (exists) {
    if (!S_ISREG(about.st_mode)) return musubi::refuse("the settings file is not a regular file");
    if (calls_.is_mount(folder_, target.get()) != 0) return save_error(EBUSY);
    // A rename would replace the file even if its owner has made it read-only.
    const held writable(
        calls_, uninterrupted([&] { return calls_.openat(folder_, target.get(), to_write, 0); }));
    if (!writable) return save_error(errno);
  }
  for (int tries = 0;; ++tries) {
    musubi::text<file_path::capacity + 18> name;
    if (!(name.append(name_of(target_)) && name.append(".") && name.append(make_unique_part()) &&
          name.append(".new"))) {
      return save_error(ENAMETOOLONG);
    }
    held file(calls_, uninterrupted([&] {
                return calls_.openat(folder_, c_text(name).get(), to_write | O_CREAT | O_EXCL,
                                     0600);
              }));
    if (!file) {
      if (errno == EEXIST && tries < 8) continue;
      return save_error(errno);
    }
    made.name = name;
    if (const musubi::status filled = fill(file.get(), values, exists ? &about : nullptr);
        !filled.ok()) {
      return filled;
    }
    // Some file systems report only here that the disk is full. After EINTR, the file is closed.
    if (calls_.close(file.release()) != 0 && errno != EINTR) return save_error(errno);
    return {};
  }
}

musubi::status settings_file::fill(int fd, const settings& values,
                                   const struct stat* like) noexcept {
  if (like != nullptr) {
    struct stat mine {};
    if (calls_.fstat(fd, &mine) != 0) return save_error(errno);
    if (calls_.chmod(fd, like->st_mode & 07777U) != 0) return save_error(errno);
    if ((mine.st_uid != like->st_uid || mine.st_gid != like->st_gid) &&
        calls_.chown(fd, like->st_uid, like->st_gid) != 0) {
      return musubi::refuse("the settings file belongs to another user");
    }
  }
  const auto text = write_settings(values, kept_);
  std::string_view rest = text;
  while (!rest.empty()) {
    const ssize_t count = uninterrupted([&] { return calls_.write(fd, rest.data(), rest.size()); });
    if (count < 0) return save_error(errno);
    if (count == 0) return save_error(ENOSPC);
    rest.remove_prefix(static_cast<std::size_t>(count));
  }
  // The content must reach the disk before the name: otherwise a power failure leaves an empty
  // file.
  if (uninterrupted([&] { return calls_.sync(fd); }) != 0) return save_error(errno);
  return {};
}

/// Removes temporary files of a gateway that was killed during a save. Requires the lock, so that
/// no other gateway is writing them.
void settings_file::remove_leftovers() noexcept {
  file_path folder;
  if (!folder.assign(folder_of(target_))) return;
  const file_tree here;
  file_reader reader(here);
  folder_reader names(reader, folder);
  while (const auto name = names.next()) {
    if (!is_fresh_name(*name, name_of(target_))) continue;
    struct stat about {};
    const c_text leftover(*name);
    if (calls_.lstatat(folder_, leftover.get(), &about) != 0) continue;
    if (!S_ISREG(about.st_mode) || about.st_uid != ::geteuid()) continue;
    calls_.unlinkat(folder_, leftover.get());
  }
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
