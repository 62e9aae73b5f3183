#include <musubi/memory/slice.hpp>
#include <musubi/mqtt/broker_url.hpp>

namespace musubi::mqtt {

program::complaint read_broker_url(std::string_view url, options& into) noexcept {
  constexpr std::string_view plain = "mqtt://";
  constexpr std::string_view secure = "mqtts://";
  const bool is_secure = url.starts_with(secure);
  if (!is_secure && !url.starts_with(plain)) return "not mqtt://HOST[:PORT] or mqtts://HOST[:PORT]";
  std::string_view rest = slice(url, is_secure ? secure.size() : plain.size());
  if (rest.ends_with('/')) rest.remove_suffix(1);
  if (rest.find('@') != std::string_view::npos) {
    return "must not have a user and a password: others can read a command line";
  }
  std::string_view host = rest;
  std::string_view port;
  const std::size_t bracket = rest.find(']');
  const std::size_t colon = rest.find(':', bracket == std::string_view::npos ? 0 : bracket);
  if (colon != std::string_view::npos) {
    host = slice(rest, 0, colon);
    port = slice(rest, colon + 1);
  }
  if (host.starts_with('[') && host.ends_with(']')) host = slice(host, 1, host.size() - 2);
  into.port = is_secure ? 8883 : 1883;
  if (colon != std::string_view::npos &&
      (!program::detail::read_number(port, into.port) || into.port == 0)) {
    return "has a port that is not a number from 1 to 65535";
  }
  if (host.empty() || host.find_first_of("/?#[]: ") != std::string_view::npos) {
    if (host.find(':') == std::string_view::npos || rest.front() != '[') {
      return "not mqtt://HOST[:PORT] or mqtts://HOST[:PORT]";
    }
  }
  into.host = host;
  into.tls = is_secure;
  return {};
}

}  // namespace musubi::mqtt
