#pragma once
/// Makes users and changes passwords from a command line. A password is asked for on the terminal,
/// without showing it, or read from standard input; it is never an argument, which others could
/// see.

#include <optional>
#include <string>
#include <string_view>

#include <musubi/access/role.hpp>

namespace musubi::access {

/// What to change in a file of users.
struct user_change {
  std::string file = {};
  std::string name = {};
  /// Absent: as it is; for a new user, admin if it is the first one and viewer otherwise.
  std::optional<access::role> role = {};
  /// Removes the user, instead of asking for a password.
  bool remove = false;
  /// Keeps the password, and changes the role only.
  bool keep_password = false;
};

/// Makes the change, with prompts on `/dev/tty`, or on standard input when that is no terminal:
/// then its first line is the password. Prints what was done. Returns an exit code: 0, or 1 after a
/// sentence on stderr. One at a time changes a file; another waits.
[[nodiscard]] int change_users(std::string_view program, const user_change& wanted);

}  // namespace musubi::access
