#include "sampling/news.hpp"
#include "sampling/sampler.hpp"
#include "settings/keeper.hpp"
#include "settings/options.hpp"
#include "stores/socket.hpp"
#include "web_ui.hpp"
#include "welcome.hpp"

#include <chrono>
#include <csignal>
#include <cstdio>
#include <cstdlib>
#include <memory>
#include <optional>
#include <string>
#include <thread>
#include <vector>

#if defined(GATEWAY_HAS_MQTT)
#include "broker.hpp"
#endif

#include <musubi/access/change_users.hpp>
#include <musubi/asio/host.hpp>
#include <musubi/host/attempt_limiter.hpp>
#include <musubi/hosted/command_line.hpp>
#include <musubi/hosted/service_manager.hpp>
#include <musubi/mdns/announcement.hpp>

namespace {

/// Enough for the browsers of one gateway, with a margin. Each browser mounts one or two roots.
musubi::limits limits() {
  musubi::limits chosen;
  chosen.connections = 256;
  chosen.pages = 1024;
  chosen.subscriptions_per_page = 6;  // the dashboard's
  chosen.subscriptions = chosen.pages * chosen.subscriptions_per_page;
  // A page's history takes some 250 blocks when it is mounted; allow twice that.
  chosen.outgoing_per_page = 512;
  chosen.outgoing_blocks = 32768;
  return chosen;
}

/// Makes peers that guess the token wait, longer each time.
constinit musubi::attempt_limiter<256> attempts;

/// Clients on other machines need a token, unless the user has turned that off. Sets `made` when
/// the token was generated here.
bool choose_token(const gateway::options& chosen, bool& made) {
  gateway::access_token& token = gateway::gateway_socket::token;
  token = chosen.token;
  // The command line would show it to every user of the machine.
  const char* kept = std::getenv("GATEWAY_TOKEN");
  if (token.empty() && !chosen.open && kept != nullptr && !token.assign(kept)) return false;
  if (!token.empty() || chosen.open || chosen.is_private() || !chosen.users.empty()) return true;
  token = gateway::make_token();
  made = true;
  return !token.empty();
}

/// Makes or changes a user; returns the exit code.
int change_users(const gateway::options& chosen, const char* const* argv) {
  const bool removes = !chosen.remove_user.empty();
  return musubi::access::change_users(
      musubi::program::name_of(argv),
      {.file = std::string(chosen.users.view()),
       .name = std::string(removes ? chosen.remove_user.view() : chosen.set_user.view()),
       .role = chosen.role,
       .remove = removes,
       .keep_password = chosen.keep_password});
}

/// Lets people in. Returns false when it cannot, and says what to do.
bool open_door(const gateway::options& chosen) {
  const std::string file(chosen.users.view());
  const std::string problem = gateway::door.open(
      {.users = file, .read_only = chosen.read_only, .secure = chosen.speaks_tls()});
  if (problem.empty()) return true;
  std::fprintf(stderr, "gateway: %s\n", problem.c_str());
  if (problem.ends_with("no users yet")) {
    std::fprintf(stderr,
                 "gateway: make the first one, an admin: gateway --users %s --set-user NAME\n",
                 file.c_str());
  }
  return false;
}

/// Views of the names, which must outlive them.
std::vector<std::string_view> views(const gateway::name_list& names) {
  return {names.begin(), names.end()};
}

/// Reads the settings file and prints remarks for the user. Returns nothing when the gateway cannot
/// run with the file.
std::optional<gateway::settings> open_settings(gateway::settings_file& file) {
  const gateway::opened_settings opened = file.open();
  const auto say = [&](std::string_view remark) {
    std::fprintf(stderr, "gateway: %s: %s\n", std::string(file.path().view()).c_str(),
                 std::string(remark).c_str());
  };
  for (const gateway::remark& each : opened.remarks) say(each);
  if (!opened.refusal) return opened.values;
  say(*opened.refusal);
  return std::nullopt;
}

/// How others find it on the network; null if it is not announced.
std::unique_ptr<musubi::mdns::announcement> announced;
bool is_announced_by_its_name = false;  // and not by that of an option

/// Announces it, by the name that an option gives it, or by the one that it has in the browsers.
void announce(const gateway::options& chosen, const musubi::hosted::listening_place& host,
              std::string_view name, std::string_view build, musubi::log& log) {
  const bool is_asked = !chosen.announce.empty();
  if (chosen.no_announce || !(is_asked || host.is_reachable())) return;
  if (is_asked) name = chosen.announce;
  is_announced_by_its_name = !is_asked;
  announced = std::make_unique<musubi::mdns::announcement>(
      host, musubi::mdns::service{.name = name, .build = build, .on_loopback = is_asked}, log);
}

void tell(void* owner, const gateway::settings& changed) noexcept {
  gateway::news::settings_changed.set(changed);
  if (announced && is_announced_by_its_name) announced->rename(changed.name);
  static_cast<gateway::sampler*>(owner)->settings_changed();
}

/// Waits until every sensor has looked once, so that no page starts empty, but at most a second.
void wait_for_first_look(const gateway::sampler& sampler, musubi::runtime& host) {
  const auto now = [] {
    return musubi::time_point(std::chrono::duration_cast<musubi::duration>(
        std::chrono::steady_clock::now().time_since_epoch()));
  };
  const musubi::time_point end = now() + std::chrono::seconds(1);
  while (!sampler.has_looked() && now() < end) {
    (void)host.poll(now());
    std::this_thread::sleep_for(std::chrono::milliseconds(1));
  }
}

/// Publishes the readings, if a broker was named. False if that cannot be done.
template <class Host>
bool publish_readings(const gateway::options& chosen, Host& host) {
  if (chosen.broker.empty()) return true;
#if defined(GATEWAY_HAS_MQTT)
  const auto name = gateway::news::identity.host;
  // Never destroyed: it must outlive the host.
  static auto& link = *new gateway::broker_link(chosen, name ? name->view() : std::string_view());
  if (link.problem().empty()) {
    link.hub().log_to(host.log());
    return host.spawn(link.hub().run()).ok();
  }
  std::fprintf(stderr, "gateway: %s\n", std::string(link.problem()).c_str());
#else
  (void)host;
  std::fprintf(stderr, "gateway: --broker: it was built without libmosquitto\n");
#endif
  return false;
}

}  // namespace

