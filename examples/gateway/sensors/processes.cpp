#include "sensors/processes.hpp"

#include "sensors/scan.hpp"

#include <algorithm>
#include <unistd.h>
#include <utility>

#include <musubi/memory/decimal.hpp>

namespace gateway {
namespace {

std::uint64_t system_constant(int name, std::uint64_t otherwise) noexcept {
  const long value = ::sysconf(name);
  return value > 0 ? static_cast<std::uint64_t>(value) : otherwise;
}

}  // namespace

/// "pid (name) state ppid ..."; the name may contain any characters, including parentheses.
std::optional<process_line> parse_process(std::string_view text) noexcept {
  const std::size_t open = text.find('(');
  const std::size_t close = text.rfind(')');
  if (open == std::string_view::npos || close == std::string_view::npos || close < open) {
    return std::nullopt;
  }
  process_line found;
  found.name = text.substr(open + 1, close - open - 1);
  std::string_view rest = text.substr(close + 1);
  (void)take_word(rest);    // state
  std::int64_t fields[21];  // from the fourth, ppid
  if (!take_numbers(rest, fields)) return std::nullopt;
  const auto field = [&](std::size_t number) {  // as proc(5) numbers them
    return static_cast<std::uint64_t>(std::max<std::int64_t>(fields[number - 4], 0));
  };
  found.ticks = field(14) + field(15);
  found.started = field(22);
  found.pages = field(24);
  return found;
}

processes_sensor::processes_sensor(const file_tree& files) noexcept
    : files_(files),
      ticks_per_second_(system_constant(_SC_CLK_TCK, 100)),
      page_size_(system_constant(_SC_PAGESIZE, 4096)) {}

void processes_sensor::begin(clock::time_point now) noexcept {
  elapsed_ = last_ == clock::time_point{} ? 0 : std::chrono::duration<double>(now - last_).count();
  next_look_ = now;
  reader_.again();
  next_ = {};
  now_->clear();
  names_.open(files_.path("/proc"));
}

bool processes_sensor::step(std::size_t processes) noexcept {
  if (!names_.is_open()) {
    reading_.stale = reader_.failed();
    return false;
  }
  for (std::size_t i = 0; i < processes;) {
    const auto name = names_.next();
    if (!name) {
      finish();
      return false;
    }
    const auto pid = to_number<std::uint32_t>(*name);
    if (!pid) continue;
    ++next_.total;
    if (now_->full()) {
      ++next_.unwatched;
      continue;
    }
    visit(*pid);
    ++i;
  }
  return true;
}

void processes_sensor::visit(std::uint32_t pid) noexcept {
  char buffer[512];
  const auto text = reader_.read(files_.path("/proc/", musubi::decimal(pid), "/stat"), buffer);
  const auto stat = text ? parse_process(*text) : std::nullopt;
  if (!stat) {  // it has ended in the meantime
    --next_.total;
    return;
  }
  const seen now{pid, stat->started, stat->ticks};
  process found{.pid = pid,
                .name = shown<16>(stat->name),
                .busy = std::nullopt,
                .memory = stat->pages * page_size_};
  if (const auto before = ticks_before(now)) {
    const std::uint64_t spent = now.ticks - std::min(*before, now.ticks);
    found.busy = tenths(100.0 * static_cast<double>(spent) /
                        static_cast<double>(ticks_per_second_) / elapsed_);
  }
  (void)now_->push_back(now);
  rank(found);
}

std::optional<std::uint64_t> processes_sensor::ticks_before(const seen& now) const noexcept {
  if (elapsed_ <= 0) return std::nullopt;
  const auto found = std::lower_bound(before_->begin(), before_->end(), now.pid,
                                      [](const seen& a, std::uint32_t pid) { return a.pid < pid; });
  if (found != before_->end() && found->pid == now.pid && found->started == now.started) {
    return found->ticks;
  }
  // It has started since the last look, or was not tracked.
  return before_->full() ? std::nullopt : std::optional<std::uint64_t>(0);
}

void processes_sensor::rank(const process& found) noexcept {
  auto& top = next_.busiest;
  const auto before = [](const process& a, const process& b) {
    const float left = a.busy.value_or(0.0F);
    const float right = b.busy.value_or(0.0F);
    if (left > right || left < right) return left > right;
    return a.memory != b.memory ? a.memory > b.memory : a.pid < b.pid;
  };
  if (top.full()) {
    if (!before(found, top.back())) return;
    top.pop_back();
  }
  const auto* place = std::lower_bound(top.begin(), top.end(), found, before);
  (void)top.insert(static_cast<std::size_t>(place - top.begin()), found);
}

void processes_sensor::finish() noexcept {
  names_.close();
  if (reader_.failed()) {  // incomplete: the next look compares with the last complete one
    reading_.stale = true;
    return;
  }
  last_ = next_look_;
  std::sort(now_->begin(), now_->end(), [](const seen& a, const seen& b) { return a.pid < b.pid; });
  std::swap(now_, before_);
  reading_ = next_;
}

}  // namespace gateway
