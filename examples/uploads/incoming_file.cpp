#include "incoming_file.hpp"

#include <cerrno>
#include <cstdio>
#include <fcntl.h>
#include <unistd.h>

namespace {

/// Several parts, and a NUL behind them.
template <std::size_t N, class... Parts>
bool join(musubi::text<N>& into, const Parts&... parts) noexcept {
  into.clear();
  if ((into.append(parts) && ...) && into.append(std::string_view("\0", 1))) return true;
  into.clear();
  errno = ENAMETOOLONG;
  return false;
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
    if (written <= 0) return musubi::upload_step::failed;  // the disk is full, say
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

bool incoming_file::keep_as(std::string_view name) noexcept {
  musubi::text<300> target;
  if (!join(target, folder_, "/", name)) return false;
  if (std::rename(path_.view().data(), target.view().data()) != 0) return false;
  path_.clear();
  return true;
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
