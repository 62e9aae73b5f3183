#pragma once
/// The requests of a login page. A host has no POST: a password comes in the header Authorization
/// of a GET, which is in no log and in no address, and which another site's page cannot send.

#include <cstdint>
#include <string_view>

#include <musubi/access/door.hpp>
#include <musubi/host/get.hpp>
#include <musubi/memory/status.hpp>
#include <musubi/memory/text.hpp>

namespace musubi::access {

/// The name of the session's cookie. It has the port that the browser asked, because browsers do
/// not tell the cookies of two ports of one machine apart.
[[nodiscard]] text<24> cookie_name(const connect_info& info) noexcept;

/// GET /login: the page.
struct login_page {
  static constexpr std::string_view path = "/login";
  status open(const get_request& request, get_answer& answer) noexcept;
};
struct login_style {
  static constexpr std::string_view path = "/login.css";
  status open(const get_request& request, get_answer& answer) noexcept;
};
struct login_script {
  static constexpr std::string_view path = "/login.js";
  status open(const get_request& request, get_answer& answer) noexcept;
};

/// GET /session, without its type: who the visitor is; with a header, to sign in and out.
///
/// | Header | Answer |
/// | --- | --- |
/// | none | 200 `{"name":"ada","role":"operator","sign_in":true}` |
/// | `Authorization: Basic …` | 202 `{"ticket":"…"}`: the password is being checked |
/// | `X-Login-Ticket: …` | 202 again; 200 with the cookie; 403 |
/// | `X-Sign-Out: 1` | 200, and the cookie is removed |
///
/// 429 and 503 have Retry-After, and `{"reason":…,"wait":seconds}`.
class session_answer {
 public:
  status answer_with(door& by, const get_request& request, get_answer& answer) noexcept;

 private:
  void tell(const sign_in_answer& outcome, get_answer& answer) noexcept;
  void refuse_with(get_answer& answer, std::uint16_t code, std::string_view reason,
                   std::uint32_t wait = 0) noexcept;
  void set_cookie(const door& by, const get_request& request, std::string_view secret) noexcept;
  void tell_visitor(const door& by, std::string_view name, role as) noexcept;

  text<160> body_;
  text<200> cookie_;
};

template <auto& Door>
struct session_get : session_answer {
  static constexpr std::string_view path = "/session";
  status open(const get_request& request, get_answer& answer) noexcept {
    return answer_with(Door, request, answer);
  }
};

}  // namespace musubi::access
