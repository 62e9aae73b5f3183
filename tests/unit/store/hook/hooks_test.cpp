/// Hooks: contract sections 4.3 and 11.1.

#include <functional>
#include <gtest/gtest.h>
#include <stdexcept>
#include <string>
#include <utility>
#include <vector>

#include <musubi/host/topic.hpp>
#include <musubi/store/task/async_calls.hpp>
#include <musubi/testkit/mounted.hpp>

namespace musubi::test {
namespace {

std::vector<std::string> steps;

struct denial {
  bool ok;
  text<15> reason;
};
struct parcel {
  std::int32_t number;
};
struct delivery {
  std::int32_t number;
};
topic<delivery> deliveries;

task<result<parcel>> pack(std::int32_t number) {
  co_return parcel{number};
}

struct item {
  static constexpr std::string_view module = "Test.Item";
  static constexpr std::size_t hooks = 2;
  struct State {
    std::int32_t count;
  };
  struct Add {
    std::int32_t many;
    struct Reply {
      std::int32_t count;
    };
  };
  using commands = musubi::commands<Add>;

  status init(context& ctx) {
    const status first = ctx.attach_hook<before_command, &item::looked_at>(*this, "look");
    return first.ok() ? ctx.attach_hook<after_command, &item::done>(*this, "done") : first;
  }
  verdict looked_at(const command_info& command, context&) {
    steps.push_back("item before " + std::string(command.name));
    return proceed();
  }
  verdict done(const command_info& command, context&) {
    const auto* reply = command.reply<Add::Reply>();
    steps.push_back("item after " + std::to_string(reply == nullptr ? -1 : reply->count));
    return proceed();
  }
  result<Add::Reply> handle(const Add& command, context&) {
    steps.push_back("item handles");
    count += command.many;
    return Add::Reply{count};
  }
  State render() const { return {count}; }
  std::int32_t count = 0;
};

struct shop {
  static constexpr std::string_view module = "Test.Shop";
  static constexpr std::size_t hooks = 6;
  struct State {
    std::int32_t asked;
    text<31> label;
    std::int32_t parcels;
    child<item> only;
  };
  struct Alarm {};
  using events = musubi::events<Alarm>;
  struct Open {
    text<15> how;
  };
  struct Pack {};
  struct Ring {};
  struct Detach {};
  struct Again {};
  struct Slow {};
  using commands = musubi::commands<Open, Pack, Ring, Detach, Again, Slow>;

  status mount(context& ctx) {
    (void)ctx.subscribe(*this, deliveries);
    (void)ctx.attach_hook<before_command, &shop::authorize>(*this, "authz");
    (void)ctx.attach_hook<after_command, &shop::audit>(*this, "audit");
    (void)ctx.attach_hook<before_async, &shop::inspect>(*this, "inspect");
    (void)ctx.attach_hook<before_info, &shop::filter>(*this, "filter");
    (void)ctx.attach_hook<after_render, &shop::mask>(*this, "mask");
    return ctx.attach_hook<after_serialize, &shop::hush>(*this, "hush");
  }

  verdict authorize(const command_info& command, context&) {
    ++asked;
    steps.push_back("shop before " + std::string(command.name));
    if (const auto* add = command.as<item::Add>(); add != nullptr && add->many > 9) {
      return command.halt(denial{false, "unauthorized"});
    }
    if (const auto* open = command.as<Open>()) {
      if (open->how == "halt") return halt();
      if (open->how == "throw") throw std::runtime_error("unlucky");
    }
    return proceed();
  }
  verdict audit(const command_info& command, context&) {
    steps.push_back("shop after " + std::string(command.name));
    return halt_audit ? halt() : proceed();
  }
  verdict inspect(const async_info& done, context&) {
    steps.push_back("inspect " + std::string(done.name));
    return refuse_parcels ? halt() : proceed();
  }
  verdict filter(const message_info& told, context&) {
    const auto* of = told.as<delivery>();
    ++asked;
    return of != nullptr && of->number < 0 ? halt() : proceed();
  }
  void mask(State& state, context&) { state.label = "masked"; }
  void hush(const serialized<State>& sent, context&) {
    if (quiet) sent.drop_events();
    steps.push_back("sent " + std::to_string(sent.state.asked));
  }

