/// The connection to another server, which the test plays.

#include "support/remote_wire.hpp"
#include "unit/async/virtual_host.hpp"
#include "unit/memory/region.hpp"

#include <cjson/cJSON.h>
#include <filesystem>
#include <fstream>
#include <gtest/gtest.h>
#include <memory>
#include <optional>
#include <sstream>
#include <string>

#include <musubi/remote/remote.hpp>
#include <musubi/remote/remote_server.hpp>

namespace musubi::test {
namespace {

using namespace std::chrono_literals;

constexpr remote_limits small_remote{.roots = 2,
                                     .message_bytes = 4096,
                                     .outgoing_bytes = 2048,
                                     .calls = 2,
                                     .state_bytes = 2048,
                                     .tree_bytes = 65536};

struct heard_root : remote_root {
  using remote_root::remote_root;
  void on_event(std::string_view store_id, std::string_view name,
                std::string_view payload) noexcept override {
    events += std::string(store_id) + std::string(name) + std::string(payload) + "\n";
  }
  std::string events;
};

struct kept_call : remote_call {
  void finished(std::string_view text) noexcept override { answer = text; }
  std::string answer;
};

class remote_servers : public ::testing::Test {
 protected:
  void run() {
    do {
      host.run();
    } while (net.tell());
    host.run();
  }
  void run_for(duration span) {
    run();
    for (; span > duration::zero(); span -= 50ms) {
      host.run_for(std::min<duration>(span, 50ms));
      run();
    }
  }
  /// Opens the WebSocket and answers the join with this state.
  void mount(std::string_view state = R"({"n":1})") {
    run();
    (void)net.accept();
    run();
    join(state);
  }
  void join(std::string_view state = R"({"n":1})") {
    const std::string message = net.next();
    join_ref = message.substr(2, message.find('"', 2) - 2);
    EXPECT_NE(message.find(R"("phx_join",{"module":"M","id":"a","params":{}}])"), std::string::npos)
        << message;
    reply(join_ref, R"({"status":"ok","response":{"root_id":"M:a"}})");
    patch(0, R"([{"op":"replace","path":"","value":)" + std::string(state) + "}]");
  }
  void reply(const std::string& ref, std::string_view payload) {
    message("\"" + ref + "\"", "phx_reply", payload);
  }
  void message(const std::string& ref, std::string_view event, std::string_view payload) {
    net.text("[\"" + join_ref + "\"," + ref + ",\"musubi:connection:M:a\",\"" + std::string(event) +
             "\"," + std::string(payload) + "]");
    run();
  }
  void patch(int base, std::string_view ops, std::string_view streams = "[]",
             std::string_view events = "[]") {
    message("null", "patch",
            R"({"type":"patch","root_id":"M:a","base_version":)" + std::to_string(base) +
                ",\"version\":" + std::to_string(base + 1) + ",\"ops\":" + std::string(ops) +
                ",\"stream_ops\":" + std::string(streams) + R"(,"upload_ops":[],"events":)" +
                std::string(events) + "}");
  }

