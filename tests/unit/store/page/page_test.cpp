/// A page against a client that is a string: cycles, versions, and what waits while it is behind.

#include "unit/memory/region.hpp"

#include <gtest/gtest.h>
#include <memory>
#include <optional>
#include <stdexcept>
#include <string>

#include <musubi/async/event.hpp>
#include <musubi/async/sleep.hpp>
#include <musubi/host/topic.hpp>
#include <musubi/memory/text.hpp>
#include <musubi/store/page/internal/root_page.hpp>

namespace musubi::test {
namespace {

struct tidings {
  std::int32_t number;
};

struct visitor {
  text<16> name;
};

/// What the store of these tests does is steered from outside.
struct scene {
  topic<tidings> news;
  event gate;
  int renders = 0;
  std::string log;
  bool publish_in_mount = false;
};
scene* current = nullptr;

struct play {
  static constexpr std::string_view module = "Test.Play";
  struct Params {
    text<8> title;
    std::optional<text<8>> subtitle;
  };
  struct State {
    std::int32_t act;
    text<8> title;
    text<16> audience;
  };
  struct Next {};
  struct Tell {
    std::int32_t number;
  };
  struct Pause {};
  struct Break {};
  using commands = musubi::commands<Next, Tell, Pause, Break>;

  status mount(const Params& params, context& ctx) {
    title = params.title;
    status subscribed = ctx.subscribe(*this, current->news);
    if (current->publish_in_mount) current->news.publish({9});
    return subscribed;
  }
  void terminate(std::string_view reason, context&) {
    current->log += "end " + std::string(reason) + ";";
    current->news.publish({1});
  }
  void handle_info(const tidings& told, context&) {
    current->log += "info " + std::to_string(told.number) + ";";
    act = told.number;
  }
  status handle(const Next&, context&) {
    ++act;
    return {};
  }
  status handle(const Tell& command, context&) {
    current->log += "tell;";
    current->news.publish({command.number});
    current->log += "told;";
    return {};
  }
  task<status> handle(const Pause&, context& ctx) {
    co_await current->gate.wait();
    ++act;
    ctx.changed();
    co_return status();
  }
  status handle(const Break&, context&) { return musubi::fail("broken"); }
  State render(const context& ctx) const {
    ++current->renders;
    return {act, title, text<16>::clipped(ctx.socket<visitor>().name)};
  }

  std::int32_t act = 0;
  text<8> title;
};

/// The client of a page: what it was sent, one message a line.
class reader final : public page_sink {
 public:
  bool writable() const noexcept override { return reads; }
  bool takes_patch() const noexcept override { return reads && has_room; }
  json::writer& out() noexcept override { return *writer_; }
  void begin_reply(std::string_view ref, bool ok) noexcept override {
    open();
    writer_->raw(ok ? "ok " : "error ");
    writer_->raw(ref);
    writer_->raw(' ');
  }
  void end_reply() noexcept override { close(); }
  void begin_patch() noexcept override {
    EXPECT_TRUE(has_room) << "a patch that has to wait";
    open();
  }
  void end_patch() noexcept override { close(); }
  void write_root_id(json::writer& to) const noexcept override { to.raw("Test.Play:p"); }
  std::string_view plain_root_id() const noexcept override {
    return plain ? std::string_view("Test.Play:p") : "";
  }
  std::string_view id() const noexcept override { return "p"; }
  void service_wanted() noexcept override { ++wanted; }

  std::string take() { return std::exchange(text_, {}); }
  bool reads = true;
  bool has_room = true;
  bool plain = false;
  int wanted = 0;

 private:
  void open() {
    EXPECT_TRUE(reads) << "a message for a client that is behind";
    EXPECT_FALSE(open_) << "a message inside of a message";
    open_ = true;
    buffer_.emplace(room_, sizeof room_);
    writer_.emplace(*buffer_);
  }
  void close() {
    open_ = false;
    text_ += std::string(buffer_->view()) + "\n";
  }
  char room_[2048]{};
  std::optional<json::buffer_output> buffer_;
  json::buffer_output nowhere_{room_, 0};
  std::optional<json::writer> writer_{nowhere_};
  std::string text_;
  bool open_ = false;
};

/// What a host lends to its pages.
class stage final : waker {
 public:
  stage()
      : memory_(1U << 20U),
        carver_(memory_.carve()),
        mail_("mail", carver_, {{{256, 4}, {1024, 2}, {4096, 0}}}),
        subscriptions_("subscriptions", carver_, sizeof(subscription), 4),
        decode_("decode", carver_, 8192),
        loop(carver_, {{{512, 8}, {1024, 8}, {4096, 8}, {16384, 2}}}, *this) {
    loop.make_current();
    lent = {.host = &loop,
            .mail = &mail_,
            .subscriptions = &subscriptions_,
            .decode = &decode_,
            .render = std::span(render_),
            .counters = &counted,
            .handler_timeout = std::chrono::seconds(5),
            .mailbox = 3};
  }

