/// The load generator: one thread, raw epoll, loopback only. Compares every message with the
/// expected one, and prints results as lines of JSON. The exit code is 1 if a message was wrong,
/// and 2 if the run was aborted.

#include "loadgen/process.hpp"
#include "loadgen/workloads.hpp"

#include <charconv>
#include <cstdint>
#include <cstdio>
#include <cstring>
#include <exception>
#include <stdexcept>
#include <string>
#include <string_view>

#include <musubi/hosted/command_line.hpp>
#include <musubi/hosted/internal/descriptors.hpp>

namespace {

using loadgen::options;

constexpr const char* usage =
    "usage: bench_loadgen WORKLOAD [OPTION VALUE]... [--floor] [--tls]\n"
    "  commands   W1: --clients N --depth D\n"
    "  pushes     W2: --clients N --depth TICKS --stalled N\n"
    "  idle       W3: --clients N,N,...\n"
    "  start      W4: --times N -- COMMAND...\n"
    "common options: --port N --pid N --path PATH --seconds S --warm-up S --in-flight N\n"
    "  --operations N    so many operations, instead of --seconds\n"
    "  --floor           the server is bench_floor: its answers are counted, not looked at\n"
    "  --tls             the server speaks TLS\n";

template <class T>
T number(std::string_view text) {
  T value{};
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), value);
  if (error != std::errc{} || end != text.data() + text.size() || value < T{}) {
    throw std::invalid_argument("not a number: " + std::string(text));
  }
  return value;
}

std::vector<std::size_t> numbers(std::string_view text) {
  std::vector<std::size_t> list;
  for (;;) {
    const std::size_t comma = text.find(',');
    list.push_back(number<std::size_t>(text.substr(0, comma)));
    if (list.back() == 0) throw std::invalid_argument("at least one client");
    if (comma == std::string_view::npos) return list;
    text.remove_prefix(comma + 1);
  }
}

void set(options& chosen, std::string_view name, std::string_view value) {
  if (name == "--port") {
    chosen.server.port = number<std::uint16_t>(value);
  } else if (name == "--path") {
    chosen.server.path = value;
  } else if (name == "--pid") {
    chosen.process = number<pid_t>(value);
  } else if (name == "--clients") {
    chosen.clients = numbers(value);
  } else if (name == "--depth") {
    chosen.depth = number<std::uint32_t>(value);
    if (chosen.depth == 0) throw std::invalid_argument("a depth of at least 1");
  } else if (name == "--stalled") {
    chosen.stalled = number<std::size_t>(value);
  } else if (name == "--in-flight") {
    chosen.in_flight = number<std::size_t>(value);
  } else if (name == "--seconds") {
    chosen.seconds = number<double>(value);
  } else if (name == "--warm-up") {
    chosen.warm_up = number<double>(value);
  } else if (name == "--operations") {
    chosen.operations = number<std::uint64_t>(value);
  } else if (name == "--times") {
    chosen.times = number<unsigned>(value);
  } else {
    throw std::invalid_argument("unknown option " + std::string(name));
  }
}

options parse(int count, char** arguments) {
  options chosen;
  for (int i = 2; i < count; ++i) {
    const std::string_view name = arguments[i];
    if (name == "--") {
      chosen.command.assign(arguments + i + 1, arguments + count);
      break;
    }
    if (name == "--floor") {
      chosen.server.floor = true;
    } else if (name == "--tls") {
      chosen.server.tls = true;
    } else if (i + 1 == count) {
      throw std::invalid_argument("no value for " + std::string(name));
    } else {
      set(chosen, name, arguments[++i]);
    }
  }
  return chosen;
}

}  // namespace

int main(int count, char** arguments) try {
  const std::string_view workload = count > 1 ? arguments[1] : "";
  if (workload == "--help") {
    std::fputs(usage, stdout);
    return 0;
  }
  if (workload == "--version") {
    std::printf("bench_loadgen %s\n", std::string(musubi::program::version()).c_str());
    return 0;
  }
  const options chosen = parse(count, arguments);
  (void)musubi::hosted::allow_descriptors(UINT64_MAX);  // as many as the system allows
  std::uint64_t bad = 0;
  if (workload == "commands") {
    bad = loadgen::run_commands(chosen);
  } else if (workload == "pushes") {
    bad = loadgen::run_pushes(chosen);
  } else if (workload == "idle") {
    bad = loadgen::run_idle(chosen);
  } else if (workload == "start") {
    bad = loadgen::run_start(chosen);
  } else {
    throw std::invalid_argument("unknown workload: " + std::string(workload));
  }
  return bad == 0 ? 0 : 1;
} catch (const std::exception& error) {
  std::fprintf(stderr, "loadgen: %s\n%s", error.what(), usage);
  return 2;
}
