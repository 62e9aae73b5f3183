#pragma once
/// Stores for the tests of the host: small, and able to misbehave.

#include <cstdint>
#include <stdexcept>
#include <string>
#include <string_view>

#include <musubi/async/event.hpp>
#include <musubi/async/sleep.hpp>
#include <musubi/async/task.hpp>
#include <musubi/host/host.hpp>
#include <musubi/host/topic.hpp>
#include <musubi/memory/list.hpp>
#include <musubi/memory/text.hpp>

namespace musubi::test {

/// News of a board.
struct news {
  std::int32_t number;
};

/// What boards share beside their host. Each test makes its own: `surroundings here;`.
struct surroundings {
  surroundings() { current = this; }
  ~surroundings() { current = nullptr; }
  surroundings(const surroundings&) = delete;
  surroundings& operator=(const surroundings&) = delete;

  topic<news> channel;
  event gate;           ///< what `wait` waits for
  int mounts = 0;       ///< how often `mount` was called
  std::string ends;     ///< reasons that `terminate` was given, each with a space
  std::string visitor;  ///< what handle_connect saw
  static inline surroundings* current = nullptr;
};

/// A number, a label, and commands that do what they are called.
struct board {
  static constexpr std::string_view module = "Test.Board";

  struct Params {
    std::optional<text<16>> label;
    std::optional<bool> listen;
  };
  struct State {
    std::int32_t count;
    text<16> label;
    std::int32_t heard;
  };
  struct Add {
    std::int32_t amount;
  };
  struct Echo {
    text<64> words;
    struct Reply {
      text<64> words;
    };
  };
  struct Refuse {};
  struct Fail {};
  struct Throw {};
  struct SpoilRender {};
  struct Tell {
    std::int32_t number;
  };
  /// Adds when the gate opens.
  struct Wait {
    std::int32_t amount;
  };
  /// Adds after so much time.
  struct Later {
    std::int32_t milliseconds;
    struct Reply {
      std::int32_t count;
    };
  };
  struct ThrowLater {};
  struct RefuseLater {};
  using commands = musubi::commands<Add, Echo, Refuse, Fail, Throw, SpoilRender, Tell, Wait, Later,
                                    ThrowLater, RefuseLater>;

  status mount(const Params& params, context& ctx) {
    if (surroundings::current != nullptr) ++surroundings::current->mounts;
    if (params.label) label = *params.label;
    if (label == "throw") throw std::runtime_error("mount");
    if (label == "fail") return musubi::fail("mount");
    if (label == "refuse") return musubi::refuse(reason_text::clipped("not ", "today"));
    if (params.listen.value_or(false)) {
      return ctx.subscribe(*this, surroundings::current->channel);
    }
    return {};
  }
  void terminate(std::string_view reason, context&) {
    if (surroundings::current != nullptr) {
      surroundings::current->ends += std::string(reason) + " ";
    }
  }
  State render() const {
    if (spoilt) throw std::runtime_error("render");
    return {count, label, heard};
  }
  void handle_info(const news& told, context&) {
    if (told.number == -1) throw std::runtime_error("handle_info");
    heard = told.number;
  }

  status handle(const Add& command, context&) {
    count += command.amount;
    return {};
  }
  result<Echo::Reply> handle(const Echo& command, context&) { return Echo::Reply{command.words}; }
  status handle(const Refuse&, context&) {
    return musubi::refuse(reason_text::clipped("not ", "now"), "time");
  }
  status handle(const Fail&, context&) { return musubi::fail("broken"); }
  status handle(const Throw&, context&) { throw std::runtime_error("handle"); }
  status handle(const SpoilRender&, context&) {
    spoilt = true;
    return {};
  }
  status handle(const Tell& command, context&) {
    surroundings::current->channel.publish({command.number});
    ++count;
    return {};
  }
  task<status> handle(const Wait& command, context&) {
    const std::int32_t amount = command.amount;
    co_await surroundings::current->gate.wait();
    count += amount;
    co_return status();
  }
  task<result<Later::Reply>> handle(const Later& command, context&) {
    const duration delay = std::chrono::milliseconds(command.milliseconds);
    co_await sleep(delay);
    ++count;
    co_return Later::Reply{count};
  }
  task<status> handle(const ThrowLater&, context&) {
    co_await sleep(std::chrono::milliseconds(1));
    throw std::runtime_error("later");
  }
  task<status> handle(const RefuseLater&, context&) {
    co_await sleep(std::chrono::milliseconds(1));
    co_return musubi::refuse(reason_text::clipped(1, " ms too late"));
  }

  std::int32_t count = 0;
  std::int32_t heard = 0;
  text<16> label;
  bool spoilt = false;
};

/// Its state is larger than what tests transmit at once.
struct scroll {
  static constexpr std::string_view module = "Test.Scroll";
  struct State {
    list<text<64>, 128> lines;
  };
  struct Fill {
    std::int32_t lines;
  };
  using commands = musubi::commands<Fill>;
  scroll() { fill(100); }
  void fill(std::int32_t count) {
    lines.clear();
    for (std::int32_t i = 0; i < count && i < 128; ++i) {
      (void)lines.push_back(text<64>("line of a scroll that is longer than one block is"));
    }
    ++generation;
    if (!lines.empty()) {
      (void)lines[0].assign("generation ");
      (void)lines[0].append(std::to_string(generation));
    }
  }
  status handle(const Fill& command, context&) {
    fill(command.lines);
    return {};
  }
  State render() const { return {lines}; }

  list<text<64>, 128> lines;
  int generation = 0;
};

/// Accepts whoever is not told apart by a query parameter.
struct board_socket {
  using roots = musubi::roots<board, scroll>;

  status handle_connect(const connect_info& info, connection&) {
    const std::string_view wish = info.param("wish").value_or("");
    if (wish == "refuse") return musubi::refuse(reason_text::clipped("go ", "away"));
    if (wish == "throw") throw std::runtime_error("handle_connect");
    if (auto name = text<16>::from(info.param("user").value_or("nobody"))) user = *name;
    if (surroundings::current != nullptr) {
      std::string& seen = surroundings::current->visitor;
      seen = "peer " + std::string(info.peer().substr(0, 7));
      const auto note = [&seen](std::string_view name, std::optional<std::string_view> value) {
        if (value) seen += ", " + std::string(name) + " " + std::string(*value);
      };
      if (info.client() != info.peer()) seen += ", client " + std::string(info.client());
      note("name", info.param("name"));
      note("cookie", info.cookie("session"));
      note("token", info.auth_token());
      note("x-real", info.header("X-Real"));
      note("origin", info.header("Origin"));
    }
    return {};
  }
  status handle_join(const join_info& info, connection&) {
    const std::string_view id = info.id.value_or("");
    if (id == "unauthorized") return musubi::refuse(reason_text::clipped(id));
    if (id == "throwing") throw std::runtime_error("handle_join");
    if (id == "failing") return musubi::fail("handle_join");
    if (id == "curious") return info.params().error();
    return {};
  }

  text<16> user;
};

/// The state of a fresh board, as JSON.
[[nodiscard]] inline std::string board_state(int count = 0, std::string_view label = "",
                                             int heard = 0) {
  return R"({"__musubi_store_id__":[],"count":)" + std::to_string(count) + R"(,"label":")" +
         std::string(label) + R"(","heard":)" + std::to_string(heard) + "}";
}

}  // namespace musubi::test