  virtual_host host;
  played_network net;
  region memory{remote_server::bytes(small_remote)};
  remote_server server{
      host.loop(), net, {"board", "/socket?user=ada", "sesame"}, small_remote, memory.begin()};
  heard_root root{server, "M", "a"};
  std::string join_ref;
};

TEST_F(remote_servers, ask_for_a_websocket_with_the_token_beside_the_url) {
  run();
  const std::string request = net.accept();
  EXPECT_TRUE(
      request.starts_with("GET /socket/websocket?user=ada&vsn=2.0.0 HTTP/1.1\r\nHost: board\r\n"))
      << request;
  EXPECT_NE(request.find("Sec-WebSocket-Protocol: phoenix, base64url.bearer.phx.c2VzYW1l\r\n"),
            std::string::npos);
  run();
  EXPECT_TRUE(server.connected());
}

TEST_F(remote_servers, mount_a_root_and_follow_its_patches) {
  EXPECT_EQ(root.status(), remote_status::connecting);
  mount();
  EXPECT_EQ(root.status(), remote_status::live);
  EXPECT_EQ(root.state_text(), R"({"n":1})");
  patch(1, R"([{"op":"replace","path":"/n","value":2},{"op":"add","path":"/m","value":[]}])");
  EXPECT_EQ(root.state_text(), R"({"n":2,"m":[]})");
}

TEST_F(remote_servers, deliver_events_after_the_state) {
  mount();
  patch(1, "[]", "[]", R"([{"store_id":[],"name":"toast","payload":{"msg":"saved"}}])");
  EXPECT_EQ(root.events, "[]\"toast\"{\"msg\":\"saved\"}\n");
}

TEST_F(remote_servers, mount_again_when_a_version_is_missing_and_show_the_last_state_meanwhile) {
  mount();
  patch(2, R"([{"op":"replace","path":"/n","value":3}])");
  EXPECT_EQ(root.status(), remote_status::reconnecting);
  EXPECT_EQ(root.why(), "a version is missing: mounted again");
  EXPECT_EQ(root.state_text(), R"({"n":1})");
  EXPECT_NE(net.next().find("phx_leave"), std::string::npos);
  join(R"({"n":4})");
  EXPECT_EQ(root.status(), remote_status::live);
  EXPECT_EQ(root.state_text(), R"({"n":4})");
}

TEST_F(remote_servers, mount_again_when_an_operation_does_not_fit) {
  mount();
  patch(1, R"([{"op":"replace","path":"/n","value":5},{"op":"remove","path":"/x"}])");
  EXPECT_EQ(root.state_text(), R"({"n":1})") << "an envelope is applied whole or not at all";
  EXPECT_EQ(root.why(), "an envelope does not fit: a path leads nowhere");
}

TEST_F(remote_servers, ignore_messages_of_an_earlier_join) {
  mount();
  join_ref = "999";
  patch(1, R"([{"op":"replace","path":"/n","value":2}])");
  EXPECT_EQ(root.state_text(), R"({"n":1})");
}

TEST_F(remote_servers, tell_a_refused_mount_and_ask_again_later) {
  run();
  (void)net.accept();
  run();
  const std::string first = net.next();
  join_ref = first.substr(2, first.find('"', 2) - 2);
  reply(join_ref, R"({"status":"error","response":{"reason":"unknown root"}})");
  EXPECT_EQ(root.status(), remote_status::refused);
  EXPECT_EQ(root.why(), "unknown root");
  EXPECT_EQ(net.next(), "");
  run_for(1100ms);
  join();
  EXPECT_EQ(root.status(), remote_status::live);
}

TEST_F(remote_servers, mount_again_a_second_after_the_store_has_ended) {
  mount();
  message("\"" + join_ref + "\"", "phx_error", "{}");
  EXPECT_EQ(root.status(), remote_status::reconnecting);
  EXPECT_EQ(net.next(), "");
  run_for(1100ms);
  join(R"({"n":2})");
  EXPECT_EQ(root.state_text(), R"({"n":2})");
}

TEST_F(remote_servers, connect_again_with_growing_pauses) {
  net.unreachable = true;
  run_for(20s);
  EXPECT_EQ(root.why(), "there is no stream to connect with");
  net.unreachable = false;
  run_for(5s);
  mount();
  EXPECT_EQ(root.status(), remote_status::live);
  for (int i = 0; i < 3; ++i) {
    net.hang_up();
    run_for(20ms);
    EXPECT_EQ(root.status(), remote_status::reconnecting);
    EXPECT_EQ(root.state_text(), R"({"n":1})");
    mount();
    EXPECT_EQ(root.status(), remote_status::live);
  }
}

TEST_F(remote_servers, tell_the_others_when_one_that_is_told_unmounts_the_next) {
  struct jealous_root : remote_root {
    using remote_root::remote_root;
    void on_change() noexcept override {
      if (status() == remote_status::reconnecting) next.reset();
    }
    std::optional<heard_root> next;
  };
  virtual_host other_host;
  played_network other_net;
  remote_limits limits = small_remote;
  limits.roots = 3;
  region other_memory{remote_server::bytes(limits)};
  remote_server other{
      other_host.loop(), other_net, {"board", "/socket"}, limits, other_memory.begin()};
  jealous_root first(other, "M", "a");
  first.next.emplace(other, "M", "b");
  heard_root last(other, "M", "c");
  const auto settle = [&] {
    do {
      other_host.run();
    } while (other_net.tell());
    other_host.run();
  };
  settle();
  (void)other_net.accept();
  settle();
  for (const std::string id : {"a", "b", "c"}) {
    const std::string joining = other_net.next();
    const std::string ref = joining.substr(2, joining.find('"', 2) - 2);
    const std::string head = "[\"" + ref + "\",";
    const std::string topic = "\"musubi:connection:M:" + id + "\",";
    other_net.text(head + "\"" + ref + "\"," + topic +
                   R"("phx_reply",{"status":"ok","response":{}}])");
    other_net.text(
        head + "null," + topic + R"("patch",{"type":"patch","root_id":"M:)" + id +
        R"(","base_version":0,"version":1,"ops":[{"op":"replace","path":"","value":{}}],)" +
        R"("stream_ops":[],"upload_ops":[],"events":[]}])");
    settle();
  }
  ASSERT_EQ(last.status(), remote_status::live);
  other_net.hang_up();
  settle();
  EXPECT_FALSE(first.next.has_value());
  EXPECT_EQ(last.status(), remote_status::reconnecting);
}

