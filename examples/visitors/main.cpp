// Identifies visitors by a signed cookie, and adds slow commands to the log.

#include "inspector.hpp"

#include <chrono>
#include <cstdint>
#include <cstdio>
#include <optional>
#include <random>
#include <string_view>

#include <musubi/asio/host.hpp>
#include <musubi/host/signed_cookie.hpp>
#include <musubi/hosted/log.hpp>

// The content of the cookie.
struct visitor {
  musubi::text<32> name;
};

musubi::net::hmac_key fresh_key() {
  std::random_device
      entropy;  // a real device stores its key; otherwise all sessions end at a restart
  musubi::net::hmac_key key;
  for (std::uint8_t& byte : key) byte = static_cast<std::uint8_t>(entropy());
  return key;
}
const musubi::signed_cookie login("session", fresh_key());

musubi::signed_cookie::seconds today() {
  return std::chrono::floor<std::chrono::seconds>(std::chrono::system_clock::now());
}

struct greeting {
  static constexpr std::string_view module = "Example.Greeting";
  struct State {
    std::optional<musubi::text<32>> name;
    std::int32_t sum;
  };
  struct Count {  // slow for large numbers
    std::int32_t to;
  };
  struct Break {};
  using commands = musubi::commands<Count, Break>;

  musubi::status handle(const Count& command, musubi::context&) {
    for (std::int32_t i = 0; i < command.to; ++i) sum = (sum + i) % 1'000'003;
    return {};
  }
  musubi::status handle(const Break&, musubi::context&) { return musubi::fail("out of paper"); }
  State render(const musubi::context& ctx) const;

  std::int32_t sum = 0;
};

struct visitor_socket {
  using roots = musubi::roots<greeting>;

  musubi::status load_session(const musubi::connect_info& info) {
    session = login.read<visitor>(info, today());
    return {};
  }
  std::optional<visitor> session;  // empty: a new visitor, which is not an error
};

greeting::State greeting::render(const musubi::context& ctx) const {
  const auto& session = ctx.socket<visitor_socket>().session;
  if (!session) return {std::nullopt, sum};
  return {session->name, sum};
}

class slow_commands final : public musubi::log {
 public:
  using musubi::log::log;
  [[nodiscard]] bool follows_pages() const noexcept override { return true; }
  void on_command_stop(const musubi::command_stop& done) noexcept override {
    using milliseconds = std::chrono::duration<double, std::milli>;
    const double took = milliseconds(done.took).count();
    if (took <= 10) return;
    char text[32];
    std::snprintf(text, sizeof text, "%.1f ms: ", took);
    write(musubi::log_level::warning, {text, done.at.module, " ", done.at.id, " ", done.command});
  }
};

int main(int argc, char** argv) {
  auto options =
      musubi::asio::from_command_line(argc, argv, "Visitors, identified by a signed cookie.");

  char cookie[256];
  const std::size_t size = login.encode(visitor{"ada"}, today() + std::chrono::hours(24), cookie);
  std::printf("a cookie for ada, valid for a day:\nCookie: session=%.*s\n", static_cast<int>(size),
              cookie);
  std::fflush(stdout);

  slow_commands log(options.log_level);
  options.serve.listener = &log;
  musubi::asio::host<visitor_socket> host{options};
  host.assets(inspector);  // a page made of the store
  return host.run();
}
