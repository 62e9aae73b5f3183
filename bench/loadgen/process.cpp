#include "loadgen/process.hpp"

#include <cerrno>
#include <cstdio>
#include <cstdlib>
#include <cstring>
#include <filesystem>
#include <fstream>
#include <string>
#include <unistd.h>

namespace loadgen {

namespace {

std::string proc(pid_t process, const char* what) {
  return "/proc/" + std::to_string(process) + "/" + what;
}

}  // namespace

void fail(const char* what) {
  if (errno != 0) {
    std::fprintf(stderr, "loadgen: %s: %s\n", what, std::strerror(errno));
  } else {
    std::fprintf(stderr, "loadgen: %s\n", what);
  }
  std::exit(2);
}

cpu_time cpu_of(pid_t process) {
  std::ifstream stat(proc(process, "stat"));
  std::string line;
  if (!std::getline(stat, line)) fail("no such server process");
  // after the program's name, which may contain any characters, utime and stime are the 12th and
  // 13th
  unsigned long user = 0;
  unsigned long kernel = 0;
  const std::size_t behind_name = line.rfind(')');
  (void)std::sscanf(line.c_str() + behind_name + 2,
                    "%*c %*d %*d %*d %*d %*d %*u %*u %*u %*u %*u %lu %lu", &user, &kernel);
  const auto ticks = static_cast<double>(sysconf(_SC_CLK_TCK));
  cpu_time found{static_cast<double>(user) / ticks, static_cast<double>(kernel) / ticks, 0};
  for (const auto& thread : std::filesystem::directory_iterator(proc(process, "task"))) {
    double nanoseconds = 0;
    std::ifstream(thread.path() / "schedstat") >> nanoseconds;
    found.run += nanoseconds / 1e9;
  }
  return found;
}

memory_use memory_of(pid_t process) {
  std::ifstream rollup(proc(process, "smaps_rollup"));
  memory_use found;
  std::string line;
  while (std::getline(rollup, line)) {
    unsigned long kilobytes = 0;
    if (std::sscanf(line.c_str(), "Rss: %lu", &kilobytes) == 1) found.resident = kilobytes * 1024;
    if (std::sscanf(line.c_str(), "Anonymous: %lu", &kilobytes) == 1) {
      found.anonymous = kilobytes * 1024;
    }
  }
  if (found.resident == 0) fail("cannot read the server's memory");
  return found;
}

}  // namespace loadgen
