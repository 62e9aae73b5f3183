#include <cerrno>
#include <cstdio>
#include <fcntl.h>
#include <unistd.h>

#include <musubi/hosted/descriptor.hpp>
#include <musubi/hosted/replace_file.hpp>

namespace musubi::hosted {

namespace {

int write_all(int to, std::string_view text) noexcept {
  while (!text.empty()) {
    const ssize_t written = ::write(to, text.data(), text.size());
    if (written < 0 && errno == EINTR) continue;
    if (written < 0) return errno;
    if (written == 0) return EIO;
    text.remove_prefix(static_cast<std::size_t>(written));
  }
  return 0;
}

/// Makes it last that a name in this folder means another file. No file system must support it.
void sync_folder_of(const std::string& path) {
  const std::size_t slash = path.rfind('/');
  const std::string folder(path, 0, slash == std::string::npos ? 0 : slash + 1);
  const descriptor opened(
      ::open(folder.empty() ? "." : folder.c_str(), O_RDONLY | O_DIRECTORY | O_CLOEXEC));
  if (opened) (void)::fsync(opened.get());
}

}  // namespace

int replace_file(const std::string& path, std::string_view text) {
  const std::string fresh = path + ".new";
  (void)::unlink(fresh.c_str());  // of a program that was killed
  descriptor file(::open(fresh.c_str(), O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0600));
  if (!file) return errno;
  int error = write_all(file.get(), text);
  if (error == 0 && ::fsync(file.get()) != 0) error = errno;
  file.reset();
  if (error == 0 && ::rename(fresh.c_str(), path.c_str()) != 0) error = errno;
  if (error != 0) {
    (void)::unlink(fresh.c_str());
    return error;
  }
  sync_folder_of(path);
  return 0;
}

}  // namespace musubi::hosted
