#pragma once
/// Who may sign in: names, roles, and hashes of passwords.

#include <cstddef>
#include <cstdint>
#include <span>
#include <string_view>

#include <musubi/access/password.hpp>
#include <musubi/access/role.hpp>
#include <musubi/memory/list.hpp>
#include <musubi/memory/text.hpp>

namespace musubi::access {

/// 1 to 32 letters, digits, or characters of "._@-".
using user_name = text<32>;
[[nodiscard]] bool is_user_name(std::string_view name) noexcept;

struct user {
  user_name name;
  access::role role = access::role::none;
  password_hash hash;
};

/// The users of one program.
class user_list {
 public:
  /// Enough for a plant; each takes about 100 bytes, in a file that is read as a whole.
  static constexpr std::size_t most = 64;
  /// Bytes of the longest file, comments included.
  static constexpr std::size_t longest_text = 16384;

  [[nodiscard]] std::span<const user> all() const noexcept {
    return {users_.begin(), users_.end()};
  }
  [[nodiscard]] bool empty() const noexcept { return users_.empty(); }
  /// Null if there is no such user.
  [[nodiscard]] const user* find(std::string_view name) const noexcept;
  /// Adds a user, or replaces the one of that name. Returns false if there are `most`.
  [[nodiscard]] bool put(const user& wanted) noexcept;
  /// Returns false if there is no such user.
  bool remove(std::string_view name) noexcept;
  [[nodiscard]] bool has_admin() const noexcept;

 private:
  list<user, most> users_;
};

/// What is wrong with a list of users; `line` is 0 if that is not one line.
struct users_problem {
  std::string_view what;  ///< static; empty: nothing
  std::uint32_t line = 0;
};

/// Reads lines of a name, a role and a hash, as `ada operator $2b$11$…`; empty lines and those that
/// begin with "#" are ignored. Any other line is a problem, and `into` is then left as it was.
[[nodiscard]] users_problem read_users(std::string_view text, user_list& into) noexcept;

}  // namespace musubi::access