 private:
  void wake() noexcept override {}
  region memory_;
  carver carver_;
  mail_pools mail_;
  block_pool subscriptions_;
  arena decode_;
  alignas(std::max_align_t) std::byte render_[sizeof(play::State)];

 public:
  runtime loop;
  page_counters counted{};
  page_resources lent{};
};

std::string envelope_text(int version, std::string_view ops) {
  return R"({"type":"patch","root_id":"Test.Play:p","base_version":)" +
         std::to_string(version - 1) + R"(,"version":)" + std::to_string(version) + R"(,"ops":[)" +
         std::string(ops) + "],\"stream_ops\":[],\"upload_ops\":[],\"events\":[]}\n";
}
std::string act(int number) {
  return R"({"op":"replace","path":"/act","value":)" + std::to_string(number) + "}";
}

class a_page : public testing::Test {
 protected:
  a_page() { current = &here; }
  ~a_page() override {
    if (mounted_) shown->destroy();
    current = nullptr;
  }
  bool mount(std::string_view params) { return shown->mount(params, error); }
  void show() {
    ASSERT_TRUE(mount(R"({"title":"t"})"));
    shown->send_initial();
    (void)client.take();
    client.wanted = 0;
  }
  void command(std::string_view name, std::string_view payload = "{}") {
    const std::string ref = std::to_string(++refs_);
    shown->receive({.ref = ref, .name = name, .store_id = "[]", .payload = payload});
  }
  void run() {
    (void)where.loop.poll(time_point());
    for (int i = 0; i < 10; ++i) {
      shown->service();
      (void)where.loop.poll(time_point());
    }
  }
  void tell(std::int32_t number) { here.news.publish({number}); }

