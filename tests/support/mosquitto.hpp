#pragma once
/// A real broker, on loopback, in a folder of its own.

#include "patience.hpp"

#include <arpa/inet.h>
#include <chrono>
#include <csignal>
#include <cstdint>
#include <cstdlib>
#include <fcntl.h>
#include <filesystem>
#include <fstream>
#include <gtest/gtest.h>
#include <netinet/in.h>
#include <random>
#include <spawn.h>
#include <string>
#include <sys/socket.h>
#include <sys/wait.h>
#include <thread>
#include <unistd.h>
#include <vector>

namespace musubi::test {

/// A port of loopback on which nobody listens. It is below those that the system gives to clients,
/// so that no other program is given it while a broker is down.
inline std::uint16_t free_port() {
  std::random_device random;
  for (;;) {
    const std::uint16_t port = std::uniform_int_distribution<std::uint16_t>(10000, 32000)(random);
    const int socket = ::socket(AF_INET, SOCK_STREAM, 0);
    sockaddr_in at{};
    at.sin_family = AF_INET;
    at.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
    at.sin_port = htons(port);
    const bool is_free = ::bind(socket, reinterpret_cast<sockaddr*>(&at), sizeof at) == 0;
    ::close(socket);
    if (is_free) return port;
  }
}

/// True if somebody listens there.
inline bool is_open(std::uint16_t port) {
  const int socket = ::socket(AF_INET, SOCK_STREAM, 0);
  sockaddr_in at{};
  at.sin_family = AF_INET;
  at.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
  at.sin_port = htons(port);
  const bool open = ::connect(socket, reinterpret_cast<sockaddr*>(&at), sizeof at) == 0;
  ::close(socket);
  return open;
}

class mosquitto_broker {
 public:
  /// `more` are lines of its configuration, behind the listener.
  explicit mosquitto_broker(std::string more = "allow_anonymous true\n") : more_(std::move(more)) {
    char made[] = "/tmp/musubi-mqtt-XXXXXX";
    folder_ = ::mkdtemp(made);
  }
  ~mosquitto_broker() {
    kill();
    std::filesystem::remove_all(folder_);
  }
  mosquitto_broker(const mosquitto_broker&) = delete;
  mosquitto_broker& operator=(const mosquitto_broker&) = delete;

  [[nodiscard]] std::uint16_t port() const noexcept { return port_; }
  /// For the files that its configuration names.
  [[nodiscard]] const std::string& folder() const noexcept { return folder_; }

  /// Starts it, and waits until it listens.
  void start() {
    const std::string file = folder_ + "/mosquitto.conf";
    const std::string log = folder_ + "/log";
    std::ofstream(file) << "listener " << port_ << " 127.0.0.1\npersistence false\n"
                        << "log_dest file " << log << "\nuser root\n"
                        << more_;
    std::vector<std::string> words{MUSUBI_TEST_MOSQUITTO, "-c", file};
    std::vector<char*> arguments;
    for (std::string& each : words) arguments.push_back(each.data());
    arguments.push_back(nullptr);
    ASSERT_EQ(
        ::posix_spawn(&pid_, MUSUBI_TEST_MOSQUITTO, nullptr, nullptr, arguments.data(), environ),
        0);
    const auto end = std::chrono::steady_clock::now() + patience;
    while (!is_open(port_) && std::chrono::steady_clock::now() < end) {
      std::this_thread::sleep_for(std::chrono::milliseconds(5));
    }
    ASSERT_TRUE(is_open(port_)) << std::ifstream(log).rdbuf();
  }
  /// Ends it without a word, as a power failure does.
  void kill() {
    if (pid_ == 0) return;
    ::kill(pid_, SIGKILL);
    (void)::waitpid(pid_, nullptr, 0);
    pid_ = 0;
  }

 private:
  std::string more_;
  std::string folder_;
  std::uint16_t port_ = free_port();
  pid_t pid_ = 0;
};

}  // namespace musubi::test
