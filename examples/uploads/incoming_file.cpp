#include "incoming_file.hpp"

#include <algorithm>
#include <cerrno>
#include <cstdio>
#include <fcntl.h>
#include <unistd.h>

namespace {

/// Joins several parts and a terminating NUL.
template <std::size_t N, class... Parts>
bool join(musubi::text<N>& into, const Parts&... parts) noexcept {
  into.clear();
  if ((into.append(parts) && ...) && into.append(std::string_view("\0", 1))) return true;
  into.clear();
  errno = ENAMETOOLONG;
  return false;
}

/// "image.jpg", "image-2.jpg", "image-3.jpg"
std::optional<file_name> numbered(std::string_view name, unsigned copy) noexcept {
  if (copy == 1) return file_name::from(name);
  const std::size_t dot = std::min(name.rfind('.'), name.size());
  char number[12];
  const int size = std::snprintf(number, sizeof number, "-%u", copy);
  file_name made;
  const bool fits = made.append(name.substr(0, dot)) &&
                    made.append({number, static_cast<std::size_t>(size)}) &&
                    made.append(name.substr(dot));
  if (fits) return made;
  errno = ENAMETOOLONG;
  return std::nullopt;
}

}  // namespace

bool incoming_file::begin(std::string_view folder, std::string_view unique) noexcept {
  if (!folder_.assign(folder) || !join(path_, folder, "/.", unique, ".part")) return false;
  descriptor_ = ::open(path_.view().data(), O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0644);
  if (descriptor_ < 0) {
    path_.clear();
    return false;
  }
  size_ = 0;
  in_use_ = true;
  return true;
}

musubi::upload_step incoming_file::write(std::span<const std::byte> bytes) noexcept {
  while (!bytes.empty()) {
    const ssize_t written = ::write(descriptor_, bytes.data(), bytes.size());
    if (written < 0 && errno == EINTR) continue;
    if (written <= 0) return musubi::upload_step::failed;  // for example, the disk is full
    size_ += static_cast<std::uint64_t>(written);
    bytes = bytes.subspan(static_cast<std::size_t>(written));
  }
  return musubi::upload_step::done;
}

musubi::upload_step incoming_file::finish() noexcept {
  const int closed = ::close(descriptor_);
  descriptor_ = -1;
  return closed == 0 ? musubi::upload_step::done : musubi::upload_step::failed;
}

std::optional<file_name> incoming_file::keep_as(std::string_view name) noexcept {
  for (unsigned copy = 1; copy < 1000; ++copy) {
    const auto wanted = numbered(name, copy);
    musubi::text<300> target;
    if (!wanted || !join(target, folder_, "/", *wanted)) return std::nullopt;
    // An empty file reserves the name first, because a rename would replace an existing file.
    const int taken = ::open(target.view().data(), O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0644);
    if (taken < 0 && errno == EEXIST) continue;
    if (taken < 0) return std::nullopt;
    (void)::close(taken);
    if (std::rename(path_.view().data(), target.view().data()) != 0) {
      const int error = errno;
      (void)::unlink(target.view().data());
      errno = error;
      return std::nullopt;
    }
    path_.clear();
    return wanted;
  }
  errno = EEXIST;
  return std::nullopt;
}

void incoming_file::close() noexcept {
  if (descriptor_ >= 0) (void)::close(descriptor_);
  descriptor_ = -1;
}

void incoming_file::release() noexcept {
  close();
  if (!path_.empty()) (void)::unlink(path_.view().data());
  path_.clear();
  in_use_ = false;
}

musubi::text<64> safe_name(std::string_view client_name) noexcept {
  musubi::text<64> safe;
  for (const char c : client_name) {
    const bool good = (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') ||
                      c == '-' || c == '_' || (c == '.' && !safe.empty());
    if (!safe.append(std::string_view(good ? &c : "_", 1))) break;
  }
  if (safe.empty()) safe = "file";
  return safe;
}