  status handle(const Open&, context&) { return {}; }
  status handle(const Pack&, context& ctx) { return ctx.start_async(*this, pack(3)); }
  status handle(const Ring&, context& ctx) {
    ctx.push_event(Alarm{});
    return {};
  }
  status handle(const Detach&, context& ctx) {
    ctx.detach_hook<before_command>("authz");
    ctx.detach_hook<before_command>("nobody");
    return {};
  }
  status handle(const Again&, context& ctx) {
    return ctx.attach_hook<before_command, &shop::authorize>(*this, "authz");
  }
  task<status> handle(const Slow&, context&) {
    steps.push_back("shop handles");
    co_return status();
  }
  void handle_async(const result<parcel>& outcome, context&) {
    if (outcome.ok()) parcels += outcome->number;
  }
  void handle_info(const delivery&, context&) { steps.push_back("told"); }
  State render() const { return {asked, "open", parcels, {"only"}}; }

  std::int32_t asked = 0;
  std::int32_t parcels = 0;
  bool halt_audit = false;
  bool refuse_parcels = false;
  bool quiet = false;
};

class a_page_with_hooks : public testing::Test {
 protected:
  a_page_with_hooks() {
    (void)page.take_envelopes();
    steps.clear();
  }
  std::string ops() {
    std::string all;
    for (const std::string& each : page.take_envelopes()) all += each.substr(each.find("\"ops\":"));
    return all;
  }
  using log = std::vector<std::string>;
  testkit::mounted<shop> page;
};

// contract sections 4.3 and 11.1
TEST_F(a_page_with_hooks,
       runs_the_hooks_of_the_root_and_then_those_of_the_target_around_a_command) {
  EXPECT_EQ(page.dispatch(item::Add{2}, "only").body, R"({"count":2})");
  EXPECT_EQ(steps, (log{"shop before add", "item before add", "item handles", "shop after add",
                        "item after 2", "sent 1"}));
}

// contract sections 4.3 and 11.1
TEST_F(a_page_with_hooks, answers_a_denied_command_with_the_reply_of_the_hook_and_status_ok) {
  const auto answer = page.dispatch(item::Add{10}, "only");
  EXPECT_TRUE(answer.ok);
  EXPECT_EQ(answer.body, R"({"ok":false,"reason":"unauthorized"})");
  EXPECT_EQ(steps, (log{"shop before add", "sent 1"}));
}

// contract section 4.3
TEST_F(a_page_with_hooks, answers_a_halted_command_with_nothing_and_shows_what_the_hook_changed) {
  EXPECT_EQ(page.dispatch(shop::Open{"halt"}).body, "{}");
  EXPECT_NE(ops().find(R"({"op":"replace","path":"/asked","value":1})"), std::string::npos);
}

TEST_F(a_page_with_hooks, ends_when_a_hook_throws) {
  (void)page.dispatch(shop::Open{"throw"});
  EXPECT_TRUE(page.failed());
}

TEST_F(a_page_with_hooks, stops_the_chain_after_a_command_and_nothing_else) {
  page.store().halt_audit = true;
  EXPECT_EQ(page.dispatch(item::Add{2}, "only").body, R"({"count":2})");
  EXPECT_EQ(steps, (log{"shop before add", "item before add", "item handles", "shop after add",
                        "sent 1"}));
}

TEST_F(a_page_with_hooks, runs_hooks_around_a_handler_that_is_a_coroutine) {
  EXPECT_TRUE(page.dispatch(shop::Slow{}).ok);
  EXPECT_EQ(steps, (log{"shop before slow", "shop handles", "shop after slow", "sent 1"}));
}

TEST_F(a_page_with_hooks, runs_no_hook_for_a_command_that_is_refused) {
  (void)page.send("nope", "{}");
  (void)page.send("add", R"({"many":"x"})", R"(["only"])");
  EXPECT_TRUE(steps.empty());
}

// contract sections 8.4 and 11.1
TEST_F(a_page_with_hooks, may_skip_the_handler_of_a_tasks_result) {
  (void)page.dispatch(shop::Pack{});
  EXPECT_NE(ops().find(R"("path":"/parcels","value":3)"), std::string::npos);
  page.store().refuse_parcels = true;
  (void)page.dispatch(shop::Pack{});
  EXPECT_EQ(ops().find("/parcels"), std::string::npos);
}

// contract sections 5.11 and 11.1
TEST_F(a_page_with_hooks, may_keep_a_message_from_the_root_without_a_cycle) {
  deliveries.publish({-1});
  page.run();
  EXPECT_TRUE(steps.empty());
  EXPECT_EQ(ops(), "");
  deliveries.publish({1});
  page.run();
  EXPECT_EQ(steps, (log{"told", "sent 2"}));
  EXPECT_NE(ops().find(R"({"op":"replace","path":"/asked","value":2})"), std::string::npos);
}

// contract section 11.1
TEST_F(a_page_with_hooks, may_change_what_was_rendered) {
  EXPECT_EQ(page.state().label, "masked");
}

// contract section 11.1
TEST_F(a_page_with_hooks, may_take_back_events_before_they_are_sent) {
  page.store().quiet = true;
  (void)page.dispatch(shop::Ring{});
  EXPECT_EQ(ops().find("alarm"), std::string::npos);
  page.store().quiet = false;
  (void)page.dispatch(shop::Ring{});
  EXPECT_NE(ops().find("alarm"), std::string::npos);
}

// contract section 11.1
TEST_F(a_page_with_hooks, does_not_run_a_detached_hook) {
  (void)page.dispatch(shop::Detach{});
  steps.clear();
  (void)page.dispatch(item::Add{10}, "only");
  EXPECT_EQ(steps[0], "item before add");
}

// contract section 11.1
TEST_F(a_page_with_hooks, ends_when_one_id_is_attached_twice) {
  (void)page.dispatch(shop::Again{});
  EXPECT_TRUE(page.failed());
}

// Hooks that come and go while hooks are run. Each does what `plan` says of it.
struct fickle {
  static constexpr std::string_view module = "Test.Fickle";
  static constexpr std::size_t hooks = 3;
  struct State {
    bool b;
  };
  struct Poke {};
  using commands = musubi::commands<Poke>;

