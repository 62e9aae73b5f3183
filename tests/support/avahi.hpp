#pragma once
/// A real Avahi, on a loopback interface and a D-Bus of its own.

#include <array>
#include <chrono>
#include <csignal>
#include <cstdio>
#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <gtest/gtest.h>
#include <spawn.h>
#include <string>
#include <sys/wait.h>
#include <thread>
#include <unistd.h>
#include <vector>

namespace musubi::test {

/// A program that runs beside the test.
class companion {
 public:
  companion() = default;
  ~companion() { end(SIGKILL); }
  companion(const companion&) = delete;
  companion& operator=(const companion&) = delete;

  void start(std::vector<std::string> words) {
    std::vector<char*> arguments;
    for (std::string& each : words) arguments.push_back(each.data());
    arguments.push_back(nullptr);
    ASSERT_EQ(::posix_spawn(&pid_, words[0].c_str(), nullptr, nullptr, arguments.data(), environ),
              0);
  }
  void signal(int which) const { ::kill(pid_, which); }
  void end(int by) {
    if (pid_ == 0) return;
    ::kill(pid_, by);
    (void)::waitpid(pid_, nullptr, 0);
    pid_ = 0;
  }

 private:
  pid_t pid_ = 0;
};

/// The bus and the daemon; there can be one at a time, because D-Bus's library reads the address of
/// the system's bus once for each process.
class avahi {
 public:
  avahi() {
    std::filesystem::create_directories(folder());
    ::setenv("DBUS_SYSTEM_BUS_ADDRESS", ("unix:path=" + folder() + "/bus").c_str(), 1);
    std::ofstream(folder() + "/bus.conf")
        << "<busconfig><listen>unix:path=" << folder() << "/bus</listen>"
        << "<auth>EXTERNAL</auth><auth>ANONYMOUS</auth><allow_anonymous/>"
        << "<policy context=\"default\"><allow send_destination=\"*\" eavesdrop=\"true\"/>"
        << "<allow eavesdrop=\"true\"/><allow own=\"*\"/><allow "
           "user=\"*\"/></policy></busconfig>\n";
  }
  ~avahi() {
    stop();
    stop_bus();
    std::filesystem::remove_all(folder());
  }

  void start_bus() {
    bus_.start({MUSUBI_TEST_DBUS, "--config-file=" + folder() + "/bus.conf", "--nofork",
                "--nopidfile", "--nosyslog"});
    while (!std::filesystem::exists(folder() + "/bus")) pause();
  }
  void stop_bus() {
    bus_.end(SIGKILL);
    std::filesystem::remove(folder() + "/bus");
  }
  void start() { daemon_.start({MUSUBI_TEST_AVAHI, folder()}); }
  void stop(int by = SIGKILL) { daemon_.end(by); }
  void signal(int which) const { daemon_.signal(which); }
  /// What it wrote to its log.
  [[nodiscard]] std::string said() const {
    std::ifstream file(folder() + "/avahi.log");
    return {std::istreambuf_iterator<char>(file), {}};
  }

  /// The services that are found, one a line: "=;lo;IPv4;NAME;TYPE;local;HOST;ADDRESS;PORT;TXT".
  [[nodiscard]] static std::string found() {
    const std::string command = MUSUBI_TEST_AVAHI_BROWSE
        " --all --resolve --parsable --terminate "
        "--no-db-lookup 2>/dev/null";
    std::string all;
    if (std::FILE* const pipe = ::popen(command.c_str(), "r")) {
      std::array<char, 4096> some;
      while (std::fgets(some.data(), some.size(), pipe) != nullptr) all += some.data();
      ::pclose(pipe);
    }
    return all;
  }

  static void pause() { std::this_thread::sleep_for(std::chrono::milliseconds(5)); }

 private:
  static const std::string& folder() {
    static const std::string made = [] {
      char text[] = "/tmp/musubi-avahi-XXXXXX";
      return std::string(::mkdtemp(text));
    }();
    return made;
  }

  companion bus_, daemon_;
};

}  // namespace musubi::test
