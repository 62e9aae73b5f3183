#include "settings/options.hpp"

#include "sensors/scan.hpp"

#include <musubi/net/authority.hpp>
#include <musubi/net/ip_address.hpp>
#include <musubi/net/origin.hpp>

namespace gateway {
namespace {

constexpr std::string_view unix_prefix = "unix:";

complaint complain(std::string_view option, std::string_view what) noexcept {
  complaint made;
  (void)(made.append(option) && made.append(" ") && made.append(what));
  return made;
}

template <std::size_t N>
bool take_text(std::string_view value, musubi::text<N>& into) noexcept {
  return !value.empty() && into.assign(value);
}

bool take_between(std::string_view value, std::uint16_t least, std::uint16_t most,
                  std::uint16_t& into) noexcept {
  const auto number = to_number<std::uint16_t>(value);
  if (!number || *number < least || *number > most) return false;
  into = *number;
  return true;
}

bool is_origin(std::string_view value) noexcept {
  return musubi::net::http::match_origin(value, {}) != musubi::net::http::origin_match::no_origin;
}

bool is_host(std::string_view value) noexcept {
  musubi::net::http::authority named;
  return musubi::net::http::read_authority(value, named) && !value.empty() &&
         named.host.size() == value.size();
}

bool take_another(std::string_view value, name_list& into) noexcept {
  name_list::value_type name;
  return take_text(value, name) && into.push_back(name);
}

/// What is wrong with `value`; nothing when it was taken, or when there is no such option.
std::optional<std::string_view> take(std::string_view name, std::string_view value, options& into,
                                     bool& known) noexcept {
  if (name == "--bind") {
    if (!take_text(value, into.bind) || value == unix_prefix) {
      return "needs an address, as in 0.0.0.0, or unix:PATH";
    }
    if (into.bind.view() == "localhost") into.bind = "127.0.0.1";
  } else if (name == "--port") {
    if (!take_between(value, 0, 65535, into.port)) return "needs a number from 0 to 65535";
  } else if (name == "--root") {
    if (!take_text(value, into.root)) return "needs a folder, as in /host";
  } else if (name == "--state") {
    if (!take_text(value, into.state.emplace())) return "needs the path of a file";
  } else if (name == "--token") {
    if (!take_text(value, into.token)) return "needs a secret of at most 128 characters";
  } else if (name == "--origin") {
    if (!is_origin(value)) return "needs scheme, name and port, as in https://gw.example:8443";
    if (!take_another(value, into.origins)) return "can be given 8 times, each of 128 characters";
  } else if (name == "--host") {
    if (!is_host(value)) return "needs a name without port, as in gw.example";
    if (!take_another(value, into.hosts)) return "can be given 8 times, each of 128 characters";
  } else if (name == "--cores") {
    if (!take_between(value, 1, 16, into.cores)) return "needs a number from 1 to 16";
  } else {
    known = false;
  }
  return std::nullopt;
}

}  // namespace

const std::string_view usage =
    "The live state of this machine, for any number of browsers.\n"
    "\n"
    "  --bind ADDRESS   listen here, or on unix:PATH         (127.0.0.1: this machine alone)\n"
    "  --port NUMBER    listen on this port                  (4000)\n"
    "  --state FILE     keep the settings in this file       (below ~/.local/state)\n"
    "  --token SECRET   let in only who knows the secret     ($GATEWAY_TOKEN, or made up where\n"
    "                                                         others than this machine can "
    "connect)\n"
    "  --no-token       let everybody in, whatever the address\n"
    "  --host NAME      be served under this name, without port; may be repeated\n"
    "                                                        (this machine's own names)\n"
    "  --origin ORIGIN  let pages of this origin connect, as in https://gw.example:8443, where a\n"
    "                   proxy passes on another Host; may be repeated\n"
    "  --cores NUMBER   serve from so many threads           (1)\n"
    "  --root FOLDER    read the machine's files below this  (/; in a container, say, /host)\n"
    "  --help           show this\n";

bool options::is_local() const noexcept {
  return musubi::net::is_loopback_address(bind);
}

std::string_view options::unix_path() const noexcept {
  const std::string_view path = bind;
  return path.starts_with(unix_prefix) ? path.substr(unix_prefix.size()) : std::string_view();
}

bool options::is_private() const noexcept {
  return is_local() && origins.empty() && hosts.empty();
}

std::optional<complaint> parse_options(std::span<const char* const> arguments,
                                       options& into) noexcept {
  for (std::size_t i = 0; i < arguments.size(); ++i) {
    std::string_view name = arguments[i];
    if (name == "--help" || name == "-h") {
      into.help = true;
      continue;
    }
    if (name == "--no-token") {
      into.open = true;
      continue;
    }
    // Both "--port 80" and "--port=80".
    std::string_view value;
    bool own = false;
    if (const std::size_t equals = name.find('='); equals != std::string_view::npos) {
      value = name.substr(equals + 1);
      name = name.substr(0, equals);
    } else if (i + 1 < arguments.size()) {
      value = arguments[i + 1];
      own = true;
    }
    bool known = true;
    if (const auto wrong = take(name, value, into, known)) return complain(name, *wrong);
    if (!known) return complain(shown<64>(name), "is no option; --help lists them");
    if (own) ++i;
  }
  if (into.open && !into.token.empty()) {
    return complain("--no-token", "and --token exclude each other");
  }
  return std::nullopt;
}

}  // namespace gateway