  status mount(context& ctx) {
    (void)ctx.attach_hook<before_command, &fickle::first>(*this, "first");
    (void)ctx.attach_hook<before_command, &fickle::second>(*this, "second");
    return ctx.attach_hook<before_command, &fickle::third>(*this, "third");
  }
  verdict first(const command_info&, context& ctx) { return run("first", ctx); }
  verdict second(const command_info&, context& ctx) { return run("second", ctx); }
  verdict third(const command_info&, context& ctx) { return run("third", ctx); }
  verdict run(std::string_view name, context& ctx) {
    steps.emplace_back(name);
    if (plan) plan(*this, name, ctx);
    return proceed();
  }
  status handle(const Poke&, context&) { return {}; }
  State render() const { return {true}; }

  std::function<void(fickle&, std::string_view, context&)> plan;
};

class hooks_that_detach : public testing::Test {
 protected:
  using log = std::vector<std::string>;
  // The hooks that one command ran.
  log poke() {
    steps.clear();
    (void)page.dispatch(fickle::Poke{});
    return std::exchange(steps, {});
  }
  testkit::mounted<fickle> page;
};

TEST_F(hooks_that_detach, runs_the_hook_behind_one_that_detaches_itself) {
  page.store().plan = [](fickle&, std::string_view name, context& ctx) {
    if (name == "second") ctx.detach_hook<before_command>("second");
  };
  EXPECT_EQ(poke(), (log{"first", "second", "third"}));
  EXPECT_EQ(poke(), (log{"first", "third"}));
}

TEST_F(hooks_that_detach, runs_no_hook_twice_when_one_before_it_is_detached) {
  page.store().plan = [](fickle&, std::string_view name, context& ctx) {
    if (name == "second") ctx.detach_hook<before_command>("first");
  };
  EXPECT_EQ(poke(), (log{"first", "second", "third"}));
  EXPECT_EQ(poke(), (log{"second", "third"}));
}

TEST_F(hooks_that_detach, does_not_run_a_hook_that_one_before_it_detached) {
  page.store().plan = [](fickle&, std::string_view name, context& ctx) {
    if (name == "first") ctx.detach_hook<before_command>("third");
  };
  EXPECT_EQ(poke(), (log{"first", "second"}));
  EXPECT_EQ(poke(), (log{"first", "second"}));
}

TEST_F(hooks_that_detach, runs_a_hook_that_was_attached_meanwhile_the_next_time) {
  page.store().plan = [](fickle& store, std::string_view name, context& ctx) {
    if (name != "first") return;
    ctx.detach_hook<before_command>("first");
    EXPECT_TRUE((ctx.attach_hook<before_command, &fickle::first>(store, "first").ok()));
  };
  EXPECT_EQ(poke(), (log{"first", "second", "third"}));
  EXPECT_EQ(poke(), (log{"second", "third", "first"}));
}

struct crowded {
  static constexpr std::string_view module = "Test.Crowded";
  static constexpr std::size_t hooks = 1;
  struct State {
    bool b;
  };
  status mount(context& ctx) {
    (void)ctx.attach_hook<before_command, &crowded::hook>(*this, "a");
    return ctx.attach_hook<before_command, &crowded::hook>(*this, "b");
  }
  verdict hook(const command_info&, context&) { return proceed(); }
  State render() const { return {true}; }
};

TEST(a_page_with_too_many_hooks, says_that_there_is_no_room_for_one_hook_more) {
  testkit::mounted<crowded> page;
  EXPECT_FALSE(page.ok());
  EXPECT_EQ(page.error().why.reason(), "hooks");
}

}  // namespace
}  // namespace musubi::test
