/// Streams and events: what rides in an envelope beside the operations (contract sections 7 and 9).

#include <gtest/gtest.h>
#include <string>
#include <vector>

#include <musubi/testkit/mounted.hpp>

namespace musubi::test {
namespace {

struct reading {
  std::int32_t id;
  std::int32_t value;
};
struct entry {
  text<15> sku;
};

struct gauge {
  static constexpr std::string_view module = "Test.Gauge";
  struct State {
    stream<reading> peaks;
  };
  struct Peak {};
  struct Peaked {};
  using events = musubi::events<Peaked>;
  using commands = musubi::commands<Peak>;
  status handle(const Peak&, context& ctx) {
    ctx.stream<&State::peaks>().insert({1, 99});
    ctx.push_event(Peaked{});
    return {};
  }
  State render() const { return {}; }
};

struct logbook {
  static constexpr std::string_view module = "Test.Logbook";
  struct State {
    text<15> title;
    stream<reading> history;
    struct details {
      stream<entry, [](const entry& e) { return e.sku; }> parts;
    } more;
    child<gauge> meter;
  };
  struct Toast {
    text<31> msg;
  };
  using events = musubi::events<Toast>;
  struct Shuffle {};
  struct Bound {};
  struct Parts {};
  struct Say {
    text<31> msg;
  };
  struct Bad {};
  struct Flood {};
  using commands = musubi::commands<Shuffle, Bound, Parts, Say, Bad, Flood>;

  status mount(context& ctx) {
    ctx.stream<&State::history>().insert({0, 5});
    return {};
  }
  status handle(const Shuffle&, context& ctx) {
    const auto history = ctx.stream<&State::history>();
    history.remove({1, 0});
    history.insert({1, 10});
    history.reset();
    history.remove_by_key("history-\"7\"");
    history.insert({2, 20}, {.at = 0, .limit = -3});
    history.reset();
    return {};
  }
  status handle(const Bound&, context& ctx) {
    ctx.stream<&State::history>().insert({3, 1}, {.at = 2, .limit = 3});
    return {};
  }
  status handle(const Parts&, context& ctx) {
    ctx.stream<&State::details::parts>().insert({"mug"});
    return {};
  }
  status handle(const Say& command, context& ctx) {
    ctx.push_event(Toast{command.msg});
    return {};
  }
  status handle(const Bad&, context& ctx) {
    ctx.stream<&State::history>().insert({1, 1}, {.at = -2});
    return {};
  }
  status handle(const Flood&, context& ctx) {
    for (int i = 0; i < 500; ++i) ctx.stream<&State::history>().insert({i, i});
    return {};
  }
  State render() const { return {"log", {}, {}, {"meter"}}; }
};

class outgoing_operations : public testing::Test {
 protected:
  std::string tail() {
    std::string all;
    for (const std::string& each : page.take_envelopes()) {
      all += each.substr(each.find("\"ops\":")) + "\n";
    }
    return all;
  }
  static std::string insert(int id, int value, std::string_view at, std::string_view limit) {
    return R"({"op":"insert","stream":"history","ref":"0","store_id":[],"item_key":"history-)" +
           std::to_string(id) + R"(","at":)" + std::string(at) + R"(,"item":{"id":)" +
           std::to_string(id) + R"(,"value":)" + std::to_string(value) + R"(},"limit":)" +
           std::string(limit) + "}";
  }
  musubi::testkit::mounted<logbook> page;
};

// contract sections 5.7 and 7.1
TEST_F(outgoing_operations, marks_the_place_of_a_stream_and_sends_its_first_items_with_the_state) {
  EXPECT_EQ(
      tail(),
      R"("ops":[{"op":"replace","path":"","value":{"__musubi_store_id__":[],"title":"log",)"
      R"("history":{"__musubi_stream__":"history"},"more":{"parts":{"__musubi_stream__":"parts"}},)"
      R"("meter":{"__musubi_store_id__":["meter"],"peaks":{"__musubi_stream__":"peaks"}}}}],)"
      R"("stream_ops":[)" +
          insert(0, 5, "-1", "null") + R"(],"upload_ops":[],"events":[]})" + "\n");
}

// contract section 7.5
TEST_F(outgoing_operations, puts_the_reset_first_then_inserts_then_deletes) {
  (void)tail();
  (void)page.dispatch(logbook::Shuffle{});
  EXPECT_EQ(
      tail(),
      R"("ops":[],"stream_ops":[{"op":"reset","stream":"history","ref":"0","store_id":[]},)" +
          insert(1, 10, "-1", "null") + "," + insert(2, 20, "0", "-3") +
          R"(,{"op":"delete","stream":"history","ref":"0","store_id":[],"item_key":"history-1"},)"
          R"({"op":"delete","stream":"history","ref":"0","store_id":[],)"
          R"("item_key":"history-\"7\""}],"upload_ops":[],"events":[]})"
          "\n");
}