  stage where;  // outlives the scene, whose topic it serves
  scene here;
  reader client;
  alignas(std::max_align_t) std::byte memory_[sizeof(root_page<play, visitor>)];
  visitor guest{"Ada"};
  page* shown = new (memory_) root_page<play, visitor>(where.lent, client, guest);
  mount_error error;
  bool mounted_ = true;
  int refs_ = 0;
};

// contract section 6.1
TEST_F(a_page, sends_its_whole_state_first) {
  ASSERT_TRUE(mount(R"({"title":"t"})"));
  EXPECT_EQ(client.take(), "");
  EXPECT_EQ(shown->version(), 0U);
  shown->send_initial();
  EXPECT_EQ(client.take(),
            envelope_text(1, R"({"op":"replace","path":"","value":{"__musubi_store_id__":[],)"
                             R"("act":0,"title":"t","audience":"Ada"}})"));
  EXPECT_EQ(shown->version(), 1U);
}

TEST_F(a_page, is_not_mounted_with_params_that_do_not_fit) {
  EXPECT_FALSE(mount(R"({"title":"far too long"})"));
  EXPECT_TRUE(error.bad_params);
}

TEST_F(a_page, takes_absent_optional_params_as_null) {
  EXPECT_TRUE(mount(R"({"title":"t"})"));
}

// contract sections 4.4 and 4.5
TEST_F(a_page, replies_and_patches) {
  show();
  command("next");
  EXPECT_EQ(client.take(), "ok 1 {}\n" + envelope_text(2, act(1)));
}

TEST_F(a_page, writes_the_same_head_the_short_way) {
  show();
  for (int act_now = 1; act_now < 120; ++act_now) {  // versions of one to three digits
    client.plain = !client.plain;
    command("next");
    EXPECT_EQ(client.take(),
              "ok " + std::to_string(act_now) + " {}\n" + envelope_text(act_now + 1, act(act_now)));
  }
}

// contract section 5.3
TEST_F(a_page, renders_once_for_each_command_and_not_for_a_refused_one) {
  show();
  const int before = here.renders;
  command("next");
  EXPECT_EQ(here.renders, before + 1);
  command("nope");
  command("tell", R"({"number":"x"})");
  EXPECT_EQ(here.renders, before + 1);
  EXPECT_EQ(where.counted.commands, 3U);
  EXPECT_EQ(where.counted.commands_refused, 2U);
}

TEST_F(a_page, keeps_what_its_own_handler_publishes_until_that_has_ended) {
  show();
  command("tell", R"({"number":5})");
  EXPECT_EQ(here.log, "tell;told;");
  EXPECT_EQ(client.take(), "ok 1 {}\n");
  run();
  EXPECT_EQ(here.log, "tell;told;info 5;");
  EXPECT_EQ(client.take(), envelope_text(2, act(5)));
}

TEST_F(a_page, keeps_what_its_own_mount_publishes_until_it_is_mounted) {
  here.publish_in_mount = true;
  ASSERT_TRUE(mount(R"({"title":"t"})"));
  EXPECT_EQ(here.log, "");
  shown->send_initial();
  (void)client.take();
  run();
  EXPECT_EQ(here.log, "info 9;");
  EXPECT_EQ(client.take(), envelope_text(2, act(9)));
}

TEST_F(a_page, does_not_receive_what_it_publishes_when_it_ends) {
  show();
  shown->terminate("left");
  EXPECT_EQ(here.log, "end left;");
}

TEST_F(a_page, waits_with_its_patch_for_the_end_of_the_turn_when_it_is_told_something) {
  show();
  tell(1);
  tell(2);
  EXPECT_EQ(client.take(), "");
  EXPECT_GT(client.wanted, 0);
  run();
  EXPECT_EQ(client.take(), envelope_text(2, act(2)));
}

TEST_F(a_page, writes_nothing_while_its_client_is_behind_and_one_patch_then) {
  show();
  client.reads = false;
  for (int i = 1; i <= 50; ++i) {
    tell(i);
    run();
  }
  client.reads = true;
  run();
  EXPECT_EQ(client.take(), envelope_text(2, act(50)));
  run();
  EXPECT_EQ(client.take(), "");
}

TEST_F(a_page, answers_at_once_where_there_is_no_room_for_a_patch) {
  show();
  client.has_room = false;
  command("next");
  command("next");
  run();
  EXPECT_EQ(client.take(), "ok 1 {}\nok 2 {}\n");
  EXPECT_GT(client.wanted, 0) << "it has to be served when there is room";
}

TEST_F(a_page, renders_once_when_there_is_room_again_and_sends_the_newest_state) {
  show();
  client.has_room = false;
  for (int i = 1; i <= 50; ++i) {
    tell(i);
    run();
  }
  command("next");
  const int before = here.renders;
  client.has_room = true;
  run();
  EXPECT_EQ(here.renders, before + 1);
  EXPECT_EQ(client.take(), "ok 1 {}\n" + envelope_text(2, act(51)));
  run();
  EXPECT_EQ(client.take(), "");
}

TEST_F(a_page, handles_what_waits_though_there_is_no_room_for_a_patch) {
  show();
  command("pause");
  command("next");
  client.has_room = false;
  here.gate.notify();
  run();
  EXPECT_EQ(client.take(), "ok 1 {}\nok 2 {}\n");
  client.has_room = true;
  run();
  EXPECT_EQ(client.take(), envelope_text(2, act(2)));
}

TEST_F(a_page, sends_its_whole_state_when_there_is_room_for_it) {
  ASSERT_TRUE(mount(R"({"title":"t"})"));
  client.has_room = false;
  shown->show();
  tell(3);
  run();
  EXPECT_EQ(client.take(), "");
  EXPECT_EQ(shown->version(), 0U);
  client.has_room = true;
  run();
  EXPECT_EQ(client.take(),
            envelope_text(1, R"({"op":"replace","path":"","value":{"__musubi_store_id__":[],)"
                             R"("act":0,"title":"t","audience":"Ada"}})") +
                envelope_text(2, act(3)));
}

TEST_F(a_page, writes_nothing_when_what_its_client_missed_has_been_undone) {
  show();
  client.reads = false;
  tell(1);
  tell(0);
  client.reads = true;
  run();
  EXPECT_EQ(client.take(), "");
  EXPECT_EQ(shown->version(), 1U);
}

TEST_F(a_page, keeps_the_reply_of_a_waiting_handler_for_a_client_that_is_behind) {
  show();
  command("pause");
  client.reads = false;
  here.gate.notify();
  run();
  client.reads = true;
  run();
  EXPECT_EQ(client.take(), "ok 1 {}\n" + envelope_text(2, act(1)));
}

TEST_F(a_page, handles_its_messages_in_order_behind_a_waiting_handler) {
  show();
  command("pause");
  tell(10);
  command("next");
  EXPECT_EQ(client.take(), "");
  here.gate.notify();
  run();
  EXPECT_EQ(client.take(),
            "ok 1 {}\n" + envelope_text(2, act(1)) + "ok 2 {}\n" + envelope_text(3, act(11)));
}

TEST_F(a_page, fails_rather_than_miss_a_message) {
  show();
  command("pause");
  for (int i = 0; i < 3; ++i) tell(i);
  EXPECT_FALSE(shown->failed());
  tell(3);
  EXPECT_TRUE(shown->failed());
}

TEST_F(a_page, does_nothing_more_once_it_failed) {
  show();
  command("break");
  EXPECT_TRUE(shown->failed());
  command("next");
  tell(5);
  run();
  EXPECT_EQ(client.take(), "");
  EXPECT_EQ(here.log, "");
  EXPECT_EQ(where.counted.failures, 1U);
}

}  // namespace
}  // namespace musubi::test