TEST_F(remote_servers, survive_a_connection_that_is_cut_after_any_byte) {
  for (std::size_t cut = 0; cut < 900; ++cut) {
    net.most_bytes = cut;
    run_for(10ms);
    (void)net.accept();
    run();
    if (server.connected()) join();
    net.hang_up();
    run_for(5100ms);
    while (!net.next().empty()) {
    }
  }
  net.most_bytes = SIZE_MAX;
  net.hang_up();
  run_for(5100ms);
  mount(R"({"n":7})");
  EXPECT_EQ(root.state_text(), R"({"n":7})");
}

TEST_F(remote_servers, read_messages_that_come_byte_by_byte_and_in_fragments) {
  mount();
  const std::string text =
      "[\"" + join_ref +
      R"(",null,"musubi:connection:M:a","patch",{"type":"patch","root_id":"M:a","base_version":1,"version":2,"ops":[{"op":"add","path":"/u","value":"ü"}],"stream_ops":[],"events":[]}])";
  std::string bytes = played_network::frame(0x01, text.substr(0, 50)) +
                      played_network::frame(0x89, "ping") +
                      played_network::frame(0x00, text.substr(50, 100)) +
                      played_network::frame(0x80, text.substr(150));
  for (const char each : bytes) {
    net.say({&each, 1});
    run();
  }
  EXPECT_EQ(root.state_text(), R"({"n":1,"u":"ü"})");
  EXPECT_EQ(net.next(), "ping");
}

TEST_F(remote_servers, end_a_connection_that_breaks_the_protocol_with_the_reason) {
  const std::pair<std::string, std::string_view> cases[] = {
      {played_network::frame(0xC1, "{}"), "the server breaks the protocol: reserved bit set"},
      {played_network::frame(0x83, "{}"), "the server breaks the protocol: reserved opcode"},
      {played_network::frame(0x82, "{}"), "the server breaks the protocol: a binary message"},
      {played_network::frame(0x80, "{}"),
       "the server breaks the protocol: continuation of no message"},
      {played_network::frame(0x09, ""), "the server breaks the protocol: fragmented control"},
      {client_text("{}"), "the server breaks the protocol: masked frame"},
      {played_network::frame(0x81, "\xFF\xFF"),
       "the server breaks the protocol: text is not UTF-8"},
      {played_network::frame(0x81, "[1,2"), "the server breaks the protocol: a malformed message"},
      {std::string("\x81\x7E\x40\x00", 4),
       "the server breaks the protocol: a message is longer than message_bytes"},
      {std::string("\x81\x7E\x00\x01", 4), "the server breaks the protocol: length not minimal"},
  };
  for (const auto& [bytes, why] : cases) {
    mount();
    net.say(bytes);
    run();
    EXPECT_EQ(server.why(), why);
    EXPECT_EQ(root.status(), remote_status::reconnecting);
    run_for(20ms);
  }
}

