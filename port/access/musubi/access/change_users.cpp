#include <cerrno>
#include <cstdio>
#include <cstring>
#include <fcntl.h>
#include <sys/file.h>
#include <termios.h>
#include <unistd.h>

#include <musubi/access/change_users.hpp>
#include <musubi/access/password.hpp>
#include <musubi/access/users_file.hpp>

namespace musubi::access {

namespace {

/// Held while the file is read, changed and replaced.
class file_lock {
 public:
  explicit file_lock(const std::string& path) noexcept
      : file_(::open((path + ".lock").c_str(), O_RDWR | O_CREAT | O_CLOEXEC, 0600)) {
    if (file_ >= 0) (void)::flock(file_, LOCK_EX);
  }
  ~file_lock() {
    if (file_ >= 0) ::close(file_);
  }
  file_lock(const file_lock&) = delete;
  file_lock& operator=(const file_lock&) = delete;

 private:
  int file_;
};

/// A terminal that does not show what is typed, for as long as this lives.
class hidden_input {
 public:
  hidden_input() noexcept : is_terminal_(::tcgetattr(STDIN_FILENO, &before_) == 0) {
    if (!is_terminal_) return;
    termios silent = before_;
    silent.c_lflag &= ~static_cast<tcflag_t>(ECHO);
    (void)::tcsetattr(STDIN_FILENO, TCSAFLUSH, &silent);
  }
  ~hidden_input() {
    if (is_terminal_) (void)::tcsetattr(STDIN_FILENO, TCSAFLUSH, &before_);
  }
  hidden_input(const hidden_input&) = delete;
  hidden_input& operator=(const hidden_input&) = delete;

  [[nodiscard]] bool is_terminal() const noexcept { return is_terminal_; }

  /// One line. Returns false when it is longer than a password, or there is none.
  [[nodiscard]] bool read(std::string_view prompt, password_text& into) const noexcept {
    if (is_terminal_) std::fprintf(stderr, "%.*s", static_cast<int>(prompt.size()), prompt.data());
    into.clear();
    bool fits = true;
    bool any = false;
    for (char c = 0; ::read(STDIN_FILENO, &c, 1) == 1 && c != '\n';) {
      any = true;
      if (c != '\r') fits = into.append({&c, 1}) && fits;
    }
    if (is_terminal_) std::fputc('\n', stderr);
    return any && fits;
  }

 private:
  termios before_{};
  bool is_terminal_;
};

/// Asks for a new password, twice on a terminal. Returns what is wrong with it, as a sentence.
std::string ask(std::string_view name, password_text& into) {
  const hidden_input input;
  const std::string prompt = "New password of " + std::string(name) + ": ";
  if (!input.read(prompt, into)) return "a password has 8 to 72 bytes";
  if (const status fine = check_password(into); !fine.ok()) return std::string(fine.reason());
  if (!input.is_terminal()) return {};
  password_text again;
  const bool same = input.read("Once more: ", again) && again == into;
  wipe(again);
  return same ? std::string() : "these were two different passwords";
}

std::string make(const user_change& wanted, std::string& done) {
  users_file file(wanted.file);
  user_list users;
  if (file.is_there()) {
    if (const file_problem problem = file.load(users); !problem.empty()) {
      return wanted.file + ": " + std::string(problem.view());
    }
  }
  const user* const known = users.find(wanted.name);
  if (wanted.remove) {
    if (!users.remove(wanted.name)) return "there is no user " + wanted.name;
    done = "removed " + wanted.name;
  } else {
    if (!is_user_name(wanted.name)) {
      return "a name has 1 to 32 letters, digits, or characters of ._@-";
    }
    user changed;
    if (known != nullptr) {
      changed = *known;
    } else if (wanted.keep_password) {
      return "there is no user " + wanted.name;
    }
    (void)changed.name.assign(wanted.name);
    if (known == nullptr) changed.role = users.empty() ? role::admin : role::viewer;
    if (wanted.role) changed.role = *wanted.role;
    if (!wanted.keep_password) {
      password_text chosen;
      std::string wrong = ask(wanted.name, chosen);
      const auto hashed =
          wrong.empty() ? hash_password(chosen) : result<password_hash>(fail("not asked"));
      wipe(chosen);
      if (!wrong.empty()) return wrong;
      if (!hashed.ok()) return std::string(hashed.error().reason());
      changed.hash = *hashed;
    }
    if (!users.put(changed)) return "there are 64 users already";
    done = wanted.name + " is " + std::string(to_text(changed.role));
    done += known == nullptr       ? ", and new"
            : wanted.keep_password ? ", with the same password"
                                   : ", with a new password";
  }
  const file_problem problem = file.save(users);
  if (!problem.empty()) return wanted.file + ": " + std::string(problem.view());
  if (!users.empty() && !users.has_admin()) done += "; there is no admin now";
  return {};
}

}  // namespace

int change_users(std::string_view program, const user_change& wanted) {
  const file_lock held(wanted.file);
  std::string done;
  const std::string problem = make(wanted, done);
  const std::string name(program);
  if (!problem.empty()) {
    std::fprintf(stderr, "%s: %s\n", name.c_str(), problem.c_str());
    return 1;
  }
  std::printf("%s: %s\n", name.c_str(), done.c_str());
  return 0;
}

}  // namespace musubi::access