int main(int argc, char** argv) {
  gateway::options chosen;
  musubi::program::read(argc, argv, "The live state of this machine, for any number of browsers.",
                        gateway::option_table(chosen));
  if (!chosen.contradiction().empty()) musubi::program::refuse(argv, chosen.contradiction());
  if (chosen.changes_users()) return change_users(chosen, argv);
  if (!open_door(chosen)) return 1;
  bool token_is_made = false;
  if (!choose_token(chosen, token_is_made)) {
    std::fprintf(stderr,
                 "gateway: there is no token: $GATEWAY_TOKEN is too long, or the system has no "
                 "randomness to make one\n");
    return 1;
  }

  const gateway::file_tree files(chosen.root);
  if (const auto problem = files.problem()) {
    musubi::program::refuse(
        argv, "--root " + std::string(chosen.root.view()) + ": " + std::string(*problem));
  }
  std::signal(
      SIGXFSZ,
      SIG_IGN);  // exceeding the file size limit fails the save instead of ending the program
  // Never destroyed: a thread may hang while it uses them.
  static auto& file =
      *new gateway::settings_file(chosen.state.value_or(gateway::settings_file::usual_path()));
  const auto saved = open_settings(file);
  if (!saved) return 1;

  const auto build = musubi::net::http::build_of(web_ui);
  const std::string settings_path(file.path().view());
  const std::vector<std::string_view> origins = views(chosen.origins);
  const std::vector<std::string_view> hosts = views(chosen.hosts);
  const std::vector<std::string_view> proxies = views(chosen.proxies);
  musubi::asio::host<gateway::gateway_socket> host{{
      .bind = std::string(chosen.bind.view()),
      .port = chosen.port,
      .unix_path = std::string(chosen.unix_path()),
      .cores = chosen.cores,
      .limits = limits(),
      // Nine can hang: three mounts, three chips, two other sensors, the settings. One checks
      // passwords.
      .offload = {.threads = 11, .slots = 32},
      .serve = {.metrics_path = chosen.is_private() ? "/metrics" : "",
                .allowed_origins = origins,
                .allowed_hosts = hosts,
                .proxies = std::span<const std::string_view>(proxies),
                .attempts = &attempts,
                .build = build.view()},
      .tls = {.on = chosen.speaks_tls(),
              .folder = settings_path.empty() ? "" : settings_path + ".tls",
              .certificate = std::string(chosen.certificate.view()),
              .key = std::string(chosen.key.view())},
      .log_level = chosen.log,
  }};
  if (!host.problem().empty()) return host.run();  // prints the problem
  host.assets(web_ui);

  gateway::news::identity = gateway::read_identity(files);
  static auto& sampler = *new gateway::sampler(files);
  gateway::keeper.start(file, *saved, &tell, &sampler);
  if (const musubi::status started = sampler.start(host); !started.ok()) {
    std::fprintf(stderr, "gateway: %s\n", std::string(started.reason()).c_str());
    return 1;
  }
  if (!publish_readings(chosen, host)) return 1;
  wait_for_first_look(sampler, host.core().loop());

  const gateway::access_token& token = gateway::gateway_socket::token;
  if (token_is_made) gateway::tell_token(chosen, host.port(), token);
  const std::string_view shown_token = token_is_made ? token.view() : std::string_view();
  gateway::show_code(chosen, host.place(), shown_token);
  gateway::offer_code(host.place(), shown_token);
  gateway::tell_of_start(chosen, file, host.log());
  if (!gateway::door.guard(host).ok()) {
    std::fprintf(stderr, "gateway: no room for the coroutines of the door\n");
    return 1;
  }
  if (!host.spawn(musubi::service_manager::keep_alive()).ok()) {
    host.log().write(musubi::log_level::warning, {"no room for the watchdog's coroutine"});
  }
  announce(chosen, host.place(), saved->name, build, host.log());
  musubi::service_manager::ready();
  const int code = host.run();
  musubi::service_manager::stopping();
  announced.reset();
  return code;
}
