/// What a listener is told, and when: contract section 11.3, and docs/telemetry.md.

#include "support/board.hpp"
#include "support/served.hpp"

#include <gtest/gtest.h>
#include <string>
#include <vector>

#include <musubi/host/internal/counters.hpp>
#include <musubi/musubi.hpp>
#include <musubi/store/page/telemetry.hpp>

namespace musubi::test {
namespace {

/// Writes down what it is told, one line each.
class scribe final : public telemetry {
 public:
  /// Everything since the last call whose first word is `what`.
  std::vector<std::string> take(std::string_view what) {
    std::vector<std::string> found;
    for (const std::string& line : lines_) {
      if (line.substr(0, line.find(' ')) == what) found.push_back(line.substr(what.size() + 1));
    }
    lines_.clear();
    return found;
  }
  /// The first words of everything.
  std::string order() {
    std::string words;
    for (const std::string& line : lines_) words += line.substr(0, line.find(' ')) + " ";
    lines_.clear();
    return words;
  }

  void on_command_start(const command_start& e) noexcept override {
    note("command_start", e.at, e.command);
  }
  void on_command_stop(const command_stop& e) noexcept override {
    note("command_stop", e.at, e.command, ms(e.took), e.ok ? "ok" : "refused", e.reason);
  }
  void on_command_exception(const command_exception& e) noexcept override {
    note("command_exception", e.at, e.command, ms(e.took), e.reason);
  }
  void on_payload_refused(const payload_refused& e) noexcept override {
    note("payload_refused", e.at, e.command, e.error.expected());
  }
  void on_auth_deny(const auth_deny& e) noexcept override { note("auth_deny", e.at, e.command); }
  void on_render_stop(const render_stop& e) noexcept override {
    note("render_stop", e.at, e.module);
  }
  void on_resolve_stop(const resolve_stop& e) noexcept override {
    note("resolve_stop", e.at, e.module);
  }
  void on_diff_stop(const diff_stop& e) noexcept override {
    note("diff_stop", e.at, std::to_string(e.operations));
  }
  void on_patch_stop(const patch_stop& e) noexcept override {
    note("patch_stop", e.at, std::to_string(e.version), std::to_string(e.operations),
         std::to_string(e.stream_operations), std::to_string(e.upload_operations),
         std::to_string(e.events));
  }
  void on_stream_flush(const stream_flush& e) noexcept override {
    note("stream_flush", e.at, std::to_string(e.count));
  }
  void on_async_start(const async_event& e) noexcept override {
    note("async_start", e.at, e.name, kind(e));
  }
  void on_async_stop(const async_stop& e) noexcept override {
    note("async_stop", e.task.at, e.task.name, ms(e.took));
  }
  void on_async_exception(const async_exception& e) noexcept override {
    note("async_exception", e.task.at, e.task.name, ms(e.took), e.reason);
  }
  void on_async_cancel(const async_cancel& e) noexcept override {
    note("async_cancel", e.task.at, e.task.name, e.reason);
  }
  void on_async_lazy_discard(const async_event& e) noexcept override {
    note("async_lazy_discard", e.at, e.name);
  }
  void on_pubsub_receive(const pubsub_receive& e) noexcept override {
    note("pubsub_receive", e.at);
  }
  void on_send_update_no_target(const event_source& at) noexcept override {
    note("send_update_no_target", at);
  }
  void on_channel_join(const channel_join& e) noexcept override {
    note("channel_join", e.at, e.topic);
  }
  void on_channel_refused(const channel_refused& e) noexcept override {
    std::string roots;
    for (const std::string_view each : e.roots) roots += " " + std::string(each);
    note("channel_refused", {}, e.topic, e.reason, e.module, roots,
         e.params != nullptr ? e.params->expected() : "");
  }
  void on_message_refused(const message_refused& e) noexcept override {
    note("message_refused", {}, e.topic, e.event, e.expected);
  }
  void on_connection_opened(const connection_opened& e) noexcept override {
    note("connection_opened", {}, e.peer.substr(0, 7), e.path);
  }
  void on_connection_dropped(const connection_dropped& e) noexcept override {
    note("connection_dropped", {}, e.peer.substr(0, 7), e.why);
  }
  void on_connection_closing(const connection_closing& e) noexcept override {
    note("connection_closing", {}, e.peer.substr(0, 7), std::to_string(e.code), e.reason);
  }
  void on_connection_closed(const connection_closed& e) noexcept override {
    note("connection_closed", {}, e.peer.substr(0, 7));
  }
  void on_pool_exhausted(const pool_exhausted& e) noexcept override {
    note("pool_exhausted", {}, e.pool, std::to_string(e.capacity), std::to_string(e.times));
  }
  void on_share_exceeded(const share_exceeded& e) noexcept override {
    note("share_exceeded", {}, e.peer.substr(0, 7), e.limit);
  }
  void on_second(time_point) noexcept override { ++seconds; }
  int seconds = 0;
  void on_request_refused(const request_refusal& e) noexcept override {
    note("request_refused", {}, std::to_string(static_cast<int>(e.why)), std::to_string(e.status),
         "\"" + std::string(e.reason) + "\"", e.peer.substr(0, 7), e.path, e.host, e.origin);
  }
  void on_channel_terminate(const channel_terminate& e) noexcept override {
    note("channel_terminate", e.at, e.topic, e.reason);
  }
  void on_page_failed(const page_failed& e) noexcept override {
    note("page_failed", e.at, e.why.reason());
  }

