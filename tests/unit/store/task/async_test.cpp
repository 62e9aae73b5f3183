/// Tasks of stores, and news for them: contract sections 5.9 and 8.

#include <gtest/gtest.h>
#include <stdexcept>
#include <string>

#include <musubi/async/event.hpp>
#include <musubi/async/sleep.hpp>
#include <musubi/store/send_update.hpp>
#include <musubi/store/task/async_calls.hpp>
#include <musubi/testkit/mounted.hpp>

namespace musubi::test {
namespace {

using namespace std::chrono_literals;

struct forecast {
  text<15> sky;
};
struct sent {
  std::int32_t id;
};
struct post {
  std::int32_t id;
};

task<result<forecast>> fetch(text<15> sky, duration after) {
  co_await musubi::sleep(after);
  if (sky == "broken") co_return refuse(reason_text::clipped("no_", "contact"));
  if (sky == "bad") throw std::runtime_error("bad");
  co_return forecast{sky};
}
task<result<std::tuple<forecast, std::int32_t>>> fetch_both(bool well) {
  co_await musubi::sleep(1s);
  if (!well) co_return refuse("neither");
  co_return std::tuple(forecast{"clear"}, 7);
}
task<result<sent>> send(std::int32_t id) {
  co_await musubi::sleep(1s);
  if (id < 0) co_return refuse("unsendable");
  co_return sent{id};
}
task<result<stream_items<post, 4>>> history(bool well) {
  co_await musubi::sleep(1s);
  if (!well) co_return refuse("lost");
  stream_items<post, 4> found;
  found.reset = true;
  (void)found.items.push_back({1});
  (void)found.items.push_back({2});
  co_return found;
}

struct remark {
  static constexpr std::string_view module = "Test.Remark";
  struct State {
    std::int32_t token;
    async<forecast> weather;
  };
  struct Load {};
  using commands = musubi::commands<Load>;
  status handle(const Load&, context& ctx) {
    return ctx.assign_async<&remark::weather>(*this, fetch("clear", 1s));
  }
  void update(const sent& news, context&) { token = news.id; }
  State render() const { return {token, weather}; }
  std::int32_t token = 0;
  async<forecast> weather;
};

struct station {
  static constexpr std::string_view module = "Test.Station";
  struct State {
    async<forecast> weather;
    async<std::int32_t> pressure;
    async<stream<post>> posts;
    std::int32_t last_sent;
    text<31> trouble;
    std::optional<child<remark>> note;
  };
  struct Load {
    text<15> sky;
    bool reset;
    std::int32_t timeout;
  };
  struct Both {
    bool well;
    bool reset = false;
  };
  struct Cancel {};
  struct Leave {};
  struct Send {
    std::int32_t id;
  };
  struct Forget {};
  struct Posts {
    bool well;
  };
  struct Drop {};
  struct Tell {
    std::int32_t token;
  };
  using commands = musubi::commands<Load, Both, Cancel, Leave, Send, Forget, Posts, Drop, Tell>;

  status handle(const Load& command, context& ctx) {
    return ctx.assign_async<&station::weather>(
        *this, fetch(command.sky, 1s),
        {.timeout = std::chrono::milliseconds(command.timeout), .reset = command.reset});
  }
  status handle(const Both& command, context& ctx) {
    return ctx.assign_async<&station::weather, &station::pressure>(*this, fetch_both(command.well),
                                                                   {.reset = command.reset});
  }
  status handle(const Cancel&, context& ctx) {
    ctx.cancel_async<&station::weather>();
    return {};
  }
  status handle(const Leave&, context& ctx) {
    ctx.cancel_async<&station::weather>("user_left");
    return {};
  }
  status handle(const Send& command, context& ctx) {
    return ctx.start_async(*this, send(command.id), 3s);
  }
  status handle(const Forget&, context& ctx) {
    ctx.cancel_async<sent>();
    return {};
  }
  status handle(const Posts& command, context& ctx) {
    return ctx.stream_async<&station::posts, &State::posts>(*this, history(command.well));
  }
  status handle(const Drop&, context&) {
    shows_note = !shows_note;
    return {};
  }
  status handle(const Tell& command, context& ctx) {
    return ctx.send_update<remark>(sent{command.token}, "note");
  }
  void handle_async(const result<sent>& outcome, context&) {
    if (outcome.ok()) {
      last_sent = outcome->id;
      if (last_sent == 13) throw std::runtime_error("unlucky");
    } else {
      trouble = text<31>::clipped(outcome.error().reason());
    }
  }
  State render() const {
    State made{weather, pressure, posts, last_sent, trouble, {}};
    if (shows_note) made.note.emplace("note");
    return made;
  }

