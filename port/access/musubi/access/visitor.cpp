#include <musubi/access/visitor.hpp>
#include <musubi/async/runtime.hpp>

namespace musubi::access {

status guest::enter(door& by, const connect_info& info) noexcept {
  if (!by.has_users()) return admit(by, by.options().everybody);
  const auto secret = info.cookie(cookie_name(info));
  if (secret) session_ = by.session_of(*secret, runtime::current()->now());
  if (session_.number == 0) return refuse("sign in first");
  door_ = &by;
  return {};
}

user_name name_of(const context& ctx) noexcept {
  const auto* const who = ctx.visitor<guest>();
  return who == nullptr ? user_name() : who->name();
}

status guest::admit(door& by, role as) noexcept {
  door_ = &by;
  fixed_ = as;
  return {};
}

}  // namespace musubi::access
