/// `musubi`: the stores of a server, from the command line.

#include "http_get.hpp"
#include "schema_text.hpp"

#include <cstdio>
#include <cstdlib>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include <musubi/asio/remote_server.hpp>
#include <musubi/hosted/command_line.hpp>
#include <musubi/json/document.hpp>
#include <musubi/remote/internal/remote_url.hpp>

namespace {

/// Exit codes, as in the help.
namespace exits {
constexpr int done = 0;
constexpr int unreachable = 1;
constexpr int wrong_usage = 2;
constexpr int refused = 3;
constexpr int no_such_value = 4;
}  // namespace exits

constexpr std::string_view purpose =
    "Shows the state of a store that a Musubi server has, and calls its commands.\n"
    "\n"
    "  musubi watch URL ROOT                    each state as a line of JSON, until stopped\n"
    "  musubi get URL ROOT [POINTER]            the state once, or the value at a JSON pointer\n"
    "  musubi call URL ROOT NAME [PAYLOAD]      calls a command with JSON; prints the reply\n"
    "  musubi inspect URL [MODULE]              the stores, their fields and commands, if the "
    "server\n"
    "                                           has an inspector\n"
    "\n"
    "URL is that of the server's socket, ws://127.0.0.1:4000/socket or wss://…. ROOT is the "
    "store's module "
    "and\n"
    "an id: Example.Counter:main.\n"
    "\n"
    "Exits with 0; 1: the server cannot be reached, or does not answer; 2: a wrong command line;\n"
    "3: the server refuses the store or the command; 4: there is no value at that pointer, or no\n"
    "schema.";

struct request {
  std::string verb;
  std::string url;
  std::string root;
  std::string first;
  std::string second;
  std::string params = "{}";
  std::string store = "[]";
  std::string token;
  std::string authorities;
  musubi::duration timeout = std::chrono::seconds(10);
};

void print_line(std::string_view text) {
  std::fwrite(text.data(), 1, text.size(), stdout);
  std::fputc('\n', stdout);
  std::fflush(stdout);
}

std::string quoted(std::string_view text) {
  std::vector<char> room(6 * text.size() + 2 + musubi::json::output::reserve_limit);
  musubi::json::buffer_output to(room.data(), room.size());
  musubi::json::writer(to).string(text);
  return std::string(to.view());
}

/// What the verbs have in common: a mounted root, an end, and patience.
class session : protected musubi::remote_root {
 public:
  session(musubi::asio::client_loop& loop, musubi::remote_server& server, std::string_view module,
          std::string_view id, const request& wanted)
      : remote_root(server, module, id, wanted.params), loop_(loop), wanted_(wanted) {
    loop_.host().arm_after(late_, wanted.timeout);
  }
  [[nodiscard]] int code() const noexcept { return code_; }

 protected:
  /// The root is live, with a new state.
  virtual void on_state() = 0;

  void end(int code) noexcept {
    over_ = true;
    code_ = code;
    late_.cancel();
    loop_.stop();
  }
  void complain(std::string_view what, int code) noexcept {
    std::fprintf(stderr, "musubi: %.*s\n", static_cast<int>(what.size()), what.data());
    end(code);
  }
  void on_change() noexcept override {
    if (over_) return;
    if (status() == musubi::remote_status::live) {
      late_.cancel();
      on_state();
    } else if (status() == musubi::remote_status::refused) {
      complain("the server refuses " + wanted_.root + ": " + std::string(why()), exits::refused);
    }
  }

  musubi::asio::client_loop& loop_;
  const request& wanted_;

 private:
  void on_late() noexcept {
    const std::string_view last = why();
    complain(last.empty() ? std::string_view("the server did not answer in time") : last,
             exits::unreachable);
  }

  int code_ = exits::unreachable;
  bool over_ = false;  // the loop ends soon
  musubi::member_job<&session::on_late> late_job_{*this};
  musubi::timer late_{late_job_};
};

class watching final : public session {
 public:
  using session::session;