TEST_F(remote_servers, tell_what_is_no_musubi_server) {
  const std::pair<std::string_view, std::string_view> cases[] = {
      {"HTTP/1.1 403 Forbidden\r\n\r\n", "the server refuses the connection with 403"},
      {"SSH-2.0-OpenSSH_9.2\r\n", "this is no Musubi server: the answer is not HTTP/1.1"},
      {"HTTP/1.1 abc\r\n\r\n", "this is no Musubi server: the answer has no status"},
      {"HTTP/1.1 101 x\r\n\r\n",
       "this is no Musubi server: the answer does not upgrade to a WebSocket"},
      {"HTTP/1.1 101 x\r\nUpgrade: websocket\r\nConnection: upgrade\r\n"
       "Sec-WebSocket-Accept: no\r\n\r\n",
       "this is no Musubi server: the answer is to another request"},
      {"HTTP/1.1 101 x\r\nno field\r\n\r\n",
       "this is no Musubi server: the answer has a malformed field"},
  };
  for (const auto& [answer, why] : cases) {
    run_for(5s);
    net.say(answer);
    run();
    EXPECT_EQ(server.why(), why);
  }
}

TEST_F(remote_servers, tell_a_refused_connection_from_a_server_that_is_away) {
  const std::pair<std::string_view, remote_status> cases[] = {
      {"HTTP/1.1 403 Forbidden\r\n\r\n", remote_status::refused},
      {"HTTP/1.1 503 Full\r\n\r\n", remote_status::connecting},
      {"HTTP/1.1 404 Not Found\r\n\r\n", remote_status::refused},
  };
  for (const auto& [answer, status] : cases) {
    run_for(5s);
    net.say(answer);
    run();
    EXPECT_EQ(root.status(), status) << answer;
    EXPECT_EQ(root.why(), server.why());
  }
  run_for(5s);
  mount();
  EXPECT_EQ(root.status(), remote_status::live);
}

TEST_F(remote_servers, notice_a_server_that_does_not_answer_heartbeats) {
  mount();
  run_for(31s);
  EXPECT_NE(net.next().find(R"("phoenix","heartbeat",{}])"), std::string::npos);
  EXPECT_EQ(root.status(), remote_status::live);
  run_for(30s);
  EXPECT_EQ(root.status(), remote_status::reconnecting);
  EXPECT_EQ(server.why(), "the server does not answer heartbeats");
}

TEST_F(remote_servers, give_each_command_its_answer) {
  mount();
  kept_call ok;
  kept_call refused;
  kept_call third;
  EXPECT_TRUE(ok.send(root, "add", R"({"by":1})"));
  EXPECT_TRUE(refused.send(root, "no", "{}", R"(["lines","x"])"));
  EXPECT_FALSE(third.send(root, "add", "{}"));
  EXPECT_EQ(third.outcome(), remote_outcome::exhausted);
  const std::string first = net.next();
  const std::string second = net.next();
  EXPECT_NE(first.find(R"("command",{"store_id":[],"name":"add","payload":{"by":1}}])"),
            std::string::npos)
      << first;
  EXPECT_NE(second.find(R"({"store_id":["lines","x"],"name":"no","payload":{}})"),
            std::string::npos);
  const auto ref_of = [&](const std::string& message) {
    const std::size_t begin = join_ref.size() + 5;
    return message.substr(begin, message.find('"', begin) - begin);
  };
  reply(ref_of(second), R"({"status":"error","response":{"reason":"no"}})");
  reply(ref_of(first), R"({"status":"ok","response":{"sum":2}})");
  EXPECT_EQ(ok.outcome(), remote_outcome::ok);
  EXPECT_EQ(ok.answer, R"({"sum":2})");
  EXPECT_EQ(refused.outcome(), remote_outcome::refused);
  EXPECT_EQ(refused.answer, R"({"reason":"no"})");
}

