#include <musubi/access/role.hpp>
#include <musubi/access/visitor.hpp>
#include <musubi/schema/enum_names.hpp>

namespace musubi::access {

std::string_view to_text(role which) noexcept {
  return detail::name_of_value(which);
}

bool read_role(std::string_view name, role& into) noexcept {
  role read{};
  if (!detail::value_of_name(name, read) || read == role::none) return false;
  into = read;
  return true;
}

role role_of(const context& ctx) noexcept {
  const auto* const who = ctx.visitor<guest>();
  return who == nullptr ? role::none : who->acts_as();
}

std::string_view unmet(role needed, const context& ctx) noexcept {
  if (includes(role_of(ctx), needed)) return {};
  switch (needed) {
    case role::none:
      break;
    case role::viewer:
      return "the role viewer";
    case role::operator_:
      return "the role operator";
    case role::admin:
      return "the role admin";
  }
  return {};
}

}  // namespace musubi::access
