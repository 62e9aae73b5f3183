#include <cerrno>
#include <charconv>
#include <cstdlib>
#include <cstring>
#include <ctime>
#include <fcntl.h>
#include <mutex>
#include <poll.h>
#include <string_view>
#include <sys/stat.h>
#include <unistd.h>

#include <musubi/hosted/internal/descriptor_output.hpp>
#include <musubi/hosted/internal/log_line.hpp>
#include <musubi/memory/decimal.hpp>

namespace musubi {

namespace hosted {

namespace {

/// Whether `named` ("DEVICE:INODE", as systemd sets it, see sd-daemon(3)) is this stream.
bool is_stream(std::string_view named, const struct stat& of) noexcept {
  const std::size_t colon = named.find(':');
  if (colon == std::string_view::npos) return false;
  const char* const end = named.data() + named.size();
  std::uint64_t device = 0;
  std::uint64_t inode = 0;
  const auto first = std::from_chars(named.data(), end, device);
  if (first.ec != std::errc() || first.ptr != named.data() + colon) return false;
  const auto second = std::from_chars(first.ptr + 1, end, inode);
  return second.ec == std::errc() && second.ptr == end &&
         device == static_cast<std::uint64_t>(of.st_dev) &&
         inode == static_cast<std::uint64_t>(of.st_ino);
}

}  // namespace

/// Builds a line with its prefix.
class framed_line {
 public:
  void add(std::string_view part) noexcept {
    if (part.size() > sizeof bytes_ - size_) return;
    std::memcpy(bytes_ + size_, part.data(), part.size());
    size_ += part.size();
  }
  void add_time() noexcept {
    const std::time_t now = std::time(nullptr);
    std::tm local{};
    char text[sizeof "2026-01-31 14:03:12 "];
    if (::localtime_r(&now, &local) == nullptr) return;
    add({text, std::strftime(text, sizeof text, "%Y-%m-%d %H:%M:%S ", &local)});
  }
  [[nodiscard]] std::string_view view() const noexcept { return {bytes_, size_}; }

 private:
  std::size_t size_ = 0;
  char bytes_[log_line::capacity + 160];
};

descriptor_output::descriptor_output(int descriptor, const char* journal_stream) noexcept
    : descriptor_(::fcntl(descriptor, F_GETFD) == -1 ? -1 : descriptor) {
  struct stat status {};
  journal_ = journal_stream != nullptr && descriptor_ >= 0 && ::fstat(descriptor_, &status) == 0 &&
             is_stream(journal_stream, status);
  ::tzset();  // may allocate, once
}

void descriptor_output::write(log_level level, std::string_view line) noexcept {
  const std::lock_guard hold(mutex_);
  if (!takes_more()) {
    ++left_out_;
    return;
  }
  framed_line out;
  if (left_out_ != 0) {
    begin(out, log_level::warning);
    out.add(decimal(left_out_));
    out.add(" lines dropped because stderr was not read\n");
  }
  begin(out, level);
  out.add(line);
  out.add("\n");
  if (put(out.view())) {
    left_out_ = 0;
  } else {
    ++left_out_;
  }
}

void descriptor_output::begin(framed_line& out, log_level level) const noexcept {
  if (journal_) {
    const char priority[] = {'<', static_cast<char>('0' + static_cast<int>(level)), '>'};
    return out.add({priority, sizeof priority});
  }
  if (level == log_level::notice) return;
  out.add_time();
  out.add(to_text(level));
  out.add(": ");
}

bool descriptor_output::takes_more() const noexcept {
  // a pipe is writable while it has room for more than any line, and reports an error when broken
  pollfd wanted{descriptor_, POLLOUT, 0};
  return descriptor_ >= 0 && ::poll(&wanted, 1, 0) == 1 && wanted.revents == POLLOUT;
}

bool descriptor_output::put(std::string_view bytes) const noexcept {
  for (;;) {
    const ssize_t taken = ::write(descriptor_, bytes.data(), bytes.size());
    if (taken >= 0) return static_cast<std::size_t>(taken) == bytes.size();
    if (errno != EINTR) return false;
  }
}

}  // namespace hosted

log_output& standard_error() noexcept {
  static hosted::descriptor_output stderr_output(STDERR_FILENO, std::getenv("JOURNAL_STREAM"));
  return stderr_output;
}

}  // namespace musubi
