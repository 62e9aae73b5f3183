#include "socket.hpp"

#include <stdexcept>

namespace conformance {
namespace {

bool keep(std::optional<std::string_view> given, std::optional<short_text>& into) noexcept {
  into = given ? short_text::from(*given) : std::nullopt;
  return !given || into;
}

}  // namespace

musubi::status conformance_socket::handle_connect(const musubi::connect_info& info,
                                                  musubi::connection&) noexcept {
  if (info.param("deny")) return musubi::refuse("denied");
  if (!current_user.assign(info.param("current_user").value_or(""))) {
    return musubi::refuse("current_user is too long");
  }
  if (!keep(info.auth_token(), auth_token) || !keep(info.cookie("theme"), theme)) {
    return musubi::refuse("too long");
  }
  return {};
}

musubi::status conformance_socket::handle_join(const musubi::join_info& info, musubi::connection&) {
  const auto params = info.params();
  const auto wish = params.ok() ? params->member("join").string() : std::nullopt;
  if (wish == "refuse") return musubi::refuse("unauthorized");
  if (wish == "throw") throw std::runtime_error("as asked");
  (void)joined_topic.assign(info.topic);
  return {};
}

}  // namespace conformance