 private:
  void on_state() override {
    std::string line = R"({"status":"live","state":)" + std::string(state_text());
    if (streams_text() != "[]") line += R"(,"streams":)" + std::string(streams_text());
    print_line(line + "}");
  }
  void on_change() noexcept override {
    if (status() == musubi::remote_status::reconnecting) {
      print_line(R"({"status":"reconnecting","why":)" + quoted(why()) + "}");
    } else {
      session::on_change();
    }
  }
  void on_event(std::string_view store_id, std::string_view name,
                std::string_view payload) noexcept override {
    print_line(R"({"event":)" + std::string(name) + R"(,"store_id":)" + std::string(store_id) +
               R"(,"payload":)" + std::string(payload) + "}");
  }
};

class getting final : public session {
 public:
  using session::session;

 private:
  void on_state() override {
    if (wanted_.first.empty()) {
      print_line(state_text());
      return end(exits::done);
    }
    const std::size_t bytes = server().limits().tree_bytes;
    std::vector<std::byte> room(bytes);
    musubi::carver carve(room.data());
    musubi::arena memory("tree_bytes", carve, bytes);
    musubi::json::document document(memory);
    const auto parsed = document.assign(state_text());
    const musubi::json::value found = document.at(wanted_.first);
    if (parsed != musubi::json::parse_error::none || !found) {
      return complain("there is nothing at " + wanted_.first, exits::no_such_value);
    }
    std::vector<char> text(6 * state_text().size() + musubi::json::output::reserve_limit);
    musubi::json::buffer_output to(text.data(), text.size());
    musubi::json::writer out(to);
    (void)musubi::json::write(out, found);
    print_line(to.view());
    end(exits::done);
  }
};

class calling final : public session, private musubi::remote_call {
 public:
  using session::session;

 private:
  void on_state() override {
    if (sent_) return;
    sent_ = true;
    const std::string_view payload =
        wanted_.second.empty() ? "{}" : std::string_view(wanted_.second);
    if (!send(*this, wanted_.first, payload, wanted_.store)) {
      complain("the command is too long", exits::wrong_usage);
    }
  }
  void finished(std::string_view answer) noexcept override {
    switch (outcome()) {
      case musubi::remote_outcome::ok:
        print_line(answer);
        return end(exits::done);
      case musubi::remote_outcome::refused:
        print_line(answer);
        return end(exits::refused);
      default:
        return complain(answer, exits::unreachable);
    }
  }
  bool sent_ = false;
};

/// Where the schema is: beside the socket (docs/inspector.md).
std::string schema_path(std::string_view socket) {
  const std::string_view path = socket.substr(0, socket.find('?'));
  return std::string(path.substr(0, path.rfind('/') + 1)) + "inspector/schema.json";
}

/// Prints what the server says of its stores. Returns the exit code.
int inspect(musubi::asio::client_loop& loop, musubi::asio::remote_server& server,
            const request& wanted) {
  musubi::remote_url parts;
  (void)parts.read(wanted.url);
  const musubi::tool::http_get schema(
      loop.host(), server.network(),
      {std::string(parts.authority), schema_path(parts.target), wanted.token, wanted.timeout},
      [](void* runs) { static_cast<musubi::asio::client_loop*>(runs)->stop(); }, &loop);
  loop.run();
  const auto complain = [](const std::string& what, int code) {
    std::fprintf(stderr, "musubi: %s\n", what.c_str());
    return code;
  };
  if (!schema.problem().empty()) return complain(schema.problem(), exits::unreachable);
  if (schema.status() == 404) {
    return complain(
        "the server offers no schema, because it has no inspector; `musubi watch` shows a store "
        "whose name you know",
        exits::no_such_value);
  }
  if (schema.status() != 200) {
    return complain("the server refuses its schema with " + std::to_string(schema.status()),
                    exits::refused);
  }
  std::string text;
  const std::string module = wanted.root.substr(0, wanted.root.find(':'));
  const std::string wrong = musubi::tool::write_schema(schema.body(), module, text);
  if (!wrong.empty()) return complain(wrong, exits::no_such_value);
  std::fwrite(text.data(), 1, text.size(), stdout);
  return exits::done;
}

bool is_json(std::string_view text, char first) {
  return musubi::json::well_formed(text) && text.front() == first;
}

/// What is wrong with the command line, if anything.
std::string_view fault_of(const request& wanted) {
  const bool call = wanted.verb == "call";
  if (wanted.verb == "inspect") {
    if (wanted.url.empty()) return "a URL is needed; see --help";
    return wanted.first.empty() ? std::string_view() : "too many words; see --help";
  }
  if (!call && wanted.verb != "watch" && wanted.verb != "get") {
    return "the first word is watch, get, call or inspect; see --help";
  }
  if (wanted.url.empty() || wanted.root.empty()) return "a URL and a root are needed; see --help";
  const std::size_t colon = wanted.root.find(':');
  if (colon == std::string::npos || colon == 0 || colon + 1 == wanted.root.size()) {
    return "a root is a module, a colon and an id: Example.Counter:main";
  }
  if (call && wanted.first.empty()) return "which command? See --help";
  if (!wanted.second.empty() && !call) return "too many words; see --help";
  if (wanted.verb == "watch" && !wanted.first.empty()) return "too many words; see --help";
  if (wanted.verb == "get" && !wanted.first.empty() && wanted.first.front() != '/') {
    return "a JSON pointer begins with a slash: /items/0";
  }
  if (!wanted.second.empty() && !is_json(wanted.second, '{')) {
    return "the payload is not a JSON object";
  }
  if (!is_json(wanted.params, '{')) return "--params: not a JSON object";
  if (!is_json(wanted.store, '[')) return "--store: not a JSON array";
  return {};
}

}  // namespace

