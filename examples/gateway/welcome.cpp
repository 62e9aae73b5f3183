#include "welcome.hpp"

#include "gets/address_code.hpp"
#include "stores/socket.hpp"

#include <cstdio>
#include <string>

#include <musubi/hosted/listening_urls.hpp>
#include <musubi/qr/svg.hpp>
#include <musubi/qr/terminal.hpp>

namespace gateway {
namespace {

void print(std::string_view text) {
  std::fwrite(text.data(), 1, text.size(), stdout);
}

/// The token follows the '#', so that it stays in the browser and appears in no log.
std::string link_with(std::string_view url, std::string_view token) {
  std::string link(url);
  link += "#token=";
  for (const char c : token) {
    const bool plain = (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') ||
                       c == '-' || c == '_' || c == '.';
    char escaped[4];
    std::snprintf(escaped, sizeof escaped, "%%%02X", static_cast<unsigned char>(c));
    link += plain ? std::string(1, c) : std::string(escaped);
  }
  return link;
}

/// What a phone opens; empty if it cannot.
std::string link_for_phones(const musubi::hosted::listening_place& host, std::string_view made) {
  const auto url = musubi::hosted::url_to_open(host);
  if (url.empty() || made.empty()) return std::string(url.view());
  return link_with(url, made);
}

}  // namespace

void tell_token(const options& chosen, std::uint16_t port, std::string_view made) {
  print("The token of this run is ");
  print(made);
  if (chosen.unix_path().empty()) {
    print("; links that contain it:\n");
    using musubi::net::url_scheme;
    const musubi::hosted::listening_urls urls(
        chosen.bind, port, chosen.speaks_tls() ? url_scheme::https : url_scheme::http);
    for (const std::string_view url : urls.view()) print("  " + link_with(url, made) + "\n");
  } else {
    print("\n");
  }
  std::fflush(stdout);
}

void show_code(const options& chosen, const musubi::hosted::listening_place& host,
               std::string_view made) {
  const std::string link = link_for_phones(host, made);
  std::string_view problem;
  if (link.empty()) {
    if (chosen.qr) problem = "no other machine can connect";
  } else {
    using musubi::qr::showing;
    problem = musubi::qr::show(link, chosen.qr ? showing::always : showing::on_terminal);
  }
  if (problem.empty()) return;
  std::fprintf(stderr, "gateway: --qr: %s\n", std::string(problem).c_str());
}

void offer_code(const musubi::hosted::listening_place& host, std::string_view made) {
  const std::string link = link_for_phones(host, made);
  if (const auto code = musubi::qr::code::of(link)) {
    address_code::image = musubi::qr::svg(*code, link);
  }
}

void tell_of_start(const options& chosen, const settings_file& file, musubi::log& log) {
  using musubi::log_level;
  if (!chosen.is_private() && gateway_socket::token.empty() && !door.has_users()) {
    log.write(log_level::warning,
              {"--no-token: anyone who can reach this address can see and control it"});
  }
  const std::string_view path = file.path();
  if (path.empty()) {
    log.write(log_level::warning, {"settings will not be saved: set --state or $HOME"});
  } else {
    log.write(log_level::info, {"settings are stored in ", path});
  }
}

}  // namespace gateway
