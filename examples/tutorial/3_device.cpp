// What a program needs before others may reach it: access control, a memory budget, and metrics.
#include <cstdint>
#include <cstdio>
#include <cstdlib>
#include <string_view>

#include <musubi/asio/host.hpp>
#include <musubi/host/attempt_limiter.hpp>
#include <musubi/net/same_secret.hpp>

struct {
  musubi::watch<std::int32_t> target{20};
  std::string_view secret;  // needed to change anything
} home;

// Makes peers that guess the secret wait, longer each time.
constinit musubi::attempt_limiter<64> attempts;

struct thermostat;
struct installer;

struct home_socket {
  using roots = musubi::roots<thermostat, installer>;

  musubi::status handle_connect(const musubi::connect_info& info, musubi::connection&) {
    const auto token = info.auth_token();
    if (token && !musubi::net::same_secret(*token, home.secret)) {
      return musubi::refuse("unauthorized");
    }
    trusted = token.has_value();
    return {};
  }
  musubi::status handle_join(const musubi::join_info& info, musubi::connection&) {
    if (info.module == "Home.Installer" && !trusted) return musubi::refuse("unauthorized");
    return {};
  }

  bool trusted = false;
};

struct thermostat {
  static constexpr std::string_view module = "Home.Thermostat";

  struct Params {};
  struct State {
    std::int32_t target;
    bool may_change;
  };
  struct SetTarget {
    std::int32_t celsius;
  };
  using commands = musubi::commands<SetTarget>;

  musubi::status mount(const Params&, musubi::context& ctx) { return ctx.follow(home.target); }
  musubi::status handle(const SetTarget& command, musubi::context& ctx) {
    if (!ctx.socket<home_socket>().trusted) return musubi::refuse("you may only look");
    if (command.celsius < 5 || command.celsius > 30) {
      return musubi::refuse("the target is from 5 to 30", "celsius");
    }
    home.target.set(command.celsius);
    return {};
  }
  State render(const musubi::context& ctx) const {
    return {home.target.get(), ctx.socket<home_socket>().trusted};
  }
};

struct installer {
  static constexpr std::string_view module = "Home.Installer";

  struct State {
    std::int32_t lowest;
    std::int32_t highest;
  };
  State render() const { return {5, 30}; }
};

constexpr musubi::limits small() {
  musubi::limits chosen;
  chosen.connections = 16;
  chosen.requests = 4;
  chosen.pages = 32;
  chosen.subscriptions = 32;
  chosen.message_bytes = 4096;
  chosen.large_messages = 0;
  chosen.decode_bytes = 8192;
  chosen.backlog_blocks = 32;
  chosen.backlog_bytes = 32768;
  chosen.mail = {{{256, 32}, {1024, 8}, {8192, 2}}};
  chosen.frames = {{{256, 16}, {512, 16}, {1024, 16}, {4096, 4}}};
  chosen.posts = {};
  return chosen;
}
static_assert(small().violation().empty());
static_assert(musubi::basic_host<home_socket>::bytes(small()) < 384 * 1024);

int main(int argc, char** argv) {
  const musubi::asio::options defaults{
      .limits = small(),
      .serve = {.metrics_path = "/metrics", .attempts = &attempts},
  };
  const auto options = musubi::asio::from_command_line(
      argc, argv, "The tutorial's guarded device; $HOME_TOKEN is its secret.", defaults);

  const char* secret = std::getenv("HOME_TOKEN");
  if (secret == nullptr || *secret == '\0') {
    std::fprintf(stderr, "set HOME_TOKEN to a secret\n");
    return 1;
  }
  home.secret = secret;
  musubi::asio::host<home_socket> host{options};
  return host.run();
}