 private:
  static std::string ms(duration took) {
    return std::to_string(std::chrono::duration_cast<std::chrono::milliseconds>(took).count());
  }
  static std::string_view kind(const async_event& e) {
    constexpr std::string_view names[] = {"assign", "start", "stream"};
    return names[static_cast<int>(e.kind)];
  }
  template <class... Words>
  void note(std::string_view what, const event_source& at, const Words&... words) {
    std::string line(what);
    line += " " + std::string(at.module) + ":" + std::string(at.id) + "[" +
            std::string(at.store_id) + "]";
    ((line += " " + std::string(words)), ...);
    lines_.push_back(line);
  }
  std::vector<std::string> lines_;
};

using lines = std::vector<std::string>;

template <class Socket>
class listened {
 public:
  scribe told;
  served<Socket> server{options()};
  browser page = server.open();

 private:
  memory_port::options options() {
    memory_port::options chosen{.limits = small_limits()};
    chosen.serve.listener = &told;
    return chosen;
  }
};

class telemetry_of_a_board : public testing::Test {
 protected:
  surroundings here;
  listened<board_socket> host;
  browser& page = host.page;
  scribe& told = host.told;
  root main = page.mounted("Test.Board");
};

TEST_F(telemetry_of_a_board, tells_that_a_root_was_joined_and_rendered) {
  EXPECT_EQ(told.order(), "connection_opened render_stop channel_join patch_stop ");
}

// contract section 11.3
TEST_F(telemetry_of_a_board, tells_a_command_from_its_start_to_its_patch) {
  (void)told.order();
  (void)main.command("add", R"({"amount":1})");
  (void)page.all();
  EXPECT_EQ(told.order(), "command_start command_stop render_stop diff_stop patch_stop ");
  (void)main.command("add", R"({"amount":1})");
  (void)page.all();
  EXPECT_EQ(told.take("command_stop"), lines{"Test.Board:main[] add 0 ok "});
  (void)main.command("add", R"({"amount":1})");
  (void)page.all();
  EXPECT_EQ(told.take("patch_stop"), lines{"Test.Board:main[] 4 1 0 0 0"});
}

TEST_F(telemetry_of_a_board, tells_why_a_command_was_refused) {
  (void)main.command("refuse");
  (void)main.command("add", R"({"amount":true})");
  (void)main.command("nonsense");
  (void)page.all();
  const lines expected{"Test.Board:main[] refuse 0 refused not now",
                       "Test.Board:main[] add 0 refused invalid payload",
                       "Test.Board:main[] nonsense 0 refused unknown command"};
  EXPECT_EQ(told.take("command_stop"), expected);
}

TEST_F(telemetry_of_a_board, tells_which_payloads_do_not_fit) {
  (void)main.command("add", R"({"amount":true})");
  (void)page.all();
  EXPECT_EQ(told.take("payload_refused"), lines{"Test.Board:main[] add integer"});
}

TEST_F(telemetry_of_a_board, measures_a_coroutine_with_all_its_waiting) {
  (void)main.command("later", R"({"milliseconds":250})");
  (void)page.all();
  EXPECT_EQ(told.order(), "connection_opened render_stop channel_join patch_stop command_start ");
  host.server.run_for(1s);
  (void)page.all();
  EXPECT_EQ(told.take("command_stop"), lines{"Test.Board:main[] later 250 ok "});
  (void)main.command("refuse_later");
  host.server.run_for(1s);
  (void)page.all();
  EXPECT_EQ(told.take("command_stop"),
            lines{"Test.Board:main[] refuse_later 1 refused 1 ms too late"});
}

TEST_F(telemetry_of_a_board, tells_why_a_page_ended) {
  (void)main.command("fail");
  (void)page.all();
  EXPECT_EQ(told.take("page_failed"), lines{"Test.Board:main[] broken"});
}

TEST_F(telemetry_of_a_board, tells_the_end_of_a_page_from_the_command_to_the_channel) {
  (void)told.order();
  (void)main.command("throw");
  (void)page.all();
  EXPECT_EQ(told.order(), "command_start page_failed command_exception channel_terminate ");
}

TEST_F(telemetry_of_a_board, tells_that_a_store_threw_while_it_was_rendered) {
  (void)main.command("spoil_render");
  (void)page.all();
  EXPECT_EQ(told.take("page_failed"),
            lines{"Test.Board:main[] the store threw while it was rendered"});
}

TEST_F(telemetry_of_a_board, tells_that_a_handler_took_too_long_or_threw_late) {
  (void)main.command("wait", R"({"amount":1})");
  host.server.run_for(10s);
  EXPECT_EQ(told.take("page_failed"), lines{"Test.Board:main[] handler_timeout"});
  (void)page.all();
  root again = page.mounted("Test.Board", "again");
  (void)again.command("throw_later");
  host.server.run_for(1s);
  EXPECT_EQ(told.take("page_failed"), lines{"Test.Board:again[] the handler threw"});
}

TEST_F(telemetry_of_a_board, tells_that_a_command_had_no_end) {
  (void)main.command("wait", R"({"amount":1})");
  (void)main.leave();
  EXPECT_EQ(told.take("command_exception"),
            lines{"Test.Board:main[] wait 0 the handler did not end"});
}

// contract section 11.3
TEST_F(telemetry_of_a_board, tells_what_a_topic_brings) {
  root ear = page.mounted("Test.Board", "ear", R"({"listen":true})");
  (void)told.order();
  here.channel.publish({7});
  host.server.run();
  EXPECT_EQ(told.order(), "pubsub_receive render_stop diff_stop patch_stop ");
}

// contract section 11.3
TEST_F(telemetry_of_a_board, tells_which_requests_are_turned_away_and_why) {
  const auto told_after = [this](const upgrade_request& wanted) {
    (void)host.server.connection().upgrade(wanted);
    return told.take("request_refused").back();
  };
  const std::string path = " memory: /socket/websocket ";
  EXPECT_EQ(told_after({.host = "evil.example"}),
            ":[] 2 403 \"Host is not a name of this server\"" + path + "evil.example ");
  EXPECT_EQ(told_after({.fields = "Origin: http://evil.example\r\n"}),
            ":[] 3 403 \"Origin does not match Host\"" + path + "localhost http://evil.example");
  EXPECT_EQ(told_after({.path = "/socket/websocket?vsn=1.0.0"}),
            ":[] 7 403 \"vsn must be 2.x\"" + path + "localhost ");
  EXPECT_EQ(told_after({.path = "/socket/websocket?vsn=2.0.0&wish=refuse"}),
            ":[] 8 403 \"go away\"" + path + "localhost ");
  EXPECT_EQ(told_after({.fields = "no field\r\n"}),
            ":[] 0 400 \"malformed field name\" memory:   ");
}

TEST_F(telemetry_of_a_board, tells_who_joins_who_is_refused_and_who_leaves) {
  (void)told.order();
  root other = page.mounted("Test.Board", "other");
  EXPECT_EQ(told.take("channel_join"),
            lines{"Test.Board:other[] musubi:connection:Test.Board:other"});
  (void)page.join("Test.Board", "y", R"({"label":"fail"})");
  (void)page.all();
  EXPECT_EQ(told.take("channel_refused"),
            lines{":[] musubi:connection:Test.Board:y mount   "});  // which the browser is not told
  (void)page.join("Test.Board", "y", R"({"label":1})");
  (void)page.all();
  EXPECT_EQ(told.take("channel_refused"),
            lines{":[] musubi:connection:Test.Board:y invalid params   string"});
  (void)other.leave();
  EXPECT_EQ(told.take("channel_terminate"),
            lines{"Test.Board:other[] musubi:connection:Test.Board:other left"});
}

TEST_F(telemetry_of_a_board, tells_that_a_root_went_with_its_connection_or_with_the_host) {
  (void)told.take("channel_terminate");
  browser closing = host.server.open();
  (void)closing.mounted("Test.Board", "second");
  closing.close();
  host.server.run_for(1s);
  EXPECT_EQ(told.take("channel_terminate"),
            lines{"Test.Board:second[] musubi:connection:Test.Board:second closed"});
  host.server.host().stop();
  host.server.run_for(10s);
  EXPECT_EQ(told.take("channel_terminate"),
            lines{"Test.Board:main[] musubi:connection:Test.Board:main shutdown"});
}

TEST_F(telemetry_of_a_board, tells_which_roots_there_are_when_another_is_asked_for) {
  (void)page.join("Test.Nothing", "x");
  (void)page.all();
  EXPECT_EQ(told.take("channel_refused"), lines{":[] musubi:connection:Test.Nothing:x unknown root "
                                                "Test.Nothing  Test.Board Test.Scroll "});
}

TEST_F(telemetry_of_a_board, tells_which_messages_cannot_be_used) {
  (void)main.push("command", R"("\ud83d")");
  (void)page.all();
  EXPECT_EQ(told.take("message_refused"), lines{":[] musubi:connection:Test.Board:main command "
                                                "strings without half of a surrogate pair"});
}

TEST_F(telemetry_of_a_board, tells_a_connection_from_its_upgrade_to_its_end) {
  (void)told.order();
  browser other = host.server.open();
  EXPECT_EQ(told.take("connection_opened"), lines{":[] memory: /socket/websocket"});
  other.close();
  host.server.run();
  EXPECT_EQ(told.order(), "connection_closed ");
  browser wrong = host.server.open();
  wrong.say("no channel message");
  EXPECT_EQ(wrong.close_code(), 1002);
  EXPECT_EQ(told.order(), "connection_opened connection_dropped connection_closing ");
}

TEST_F(telemetry_of_a_board, tells_which_limit_ended_a_connection) {
  (void)told.order();
  host.server.run_for(62s);
  EXPECT_EQ(told.order(), "connection_dropped connection_closed channel_terminate ");
  browser silent = host.server.connection();
  silent.send("GET / HTTP/1.1");
  host.server.run_for(12s);
  EXPECT_EQ(told.take("connection_dropped"), lines{":[] memory: head_timeout"});
}

TEST_F(telemetry_of_a_board, tells_once_a_second_which_pools_were_empty) {
  for (int i = 0; i < 20; ++i) (void)page.join("Test.Board", std::to_string(i));
  (void)page.all();
  EXPECT_TRUE(told.take("pool_exhausted").empty());
  host.server.run_for(1s);
  EXPECT_EQ(told.take("pool_exhausted"), lines{":[] pages 16 5"});
  told.seconds = 0;
  host.server.run_for(10s);
  EXPECT_EQ(told.seconds, 10);
  EXPECT_TRUE(told.take("pool_exhausted").empty());
}

TEST_F(telemetry_of_a_board, has_room_for_every_pool) {
  std::size_t pools = 0;
  host.server.core().each_pool([&](const pool_metrics&) { ++pools; });
  EXPECT_LE(pools, pool_watch::most);
}

TEST(telemetry, tells_whose_share_was_used_up_and_drops_nobody) {
  surroundings here;
  scribe told;
  memory_port::options chosen{.limits = small_limits()};
  chosen.limits.pages_per_connection = 1;
  chosen.serve.listener = &told;
  served<board_socket> server(chosen);
  browser page = server.open();
  (void)page.mounted("Test.Board");
  (void)page.join("Test.Board", "another");
  (void)page.all();
  EXPECT_EQ(told.take("share_exceeded"), lines{":[] memory: pages_per_connection"});
  EXPECT_TRUE(told.take("connection_dropped").empty());
}

/// Wants to know nothing of what happens often.
class brief_scribe final : public telemetry {
 public:
  [[nodiscard]] bool follows_pages() const noexcept override { return false; }
  void on_command_start(const command_start&) noexcept override { ++often; }
  void on_render_stop(const render_stop&) noexcept override { ++often; }
  void on_patch_stop(const patch_stop&) noexcept override { ++often; }
  void on_channel_join(const channel_join&) noexcept override { ++seldom; }
  void on_page_failed(const page_failed&) noexcept override { ++seldom; }
  int often = 0;
  int seldom = 0;
};

TEST(telemetry, leaves_a_listener_alone_with_what_it_does_not_follow) {
  surroundings here;
  brief_scribe told;
  memory_port::options chosen{.limits = small_limits()};
  chosen.serve.listener = &told;
  served<board_socket> server(chosen);
  browser page = server.open();
  root main = page.mounted("Test.Board");
  (void)main.command("add", R"({"amount":1})");
  (void)main.command("fail");
  (void)page.all();
  EXPECT_EQ(told.often, 0);
  EXPECT_EQ(told.seldom, 2);
}

// --- children, streams, events, tasks, hooks ---

struct lamp {
  static constexpr std::string_view module = "Test.Lamp";
  struct State {
    bool on;
  };
  struct Toggle {};
  using commands = musubi::commands<Toggle>;
  status handle(const Toggle&, context&) {
    on = !on;
    return {};
  }
  void update(const news&, context&) { on = true; }
  State render() const { return {on}; }
  bool on = false;
};

struct entry {
  text<8> id;
};
struct rang {
  std::int32_t times;
};

struct house {
  static constexpr std::string_view module = "Test.House";
  static constexpr std::size_t hooks = 1;
  struct State {
    child<lamp> hall;
    stream<entry> log;
    async<std::int32_t> heat;
  };
  struct Say {};
  struct Heat {
    std::int32_t after;
  };
  struct Stop {};
  struct Poke {};
  struct Secret {};
  using commands = musubi::commands<Say, Heat, Stop, Poke, Secret>;
  using events = musubi::events<rang>;

