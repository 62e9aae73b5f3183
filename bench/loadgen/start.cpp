#include "loadgen/clock.hpp"
#include "loadgen/json_line.hpp"
#include "loadgen/process.hpp"
#include "loadgen/workloads.hpp"

#include <algorithm>
#include <csignal>
#include <cstdint>
#include <cstdlib>
#include <fcntl.h>
#include <netinet/in.h>
#include <string>
#include <sys/socket.h>
#include <sys/time.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>
#include <vector>

namespace loadgen {

namespace {

pid_t launch(const std::vector<std::string>& command) {
  std::vector<char*> arguments;
  for (const std::string& each : command) arguments.push_back(const_cast<char*>(each.c_str()));
  arguments.push_back(nullptr);
  const pid_t child = fork();
  if (child < 0) fail("fork");
  if (child != 0) return child;
  const int null = open("/dev/null", O_RDWR);
  dup2(null, STDOUT_FILENO);
  execvp(arguments[0], arguments.data());
  _exit(127);
}

/// Tries to upgrade; returns true if the answer is 101.
bool upgrades(const target& server) {
  const int attempt = socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0);
  if (attempt < 0) fail("socket");
  const linger no_wait{1, 0};
  setsockopt(attempt, SOL_SOCKET, SO_LINGER, &no_wait, sizeof no_wait);
  sockaddr_in address{};
  address.sin_family = AF_INET;
  address.sin_port = htons(server.port);
  address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
  bool accepted = false;
  if (connect(attempt, reinterpret_cast<const sockaddr*>(&address), sizeof address) == 0) {
    const timeval patience{5, 0};
    setsockopt(attempt, SOL_SOCKET, SO_RCVTIMEO, &patience, sizeof patience);
    const std::string request = upgrade_request(server.port, server.path);
    (void)::send(attempt, request.data(), request.size(), MSG_NOSIGNAL);
    char answer[1024];
    const ssize_t size = recv(attempt, answer, sizeof answer, 0);
    std::size_t head = 0;
    accepted = size > 0 && read_upgrade({answer, static_cast<std::size_t>(size)}, head) ==
                               upgrade_answer::accepted;
  }
  ::close(attempt);
  return accepted;
}

}  // namespace

std::uint64_t run_start(const options& chosen) {
  if (chosen.command.empty()) fail("start: the command is missing");
  std::vector<double> took;
  for (unsigned i = 0; i < chosen.times; ++i) {
    const std::uint64_t started = now();
    const pid_t server = launch(chosen.command);
    while (!upgrades(chosen.server)) {
      if (now() - started > nanoseconds(60)) fail("start: no answer within a minute");
      const timespec moment{0, 100'000};
      nanosleep(&moment, nullptr);
    }
    took.push_back(seconds(now() - started) * 1000);
    kill(server, SIGKILL);
    waitpid(server, nullptr, 0);
  }
  std::sort(took.begin(), took.end());
  json_line("start")
      .number("times", took.size())
      .number("min_ms", took.front())
      .number("median_ms", took[took.size() / 2])
      .number("max_ms", took.back())
      .number("bad", 0)
      .print();
  return 0;
}

}  // namespace loadgen