TEST_F(remote_servers, refuse_a_command_beyond_a_limit_and_name_it) {
  mount();
  kept_call long_one;
  EXPECT_FALSE(long_one.send(root, "add", "\"" + std::string(3000, 'x') + "\""));
  EXPECT_EQ(long_one.outcome(), remote_outcome::exhausted);
  EXPECT_EQ(long_one.limit(), "outgoing_bytes");
  kept_call first;
  kept_call second;
  kept_call third;
  EXPECT_TRUE(first.send(root, "add", "{}"));
  EXPECT_TRUE(second.send(root, "add", "{}"));
  EXPECT_FALSE(third.send(root, "add", "{}"));
  EXPECT_EQ(third.limit(), "calls");
}

TEST_F(remote_servers, end_commands_that_are_late_or_lose_their_connection) {
  mount();
  kept_call late;
  kept_call lost;
  EXPECT_TRUE(late.send(root, "add", "{}"));
  run_for(10100ms);
  EXPECT_EQ(late.outcome(), remote_outcome::timed_out);
  EXPECT_TRUE(lost.send(root, "add", "{}"));
  net.hang_up();
  run();
  EXPECT_EQ(lost.outcome(), remote_outcome::lost);
  EXPECT_FALSE(lost.send(root, "add", "{}"));
  EXPECT_EQ(lost.outcome(), remote_outcome::not_live);
}

TEST_F(remote_servers, refuse_a_root_beyond_the_limit) {
  heard_root second(server, "M", "b");
  heard_root third(server, "M", "c");
  EXPECT_EQ(third.status(), remote_status::refused);
  EXPECT_EQ(third.why(), "remote_limits: roots are used up");
}

TEST_F(remote_servers, refuse_a_state_beyond_the_limit) {
  mount("\"" + std::string(3000, 'x') + "\"");
  EXPECT_EQ(root.status(), remote_status::refused);
  EXPECT_EQ(root.why(), "an envelope does not fit: the state is larger than tree_bytes");
}

// contract section 7.6
TEST_F(remote_servers, keep_the_items_of_streams) {
  mount(R"({"__musubi_store_id__":[],"log":{"__musubi_stream__":"log"}})");
  const auto insert = [](int id, int at, std::string_view limit) {
    return R"({"op":"insert","stream":"log","ref":"0","store_id":[],"item_key":"log-)" +
           std::to_string(id) + R"(","at":)" + std::to_string(at) + R"(,"item":)" +
           std::to_string(id) + R"(,"limit":)" + std::string(limit) + "}";
  };
  patch(
      1, "[]",
      "[" + insert(1, -1, "null") + "," + insert(2, -1, "null") + "," + insert(3, 0, "null") + "]");
  const auto items = [&] {
    std::string list;
    json::reader from(root.items_text("[]", "log"));
    (void)from.elements([&] {
      const std::string_view item = from.raw();
      list += item.substr(item.rfind(':') + 1, item.size() - item.rfind(':') - 2);
      return true;
    });
    return list;
  };
  EXPECT_EQ(items(), "312");
  patch(2, "[]", "[" + insert(4, 1, "3") + "]");
  EXPECT_EQ(items(), "412");
  patch(3, "[]", "[" + insert(2, 0, "-2") + "]");
  EXPECT_EQ(items(), "24");
  patch(4, "[]", R"([{"op":"delete","stream":"log","ref":"0","store_id":[],"item_key":"log-2"}])");
  EXPECT_EQ(items(), "4");
  patch(5, "[]", R"([{"op":"reset","stream":"log","ref":"0","store_id":[]}])");
  EXPECT_EQ(items(), "");
}