int main(int argc, char** argv) {
  request wanted;
  namespace program = musubi::program;
  program::read(
      argc, argv, purpose,
      {{"WHAT", wanted.verb, "watch, get, call or inspect"},
       {"URL", wanted.url, "the server's socket"},
       {"ROOT", wanted.root, "module and id of the store; for inspect a module"},
       {"NAME", wanted.first, "of the command; for get a JSON pointer"},
       {"PAYLOAD", wanted.second, "of the command, a JSON object"},
       {"--params JSON", wanted.params, "what the store is mounted with"},
       {"--store JSON", wanted.store, "call: the store_id of a store below the root"},
       {"--token TEXT", wanted.token, "secret for the server, sent beside the URL"},
       {"--ca FILE", wanted.authorities,
        "wss: trust the authorities in this file (PEM), not those\nof the system"},
       {"--timeout MS", wanted.timeout, "how long to wait for an answer, in milliseconds"}});
  if (const std::string_view fault = fault_of(wanted); !fault.empty()) program::refuse(argv, fault);

  const std::size_t colon = wanted.root.find(':');
  const std::string module = wanted.root.substr(0, colon);
  const std::string id = wanted.root.substr(colon + 1);
  musubi::asio::client_loop loop;
  musubi::asio::remote_server server(
      loop, wanted.url,
      {.token = wanted.token,
       .timeout = wanted.timeout,
       .authorities = wanted.authorities,
       .limits = {
           .message_bytes = 8U << 20U, .state_bytes = 8U << 20U, .tree_bytes = 128U << 20U}});
  if (!server.problem().empty()) program::refuse(argv, server.problem());
  if (wanted.verb == "inspect") return inspect(loop, server, wanted);
  const auto run = [&](session& what) {
    loop.run();
    return what.code();
  };
  if (wanted.verb == "watch") {
    watching verb(loop, server, module, id, wanted);
    return run(verb);
  }
  if (wanted.verb == "get") {
    getting verb(loop, server, module, id, wanted);
    return run(verb);
  }
  calling verb(loop, server, module, id, wanted);
  return run(verb);
}
