#pragma once
/// The base of a socket whose visitors have roles.

#include <string_view>

#include <musubi/access/door.hpp>
#include <musubi/access/internal/login_gets.hpp>
#include <musubi/access/role.hpp>
#include <musubi/host/connect_info.hpp>
#include <musubi/host/get.hpp>
#include <musubi/memory/status.hpp>

namespace musubi {
class connection;
}

namespace musubi::access {

/// A visitor, as stores see one: `ctx.visitor<musubi::access::guest>()`. Its role is the one that
/// it has now, so a page that is still open can do no more than its user.
class guest {
 public:
  [[nodiscard]] role acts_as() const noexcept {
    return door_ == nullptr       ? role::none
           : session_.number == 0 ? door_->limited(fixed_)
                                  : door_->role_in(session_);
  }
  /// Who signed in; empty if the visitor did not have to, or has signed out.
  [[nodiscard]] user_name name() const noexcept {
    return door_ == nullptr ? user_name() : door_->name_in(session_);
  }
  /// Whether the session is over, so that the socket must be closed. A session with an open page is
  /// not idle. For `door::guard`.
  [[nodiscard]] bool has_ended(time_point now) const noexcept {
    return session_.number != 0 && !door_->is_open(session_, now);
  }

 protected:
  /// Lets in who has signed in, or everybody where nobody has to; refuses others: "sign in first".
  [[nodiscard]] status enter(door& by, const connect_info& info) noexcept;
  /// Lets in somebody who has shown a token, say, and not a cookie.
  [[nodiscard]] status admit(door& by, role as) noexcept;

 private:
  door* door_ = nullptr;
  session_ref session_;
  role fixed_ = role::none;
};

/// The base of a socket with a door. A socket that also knows tokens has a `handle_connect` of its
/// own, which calls `admit` or this one.
template <auto& Door>
class visitor_of : public guest {
 public:
  using visitor = guest;  // as stores ask for it
  /// The gets of a login page, and those of the socket: `using gets = login_gets<health>;`.
  template <class... More>
  using login_gets =
      musubi::gets<login_page, login_style, login_script, session_get<Door>, More...>;

  [[nodiscard]] status handle_connect(const connect_info& info, connection&) noexcept {
    return this->enter(Door, info);
  }
};

/// Who has signed in to the page of this store; empty if nobody had to.
[[nodiscard]] user_name name_of(const context& ctx) noexcept;

}  // namespace musubi::access
