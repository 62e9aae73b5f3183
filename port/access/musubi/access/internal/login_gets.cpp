#include <array>
#include <optional>
#include <span>

#include <musubi/access/internal/login_files.hpp>
#include <musubi/access/internal/login_gets.hpp>
#include <musubi/async/runtime.hpp>
#include <musubi/memory/decimal.hpp>
#include <musubi/memory/slice.hpp>
#include <musubi/net/internal/base64.hpp>

namespace musubi::access {

namespace {

using kind = sign_in_answer::kind;

status serve(std::string_view file, get_answer& answer) noexcept {
  const net::http::asset* const found = musubi_login_files.find(file);
  if (found == nullptr) return fail("the login page is not linked");
  answer.content_type = found->content_type;
  (void)answer.etag.assign(found->etag);
  answer.content_security_policy =
      "default-src 'none'; script-src 'self'; style-src 'self'; connect-src 'self'; "
      "base-uri 'none'; form-action 'none'; frame-ancestors 'none'";
  answer.whole(std::as_bytes(found->plain));
  return {};
}

/// What Authorization says: a name and a password.
struct credentials {
  std::array<char, user_name::capacity + 1 + longest_password> bytes;
  std::string_view name;
  std::string_view password;
  credentials() noexcept {}
  ~credentials() { wipe(bytes.data(), bytes.size()); }
  credentials(const credentials&) = delete;
  credentials& operator=(const credentials&) = delete;

  [[nodiscard]] bool read(std::string_view header) noexcept {
    constexpr std::string_view scheme = "Basic ";
    if (!header.starts_with(scheme)) return false;
    const auto size = net::decode_base64(slice(header, scheme.size()), bytes);
    if (!size) return false;
    const std::string_view both(bytes.data(), *size);
    const std::size_t colon = both.find(':');
    if (colon == std::string_view::npos) return false;
    name = slice(both, 0, colon);
    password = slice(both, colon + 1);
    return true;
  }
};

/// A browser says where a request is from. What is not of this page must not sign anybody in or
/// out.
bool is_foreign(const get_request& request) noexcept {
  const auto site = request.header("Sec-Fetch-Site");
  return site && *site != "same-origin" && *site != "none";
}

}  // namespace

text<24> cookie_name(const connect_info& info) noexcept {
  text<24> name = "musubi_session";
  const std::string_view host = info.host();
  const std::size_t colon = host.rfind(':');
  if (colon == std::string_view::npos || host.ends_with(']')) return name;
  const std::string_view port = slice(host, colon + 1);
  if (port.empty() || port.find_first_not_of("0123456789") != std::string_view::npos) return name;
  return text<24>::clipped(name.view(), std::string_view("_"), port);
}

status login_page::open(const get_request&, get_answer& answer) noexcept {
  return serve("/login.html", answer);
}
status login_style::open(const get_request&, get_answer& answer) noexcept {
  return serve("/login.css", answer);
}
status login_script::open(const get_request&, get_answer& answer) noexcept {
  return serve("/login.js", answer);
}

status session_answer::answer_with(door& by, const get_request& request,
                                   get_answer& answer) noexcept {
  answer.content_type = "application/json";
  answer.cache_control = "no-store";
  const time_point now = runtime::current()->now();
  const auto authorization = request.header("Authorization");
  const auto ticket = request.header("X-Login-Ticket");
  const auto leaving = request.header("X-Sign-Out");
  const auto secret = request.cookie(cookie_name(request));
  if ((authorization || ticket || leaving) && is_foreign(request)) {
    refuse_with(answer, 403, "this request is of another site");
  } else if (!by.has_users()) {
    tell_visitor(by, {}, by.limited(by.options().everybody));
  } else if (authorization) {
    credentials given;
    if (given.read(*authorization)) {
      tell(by.sign_in(request.client(), given.name, given.password, now), answer);
    } else {
      refuse_with(answer, 403, "wrong name or password");  // nobody has one that does not fit
    }
  } else if (ticket) {
    const sign_in_answer outcome = by.fetch(request.client(), *ticket, now);
    tell(outcome, answer);
    if (outcome.what == kind::right) {
      if (secret) by.sign_out(*secret, now);  // the one that this replaces
      set_cookie(by, request, outcome.secret);
      tell_visitor(by, outcome.name, outcome.role);
    }
  } else if (leaving) {
    if (secret) by.sign_out(*secret, now);
    set_cookie(by, request, {});
    tell_visitor(by, {}, role::none);
  } else {
    const session_ref session = secret ? by.session_of(*secret, now) : session_ref{};
    tell_visitor(by, by.name_in(session), by.role_in(session));
  }
  answer.whole(body_.view());
  answer.set_cookie = cookie_.view();
  return {};
}

void session_answer::tell(const sign_in_answer& outcome, get_answer& answer) noexcept {
  switch (outcome.what) {
    case kind::checking:
      answer.status = 202;
      body_ = text<160>::clipped(std::string_view(R"({"ticket":")"), outcome.ticket.view(),
                                 std::string_view(R"("})"));
      break;
    case kind::right:
      break;
    case kind::wrong:
      return refuse_with(answer, 403, "wrong name or password");
    case kind::wait:
      return refuse_with(answer, 429, "too many wrong attempts from this address", outcome.seconds);
    case kind::busy:
      return refuse_with(answer, 503, "other passwords are being checked", outcome.seconds);
    case kind::full:
      return refuse_with(answer, 503, "exhausted: sessions", 60);
    case kind::unknown:
      return refuse_with(answer, 403, "this attempt is over; sign in again");
  }
}

void session_answer::refuse_with(get_answer& answer, std::uint16_t code, std::string_view reason,
                                 std::uint32_t wait) noexcept {
  answer.status = code;
  answer.retry_after = wait;
  body_ = text<160>::clipped(std::string_view(R"({"reason":")"), reason,
                             std::string_view(R"(","wait":)"), wait, std::string_view("}"));
}

void session_answer::set_cookie(const door& by, const get_request& request,
                                std::string_view secret) noexcept {
  const auto proto = request.header("X-Forwarded-Proto");
  const bool secure = by.options().secure || (proto && *proto == "https");
  const auto seconds =
      std::chrono::duration_cast<std::chrono::seconds>(by.options().longest).count();
  cookie_ = text<200>::clipped(cookie_name(request), std::string_view("="), secret,
                               std::string_view("; Path=/; HttpOnly; SameSite=Strict; Max-Age="),
                               secret.empty() ? std::int64_t{0} : std::int64_t{seconds},
                               secure ? std::string_view("; Secure") : std::string_view());
}

void session_answer::tell_visitor(const door& by, std::string_view name, role as) noexcept {
  // a user's name has no character that JSON would escape
  body_ = text<160>::clipped(
      std::string_view(R"({"name":)"),
      name.empty() ? std::string_view("null") : std::string_view("\""), name,
      name.empty() ? std::string_view() : std::string_view("\""), std::string_view(R"(,"role":")"),
      to_text(as), std::string_view(R"(","sign_in":)"),
      by.has_users() ? std::string_view("true}") : std::string_view("false}"));
}

}  // namespace musubi::access