  status mount(context& ctx) {
    return ctx.attach_hook<before_command, &house::guard>(*this, "guard");
  }
  verdict guard(const command_info& command, context&) {
    return command.name == "secret" ? halt() : proceed();
  }
  status handle(const Say&, context& ctx) {
    ctx.stream<&State::log>().insert(entry{"a"});
    ctx.stream<&State::log>().insert(entry{"b"});
    ctx.push_event(rang{1});
    return {};
  }
  static task<result<std::int32_t>> warm(std::int32_t after) {
    co_await sleep(std::chrono::milliseconds(after));
    if (after == 13) throw std::runtime_error("cold");
    co_return after;
  }
  status handle(const Heat& command, context& ctx) {
    return ctx.assign_async<&house::heat>(*this, warm(command.after), {.timeout = 1s});
  }
  status handle(const Stop&, context& ctx) {
    ctx.cancel_async<&house::heat>("enough");
    return {};
  }
  status handle(const Poke&, context& ctx) { return ctx.send_update<lamp>(news{1}, "cellar"); }
  status handle(const Secret&, context&) { return {}; }
  State render() const { return {child<lamp>("hall"), {}, heat}; }

  async<std::int32_t> heat;
};

struct house_socket {
  using roots = musubi::roots<house>;
};

class telemetry_of_a_house : public testing::Test {
 protected:
  /// Everything of a kind that the command brings.
  lines after(std::string_view name, std::string_view payload, std::string_view what) {
    (void)told.order();
    (void)main.command(name, payload);
    host.server.run_for(3s);
    return told.take(what);
  }
  listened<house_socket> host;
  scribe& told = host.told;
  root main = host.page.mounted("Test.House");
};

TEST_F(telemetry_of_a_house, tells_each_store_that_is_rendered_and_who_places_children) {
  EXPECT_EQ(told.order(),
            "connection_opened render_stop render_stop resolve_stop channel_join patch_stop ");
  (void)host.page.push(main.join_ref(), main.topic(), "command",
                       R"({"name":"toggle","store_id":["hall"],"payload":{}})");
  (void)host.page.all();
  // the root, too: its hook has run, and may have changed it
  const lines expected{"Test.House:main[] Test.House", R"(Test.House:main["hall"] Test.Lamp)"};
  EXPECT_EQ(told.take("render_stop"), expected);
}

// contract section 11.3
TEST_F(telemetry_of_a_house, counts_what_is_said_beside_the_state) {
  EXPECT_EQ(after("say", "{}", "patch_stop"), lines{"Test.House:main[] 2 0 2 0 1"});
  EXPECT_EQ(after("say", "{}", "stream_flush"), lines{"Test.House:main[] 2"});
}

// contract section 11.3
TEST_F(telemetry_of_a_house, tells_tasks_from_start_to_end) {
  EXPECT_EQ(after("heat", R"({"after":20})", "async_start"),
            lines{"Test.House:main[] heat assign"});
  EXPECT_EQ(after("heat", R"({"after":20})", "async_stop"), lines{"Test.House:main[] heat 20"});
}

TEST_F(telemetry_of_a_house, tells_how_a_task_ended_otherwise) {
  EXPECT_EQ(after("heat", R"({"after":13})", "async_exception"),
            lines{"Test.House:main[] heat 13 the task threw"});
  EXPECT_EQ(after("heat", R"({"after":5000})", "async_exception"),
            lines{"Test.House:main[] heat 1000 timeout"});
  (void)main.command("heat", R"({"after":500})");
  EXPECT_EQ(after("stop", "{}", "async_cancel"), lines{"Test.House:main[] heat enough"});
  (void)main.command("heat", R"({"after":500})");
  EXPECT_EQ(after("heat", R"({"after":20})", "async_lazy_discard"),
            lines{"Test.House:main[] heat"});
}

// contract section 11.3
TEST_F(telemetry_of_a_house, tells_denials_and_updates_without_a_target) {
  EXPECT_EQ(after("secret", "{}", "auth_deny"), lines{"Test.House:main[] secret"});
  EXPECT_EQ(after("poke", "{}", "send_update_no_target"), lines{R"(Test.House:main["cellar"])"});
  EXPECT_EQ(host.server.counted().pages.updates_without_target, 1U);
}

TEST(telemetry, is_not_needed) {
  served<house_socket> server;
  browser page = server.open();
  root main = page.mounted("Test.House");
  const std::string ref = main.command("say");
  EXPECT_EQ(page.next(), main.ok(ref));
}

}  // namespace
}  // namespace musubi::test