  async<forecast> weather;
  async<std::int32_t> pressure;
  async<stream<post>> posts;
  std::int32_t last_sent = 0;
  text<31> trouble;
  bool shows_note = true;
};

class a_page_with_tasks : public testing::Test {
 protected:
  a_page_with_tasks() { (void)page.take_envelopes(); }
  std::string ops() {
    std::string all;
    for (const std::string& each : page.take_envelopes()) {
      const std::size_t begin = each.find("\"ops\":[") + 7;
      all += each.substr(begin, each.find("],\"upload_ops\"") - begin) + "\n";
    }
    return all;
  }
  std::string after(duration by) {
    page.advance(by);
    return ops();
  }
  testkit::mounted<station> page;
};

constexpr const char* ok_clear =
    R"({"op":"replace","path":"/weather/status","value":"ok"},)"
    R"({"op":"replace","path":"/weather/result","value":{"sky":"clear"}}],"stream_ops":[)"
    "\n";

// contract section 8.2
TEST_F(a_page_with_tasks, shows_loading_and_nothing_else_at_first) {
  EXPECT_NE(page.tree().find(R"("weather":{"__musubi_async__":true,"status":"loading",)"
                             R"("result":null,"reason":null})"),
            std::string::npos);
}

// contract sections 8.1 and 8.3
TEST_F(a_page_with_tasks, sends_nothing_when_it_loads_what_was_loading) {
  EXPECT_TRUE(page.dispatch(station::Load{"clear", false, 0}).ok);
  EXPECT_EQ(ops(), "");
  EXPECT_EQ(after(1s), ok_clear);
}

// contract sections 8.1 and 8.3
TEST_F(a_page_with_tasks, keeps_the_old_value_while_it_loads_a_new_one) {
  (void)page.dispatch(station::Load{"clear", false, 0});
  (void)after(1s);
  (void)page.dispatch(station::Load{"grey", false, 0});
  EXPECT_EQ(ops(),
            "{\"op\":\"replace\",\"path\":\"/weather/status\",\"value\":\"loading\"}],"
            "\"stream_ops\":[\n");
  EXPECT_EQ(after(1s), R"({"op":"replace","path":"/weather/status","value":"ok"},)"
                       R"({"op":"replace","path":"/weather/result/sky","value":"grey"}],)"
                       R"("stream_ops":[)"
                       "\n");
}

// contract sections 8.2 and 8.3
TEST_F(a_page_with_tasks, shows_the_error_of_the_task_beside_the_old_value_even_after_a_reset) {
  (void)page.dispatch(station::Load{"clear", false, 0});
  (void)after(1s);
  (void)page.dispatch(station::Load{"broken", true, 0});
  EXPECT_NE(ops().find(R"("path":"/weather/result","value":null)"), std::string::npos);
  EXPECT_EQ(after(1s), R"({"op":"replace","path":"/weather/status","value":"failed"},)"
                       R"({"op":"replace","path":"/weather/result","value":{"sky":"clear"}},)"
                       R"({"op":"replace","path":"/weather/reason","value":)"
                       R"({"kind":"error","value":"no_contact"}}],"stream_ops":[)"
                       "\n");
}

// contract sections 8.2 and 8.5
TEST_F(a_page_with_tasks, fails_what_takes_too_long) {
  (void)page.dispatch(station::Load{"clear", false, 500});
  EXPECT_NE(after(500ms).find(R"({"kind":"exit","value":"timeout"})"), std::string::npos);
  EXPECT_EQ(after(1s), "");
  EXPECT_EQ(page.bench().memory.asyncs.metrics().used, 0U);
}

// contract section 8.2
TEST_F(a_page_with_tasks, fails_what_throws) {
  (void)page.dispatch(station::Load{"bad", false, 0});
  EXPECT_NE(after(1s).find(R"({"kind":"exit","value":"the task threw"})"), std::string::npos);
  EXPECT_FALSE(page.failed());
}

// contract section 8.5
TEST_F(a_page_with_tasks, fails_what_is_cancelled_with_the_reason) {
  (void)page.dispatch(station::Load{"clear", false, 0});
  (void)page.dispatch(station::Cancel{});
  EXPECT_NE(ops().find(R"({"kind":"exit","value":"{:shutdown, :cancel}"})"), std::string::npos);
  (void)page.dispatch(station::Load{"clear", false, 0});
  (void)page.dispatch(station::Leave{});
  EXPECT_NE(ops().find(R"("path":"/weather/reason","value":{"kind":"exit","value":"user_left"})"),
            std::string::npos);
  (void)page.dispatch(station::Leave{});
  EXPECT_EQ(ops(), "");
}

// contract section 8.5
TEST_F(a_page_with_tasks, lets_a_task_run_on_that_was_started_again_and_ignores_its_end) {
  (void)page.dispatch(station::Load{"first", false, 0});
  page.advance(500ms);
  (void)page.dispatch(station::Load{"clear", false, 0});
  EXPECT_EQ(page.bench().memory.asyncs.metrics().used, 2U);
  EXPECT_EQ(after(500ms), "");
  EXPECT_EQ(page.bench().counters.asyncs_discarded, 1U);
  EXPECT_EQ(after(500ms), ok_clear);
}

// contract section 8.3
TEST_F(a_page_with_tasks, takes_several_values_of_one_task_in_one_cycle) {
  (void)page.dispatch(station::Both{true});
  EXPECT_EQ(after(1s), R"({"op":"replace","path":"/weather/status","value":"ok"},)"
                       R"({"op":"replace","path":"/weather/result","value":{"sky":"clear"}},)"
                       R"({"op":"replace","path":"/pressure/status","value":"ok"},)"
                       R"({"op":"replace","path":"/pressure/result","value":7}],"stream_ops":[)"
                       "\n");
  (void)page.dispatch(station::Both{false});
  (void)ops();
  const std::string failed = after(1s);
  EXPECT_NE(failed.find(R"("path":"/weather/reason")"), std::string::npos);
  EXPECT_NE(failed.find(R"("path":"/pressure/reason")"), std::string::npos);
}

// contract section 8.5
TEST_F(a_page_with_tasks, keeps_a_task_of_one_value_and_one_of_several_apart) {
  (void)page.dispatch(station::Load{"clear", false, 0});
  (void)page.dispatch(station::Both{true});
  page.advance(1s);
  EXPECT_EQ(page.bench().counters.asyncs_discarded, 0U);
}

// contract section 8.4
TEST_F(a_page_with_tasks, hands_over_what_a_started_task_yields) {
  (void)page.dispatch(station::Send{4});
  EXPECT_NE(after(1s).find(R"("path":"/last_sent","value":4)"), std::string::npos);
  (void)page.dispatch(station::Send{-1});
  EXPECT_NE(after(1s).find(R"("path":"/trouble","value":"unsendable")"), std::string::npos);
  (void)page.dispatch(station::Send{5});
  (void)page.dispatch(station::Forget{});
  EXPECT_NE(ops().find(R"("path":"/trouble","value":"cancelled")"), std::string::npos);
}

// contract sections 4.6 and 8.4
TEST_F(a_page_with_tasks, lives_on_when_its_handle_async_throws) {
  (void)page.dispatch(station::Send{13});
  page.advance(1s);
  EXPECT_FALSE(page.failed());
}

// contract section 8.6
TEST_F(a_page_with_tasks, fills_a_stream_in_the_envelope_that_says_it_is_there) {
  (void)page.dispatch(station::Posts{true});
  EXPECT_EQ(after(1s),
            R"({"op":"replace","path":"/posts/status","value":"ok"}],"stream_ops":[)"
            R"({"op":"reset","stream":"posts","ref":"0","store_id":[]},)"
            R"({"op":"insert","stream":"posts","ref":"0","store_id":[],"item_key":"posts-1",)"
            R"("at":-1,"item":{"id":1},"limit":null},)"
            R"({"op":"insert","stream":"posts","ref":"0","store_id":[],"item_key":"posts-2",)"
            R"("at":-1,"item":{"id":2},"limit":null})"
            "\n");
  (void)page.dispatch(station::Posts{false});
  (void)ops();
  EXPECT_EQ(after(1s),
            R"({"op":"replace","path":"/posts/status","value":"failed"},)"
            R"({"op":"replace","path":"/posts/reason","value":{"kind":"error","value":"lost"}}],)"
            R"("stream_ops":[)"
            "\n");
}

// contract section 8.5
TEST_F(a_page_with_tasks, ends_the_tasks_of_a_child_that_goes) {
  (void)page.dispatch(remark::Load{}, "note");
  EXPECT_EQ(page.bench().memory.asyncs.metrics().used, 1U);
  (void)page.dispatch(station::Drop{});
  EXPECT_EQ(page.bench().memory.asyncs.metrics().used, 0U);
  (void)page.dispatch(station::Drop{});
  (void)ops();
  EXPECT_EQ(after(2s), "");
}

TEST_F(a_page_with_tasks, answers_that_there_is_no_room_for_one_task_more) {
  for (int i = 0; i < 32; ++i) (void)page.dispatch(station::Load{"clear", false, 0});
  EXPECT_EQ(page.dispatch(station::Load{"clear", false, 0}).body,
            R"({"reason":"exhausted","pool":"asyncs"})");
  EXPECT_FALSE(page.failed());
}

TEST_F(a_page_with_tasks, keeps_the_old_values_where_there_is_no_room_for_a_task) {
  (void)page.dispatch(station::Both{true});
  (void)after(2s);
  for (int i = 0; i < 32; ++i) (void)page.dispatch(station::Posts{true});
  constexpr std::string_view no_room = R"({"reason":"exhausted","pool":"asyncs"})";
  EXPECT_EQ(page.dispatch(station::Both{true, true}).body, no_room);
  EXPECT_EQ(page.store().weather.status, async_status::failed);
  EXPECT_TRUE(page.store().weather.result.has_value());
  EXPECT_TRUE(page.store().pressure.result.has_value());
  EXPECT_EQ(page.dispatch(station::Load{"clear", true, 0}).body, no_room);
  EXPECT_TRUE(page.store().weather.result.has_value());
}

struct shelf {
  static constexpr std::string_view module = "Test.Shelf";
  struct State {
    async<std::optional<text<15>>> newest;
  };
  static task<result<std::optional<text<15>>>> look() {
    co_await musubi::sleep(1s);
    co_return std::optional<text<15>>();
  }
  status mount(context& ctx) { return ctx.assign_async<&shelf::newest>(*this, look()); }
  State render() const { return {newest}; }
  async<std::optional<text<15>>> newest;
};

// contract section 8.2: the result of a task that finds nothing is null, as it was while loading
TEST(an_async_optional, that_finds_nothing_sends_its_status_only) {
  testkit::mounted<shelf> page;
  (void)page.take_envelopes();
  page.advance(1s);
  EXPECT_NE(page.take_envelopes().front().find(
                R"("ops":[{"op":"replace","path":"/newest/status","value":"ok"}],)"),
            std::string::npos);
}

// contract section 5.9
TEST_F(a_page_with_tasks, hands_news_to_the_store_that_they_are_for) {
  (void)page.dispatch(station::Tell{3});
  EXPECT_EQ(ops(), "{\"op\":\"replace\",\"path\":\"/note/token\",\"value\":3}],\"stream_ops\":[\n");
}

// contract section 5.9
TEST_F(a_page_with_tasks, counts_news_for_nobody) {
  (void)page.dispatch(station::Drop{});
  (void)ops();
  (void)page.dispatch(station::Tell{3});
  EXPECT_EQ(ops(), "");
  EXPECT_EQ(page.bench().counters.updates_without_target, 1U);
}

}  // namespace
}  // namespace musubi::test