// --- the captures of the original server, played (contract section 17) ---

std::string printed(const cJSON* item) {
  char* const text = cJSON_PrintUnformatted(item);
  std::string made = text;
  cJSON_free(text);
  return made;
}

/// A capture, and the client that it is played to.
class played_capture {
 public:
  explicit played_capture(const std::string& text)
      : capture_(cJSON_Parse(text.c_str()), &cJSON_Delete) {
    EXPECT_NE(capture_, nullptr);
    const cJSON* const join = cJSON_GetObjectItem(frames()->child, "payload");
    module_ = cJSON_GetObjectItem(join, "module")->valuestring;
    id_ = cJSON_GetObjectItem(join, "id")->valuestring;
    params_ = printed(cJSON_GetObjectItem(join, "params"));
  }
  [[nodiscard]] remote_server& server() { return server_; }
  [[nodiscard]] const std::string& module() const { return module_; }
  [[nodiscard]] const std::string& id() const { return id_; }
  [[nodiscard]] const std::string& params() const { return params_; }
  [[nodiscard]] const cJSON* expected() const {
    return cJSON_GetObjectItem(capture_.get(), "expected_state");
  }

  /// Plays the server to `root`, which mounts what the capture has.
  void play(remote_root& root) {
    run();
    (void)net_.accept();
    run();
    std::string request;
    const cJSON* frame = nullptr;
    kept_call call;
    cJSON_ArrayForEach(frame, frames()) {
      const cJSON* const payload = cJSON_GetObjectItem(frame, "payload");
      const std::string event = cJSON_GetObjectItem(frame, "event")->valuestring;
      if (std::string_view("out") == cJSON_GetObjectItem(frame, "dir")->valuestring) {
        if (event == "command") {
          const cJSON* const store = cJSON_GetObjectItem(payload, "store_id");
          const cJSON* const name = cJSON_GetObjectItem(payload, "name");
          const cJSON* const sent = cJSON_GetObjectItem(payload, "payload");
          (void)call.send(root, cJSON_IsString(name) ? name->valuestring : "",
                          sent == nullptr ? "{}" : printed(sent),
                          store == nullptr ? "[]" : printed(store));
          request = net_.next();
        } else if (event == "phx_join" || request.empty()) {
          request = net_.next();
        }
        if (event != "phx_leave") continue;
        break;  // what follows is another root on the same topic
      }
      json::reader parts(request);
      std::string refs[2];
      if (!parts.take('[')) continue;
      for (std::string& each : refs) {
        each = std::string(parts.raw());
        (void)parts.take(',');
      }
      net_.text("[" + refs[0] + "," + (event == "patch" ? "null" : refs[1]) +
                ",\"musubi:connection:" + module_ + ":" + id_ + "\",\"" + event + "\"," +
                printed(payload) + "]");
      run();
    }
  }

 private:
  [[nodiscard]] const cJSON* frames() const {
    return cJSON_GetObjectItem(capture_.get(), "frames");
  }
  void run() {
    do {
      host_.run();
    } while (net_.tell());
  }

  static constexpr remote_limits limits{};
  std::unique_ptr<cJSON, void (*)(cJSON*)> capture_;
  std::string module_;
  std::string id_;
  std::string params_;
  virtual_host host_;
  played_network net_;
  std::unique_ptr<region> memory_ = std::make_unique<region>(remote_server::bytes(limits));
  remote_server server_{host_.loop(), net_, {"board", "/socket"}, limits, memory_->begin()};
};

std::string text_of(const std::filesystem::path& path) {
  std::ifstream file(path);
  std::stringstream all;
  all << file.rdbuf();
  return all.str();
}

