#include <algorithm>

#include <musubi/access/users.hpp>
#include <musubi/memory/slice.hpp>

namespace musubi::access {

bool is_user_name(std::string_view name) noexcept {
  if (name.empty() || name.size() > user_name::capacity) return false;
  return std::all_of(name.begin(), name.end(), [](char c) {
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') ||
           std::string_view("._@-").find(c) != std::string_view::npos;
  });
}

const user* user_list::find(std::string_view name) const noexcept {
  for (const user& each : users_) {
    if (each.name == name) return &each;
  }
  return nullptr;
}

bool user_list::put(const user& wanted) noexcept {
  for (user& each : users_) {
    if (!(each.name == wanted.name)) continue;
    each = wanted;
    return true;
  }
  return users_.push_back(wanted);
}

bool user_list::remove(std::string_view name) noexcept {
  list<user, most> left;
  for (const user& each : users_) {
    if (!(each.name == name)) (void)left.push_back(each);
  }
  const bool found = left.size() != users_.size();
  users_ = left;
  return found;
}

bool user_list::has_admin() const noexcept {
  return std::any_of(users_.begin(), users_.end(),
                     [](const user& each) { return each.role == role::admin; });
}

namespace {

std::string_view take_word(std::string_view& line) noexcept {
  const std::size_t begin = line.find_first_not_of(" \t");
  if (begin == std::string_view::npos) return {};
  const std::string_view rest = slice(line, begin);
  const std::string_view word = slice(rest, 0, rest.find_first_of(" \t"));
  line = slice(rest, word.size());
  return word;
}

}  // namespace

users_problem read_users(std::string_view text, user_list& into) noexcept {
  user_list read;
  std::uint32_t number = 0;
  while (!text.empty()) {
    ++number;
    std::string_view line = slice(text, 0, text.find('\n'));
    text = slice(text, line.size() + 1);
    if (line.ends_with('\r')) line.remove_suffix(1);
    const std::string_view name = take_word(line);
    if (name.empty() || name.starts_with('#')) continue;
    user fresh;
    if (!is_user_name(name) || !fresh.name.assign(name)) {
      return {"a name has 1 to 32 letters, digits, or characters of ._@-", number};
    }
    if (!read_role(take_word(line), fresh.role)) {
      return {"the role is not one of viewer, operator, admin", number};
    }
    const std::string_view hash = take_word(line);
    if (!is_hash(hash) || !fresh.hash.assign(hash)) return {"not a bcrypt hash ($2b$)", number};
    if (!take_word(line).empty()) return {"more than a name, a role and a hash", number};
    if (read.find(name) != nullptr) return {"this name is there twice", number};
    if (!read.put(fresh)) return {"more than 64 users", number};
  }
  into = read;
  return {};
}

}  // namespace musubi::access