// contract section 7.4
TEST_F(outgoing_operations, says_the_limit_of_the_call) {
  (void)tail();
  (void)page.dispatch(logbook::Bound{});
  EXPECT_EQ(tail(), R"("ops":[],"stream_ops":[)" + insert(3, 1, "2", "3") +
                        R"(],"upload_ops":[],"events":[]})" + "\n");
}

// contract sections 7.2 and 7.4
TEST_F(outgoing_operations,
       gives_refs_in_the_order_of_first_use_and_keys_of_the_streams_own_making) {
  (void)tail();
  (void)page.dispatch(logbook::Parts{});
  EXPECT_EQ(tail(),
            R"("ops":[],"stream_ops":[{"op":"insert","stream":"parts","ref":"1","store_id":[],)"
            R"("item_key":"mug","at":-1,"item":{"sku":"mug"},"limit":null}],)"
            R"("upload_ops":[],"events":[]})"
            "\n");
}

// contract sections 5.3 and 9
TEST_F(outgoing_operations, sends_an_envelope_for_an_event_alone) {
  (void)tail();
  (void)page.dispatch(logbook::Say{"saved"});
  EXPECT_EQ(tail(), R"("ops":[],"stream_ops":[],"upload_ops":[],)"
                    R"("events":[{"store_id":[],"name":"toast","payload":{"msg":"saved"}}]})"
                    "\n");
}

// contract section 9
TEST_F(outgoing_operations, tags_what_a_child_says_with_its_store_id) {
  (void)tail();
  (void)page.dispatch(gauge::Peak{}, "meter");
  EXPECT_EQ(tail(),
            R"("ops":[],"stream_ops":[{"op":"insert","stream":"peaks","ref":"0",)"
            R"("store_id":["meter"],"item_key":"peaks-1","at":-1,"item":{"id":1,"value":99},)"
            R"("limit":null}],"upload_ops":[],)"
            R"("events":[{"store_id":["meter"],"name":"peaked","payload":{}}]})"
            "\n");
}

// contract section 7.3
TEST_F(outgoing_operations, ends_the_page_when_the_position_is_no_position) {
  (void)page.dispatch(logbook::Bad{});
  EXPECT_TRUE(page.failed());
}

TEST_F(outgoing_operations, ends_the_page_when_more_is_said_than_there_is_room_for) {
  (void)page.dispatch(logbook::Flood{});
  EXPECT_TRUE(page.failed());
}

// contract section 7.5
TEST_F(outgoing_operations, keeps_the_order_of_cycles_for_a_client_that_is_behind) {
  (void)tail();
  page.client().reads = false;
  page.bench().loop.make_current();
  // two cycles that the client sees as one
  (void)page.store().handle(logbook::Bound{}, page.context());
  page.after_message();
  (void)page.store().handle(logbook::Shuffle{}, page.context());
  page.after_message();
  page.client().reads = true;
  page.run();
  const std::string told = tail();
  EXPECT_LT(told.find(insert(3, 1, "2", "3")), told.find("\"op\":\"reset\"")) << told;
}

TEST_F(outgoing_operations, gives_back_its_memory_once_sent) {
  EXPECT_EQ(page.bench().memory.outgoing.metrics().used, 0U);
  EXPECT_GT(page.bench().memory.outgoing.metrics().high_water, 0U);
}

/// Two kinds of stores that take turns under one store_id.
template <int Kind>
struct tenant {
  static constexpr std::string_view module = Kind == 1 ? "Test.First" : "Test.Second";
  struct Arrived {
    std::int32_t kind;
  };
  using events = musubi::events<Arrived>;
  struct State {
    std::int32_t kind;
    stream<reading> log;
  };
  void init(context& ctx) {
    ctx.stream<&State::log>().reset();
    ctx.push_event(Arrived{Kind});
  }
  State render() const { return {Kind, {}}; }
};
struct flat {
  static constexpr std::string_view module = "Test.Flat";
  struct State {
    std::optional<child<tenant<1>>> first;
    std::optional<child<tenant<2>>> second;
  };
  struct Swap {};
  using commands = musubi::commands<Swap>;
  status handle(const Swap&, context&) {
    swapped = true;
    return {};
  }
  State render() const {
    State made;
    if (swapped) made.second.emplace("it");
    if (!swapped) made.first.emplace("it");
    return made;
  }
  bool swapped = false;
};

TEST(outgoing_operations_of_a_store, is_not_forgotten_with_another_store_that_had_its_store_id) {
  musubi::testkit::mounted<flat> page;
  (void)page.take_envelopes();
  (void)page.dispatch(flat::Swap{});
  const auto sent = page.take_envelopes();
  ASSERT_EQ(sent.size(), 1U);
  EXPECT_NE(sent[0].find(R"("stream_ops":[{"op":"reset","stream":"log","ref":"0",)"
                         R"("store_id":["it"]}],"upload_ops":[],"events":[{"store_id":["it"],)"
                         R"("name":"arrived","payload":{"kind":2}}])"),
            std::string::npos)
      << sent[0];
}

}  // namespace
}  // namespace musubi::test