class captures : public ::testing::TestWithParam<std::filesystem::path> {};

TEST_P(captures, leave_the_client_with_the_state_that_they_name) {
  const std::string text = text_of(GetParam());
  played_capture capture(text);
  heard_root root(capture.server(), capture.module(), capture.id(), capture.params());
  capture.play(root);
  const bool left = text.find("phx_leave") != std::string::npos;
  if (cJSON_IsNull(capture.expected()) != 0) {
    EXPECT_EQ(root.status(), remote_status::refused);
    EXPECT_EQ(root.why(), "unknown root");
  } else if (!left) {
    cJSON* const known = cJSON_Parse(std::string(root.state_text()).c_str());
    EXPECT_TRUE(cJSON_Compare(known, capture.expected(), 1) != 0) << root.state_text() << "\n"
                                                                  << printed(capture.expected());
    cJSON_Delete(known);
  }
}

struct Toast {
  text<16> msg;
};
struct event_root {
  static constexpr std::string_view module = "Musubi.WireCapture.Stores.EventRootStore";
  struct State {
    text<16> title;
  };
  using events = musubi::events<Toast>;
};
struct panel_store {
  struct State {
    text<16> label;
  };
  using events = musubi::events<Toast>;
};
struct toggle_root {
  static constexpr std::string_view module = "Musubi.WireCapture.Stores.ToggleRootStore";
  struct State {
    std::optional<child<panel_store>> panel;
  };
};
struct heard_toasts {
  void handle_info(const Toast& toast) { heard += "root: " + std::string(toast.msg.view()); }
  void handle_info(const Toast& toast, const remote_place& from) {
    heard += std::string(from.id) + ": " + std::string(toast.msg.view());
  }
  std::string heard;
};

TEST(a_typed_listener, is_told_of_the_event_in_a_capture) {
  const std::filesystem::path folder = MUSUBI_TEST_WIRE;
  played_capture capture(text_of(folder / "event_only_cycle.json"));
  remote<event_root> root(capture.server(), capture.id(), capture.params());
  heard_toasts owner;
  const remote<event_root>::listener<heard_toasts> hears(root, owner);
  capture.play(root);
  EXPECT_EQ(owner.heard, "root: saved");
}

TEST(a_typed_listener, is_told_of_an_event_of_a_child_in_a_capture_while_the_child_is_there) {
  const std::filesystem::path folder = MUSUBI_TEST_WIRE;
  std::string text = text_of(folder / "child_mount_unmount.json");
  // no capture has an event of a child: it pushes one with each envelope
  const std::string none = R"("events": [])";
  const std::string one =
      R"("events": [{"name": "toast", "payload": {"msg": "hi"}, "store_id": ["panel"]}])";
  std::size_t envelopes = 0;
  for (std::size_t at = 0; (at = text.find(none, at)) != std::string::npos; at += one.size()) {
    text.replace(at, none.size(), one);
    ++envelopes;
  }
  ASSERT_EQ(envelopes, 3U);
  played_capture capture(text);
  remote<toggle_root> root(capture.server(), capture.id(), capture.params());
  heard_toasts owner;
  const remote<toggle_root>::listener<heard_toasts> hears(root, owner);
  capture.play(root);
  EXPECT_EQ(owner.heard, "panel: hi");
}

std::vector<std::filesystem::path> all_captures() {
  std::vector<std::filesystem::path> found;
  for (const auto& each : std::filesystem::directory_iterator(MUSUBI_TEST_WIRE)) {
    if (each.path().extension() == ".json") found.push_back(each.path());
  }
  std::sort(found.begin(), found.end());
  return found;
}

INSTANTIATE_TEST_SUITE_P(of_the_original, captures, ::testing::ValuesIn(all_captures()),
                         [](const auto& each) { return each.param.stem().string(); });

}  // namespace
}  // namespace musubi::test
