#include <musubi/memory/slice.hpp>
#include <musubi/net/http/internal/conditions.hpp>

namespace musubi::net::http {
namespace {

bool is_tag(std::string_view member, std::string_view etag) noexcept {
  return !etag.empty() && member.size() == etag.size() + 2 && member.front() == '"' &&
         member.back() == '"' && slice(member, 1, etag.size()) == etag;
}

/// True when the list field `name` has "*" or the tag; a weak one only if `weakly` (8.8.3.2).
bool lists_tag(const head& request, const char* name, std::string_view etag, bool weakly) noexcept {
  member_cursor members{request, name};
  std::string_view member;
  while (members.next(member)) {
    if (member == "*") return true;
    if (weakly && slice(member, 0, 2) == "W/") member.remove_prefix(2);
    if (is_tag(member, etag)) return true;
  }
  return false;
}

}  // namespace

condition check_conditions(const head& request, std::string_view etag) noexcept {
  if (present(find_field(request, "if-match")) && !lists_tag(request, "if-match", etag, false)) {
    return condition::failed;
  }
  return lists_tag(request, "if-none-match", etag, true) ? condition::unneeded : condition::none;
}

bool range_applies(const head& request, std::string_view etag) noexcept {
  const std::string_view version = find_field(request, "if-range");
  return !present(version) || is_tag(version, etag);
}

}  // namespace musubi::net::http
