#include <cerrno>
#include <cstddef>
#include <fcntl.h>
#include <spawn.h>
#include <sys/wait.h>
#include <unistd.h>

#include <musubi/hosted/descriptor.hpp>
#include <musubi/rauc/run_program.hpp>

extern char** environ;  // NOLINT(readability-redundant-declaration): not in POSIX's headers

namespace musubi::rauc {

namespace {

constexpr std::size_t kept_bytes = 4096;

void read_to_end(int from, std::string& into) {
  char part[1024];
  for (;;) {
    const ssize_t got = ::read(from, part, sizeof part);
    if (got < 0 && errno == EINTR) continue;
    if (got <= 0) return;
    into.append(part, static_cast<std::size_t>(got));
    if (into.size() > kept_bytes) into.erase(0, into.size() - kept_bytes);
  }
}

}  // namespace

program_end run_program(const std::vector<std::string>& arguments) {
  program_end made;
  int ends[2];
  if (::pipe2(ends, O_CLOEXEC) != 0) return made;
  const hosted::descriptor reading(ends[0]);
  hosted::descriptor writing(ends[1]);

  std::vector<char*> given;
  given.reserve(arguments.size() + 1);
  for (const std::string& each : arguments) given.push_back(const_cast<char*>(each.c_str()));
  given.push_back(nullptr);

  posix_spawn_file_actions_t actions;
  posix_spawn_file_actions_init(&actions);
  posix_spawn_file_actions_addopen(&actions, STDIN_FILENO, "/dev/null", O_RDONLY, 0);
  posix_spawn_file_actions_adddup2(&actions, writing.get(), STDOUT_FILENO);
  posix_spawn_file_actions_adddup2(&actions, writing.get(), STDERR_FILENO);
  pid_t child = -1;
  const int failed = ::posix_spawnp(&child, given[0], &actions, nullptr, given.data(), environ);
  posix_spawn_file_actions_destroy(&actions);
  writing.reset();
  if (failed != 0) return made;

  read_to_end(reading.get(), made.printed);
  int status = 0;
  while (::waitpid(child, &status, 0) < 0) {
    if (errno != EINTR) return made;
  }
  if (WIFEXITED(status)) made.exit_code = WEXITSTATUS(status);
  return made;
}

}  // namespace musubi::rauc
