/// What tests of stores are offered (contract section 15).

#include <gtest/gtest.h>
#include <string>
#include <vector>

#include <musubi/store/task/async_calls.hpp>
#include <musubi/store/upload/uploads.hpp>
#include <musubi/testkit/mounted.hpp>

namespace musubi::test {
namespace {

struct knock {
  std::int32_t times;
};
topic<knock> knocks;

struct note {
  std::int32_t id;
  text<15> words;
};

struct room {
  static constexpr std::string_view module = "Test.Room";
  struct Props {
    std::int32_t number;
  };
  struct State {
    std::int32_t number;
    std::int32_t guests;
    stream<note> notes;
  };
  struct Welcome {
    std::int32_t guests;
    struct Reply {
      std::int32_t guests;
      std::optional<text<15>> wish;
    };
  };
  struct Wipe {};
  struct Full {
    std::int32_t guests;
  };
  using commands = musubi::commands<Welcome, Wipe>;
  using events = musubi::events<Full>;

  result<Welcome::Reply> handle(const Welcome& command, context& ctx) {
    if (command.guests < 0) return refuse("nobody leaves", "guests");
    guests += command.guests;
    if (guests > 3) ctx.push_event(Full{guests});
    return Welcome::Reply{guests, {}};
  }
  status handle(const Wipe&, context& ctx) {
    ctx.stream<&State::notes>().reset();
    return {};
  }
  void update(const knock& news, context&) { guests = news.times; }
  void update(const Props&, context&) {}
  State render() const { return {props.number, guests, {}}; }
  Props props;
  std::int32_t guests = 0;
};

struct hotel {
  static constexpr std::string_view module = "Test.Hotel";
  struct Params {
    std::int32_t stars;
  };
  struct State {
    std::int32_t knocked;
    list<child<room>, 2> rooms;
  };
  status mount(const Params& params, context& ctx) {
    if (params.stars < 1) return refuse("not that bad", "stars");
    return ctx.subscribe(*this, knocks);
  }
  void handle_info(const knock& told, context&) { knocked += told.times; }
  void update(const knock& news, context&) { knocked = news.times; }
  State render() const {
    State made{knocked, {}};
    (void)made.rooms.push_back({7, {7}});
    (void)made.rooms.push_back({"a\"b", {8}});
    return made;
  }
  std::int32_t knocked = 0;
};

class a_mounted_store : public testing::Test {
 protected:
  testkit::mounted<hotel> page{hotel::Params{4}};
};

TEST_F(a_mounted_store, says_why_it_was_not_mounted) {
  const testkit::mounted<hotel> refused({0});
  EXPECT_FALSE(refused.ok());
  EXPECT_EQ(refused.error().why.field(), "stars");
}

TEST_F(a_mounted_store, reads_a_reply_as_its_type) {
  const auto answer = page.dispatch(room::Welcome{2}, "rooms", "7");
  EXPECT_TRUE(answer.answered && answer.ok);
  const auto reply = answer.as<room::Welcome::Reply>();
  ASSERT_TRUE(reply);
  EXPECT_EQ(reply->guests, 2);
  EXPECT_FALSE(reply->wish);
  EXPECT_FALSE(answer.as<note>());
  EXPECT_EQ(answer.reason(), "");
}

TEST_F(a_mounted_store, tells_the_reason_and_the_field_of_an_error) {
  const auto answer = page.dispatch(room::Welcome{-1}, "rooms", "7");
  EXPECT_FALSE(answer.ok);
  EXPECT_EQ(answer.reason(), "nobody leaves");
  EXPECT_EQ(answer.field(), "guests");
}

TEST_F(a_mounted_store, finds_a_child_by_its_store_id_whatever_is_in_it) {
  ASSERT_NE(page.state_of<room>("rooms", "a\"b"), nullptr);
  EXPECT_EQ(page.state_of<room>("rooms", "a\"b")->number, 8);
  EXPECT_EQ(page.state_of<room>("rooms", "9"), nullptr);
  EXPECT_EQ(page.store_of<hotel>("rooms", "7"), nullptr);
  EXPECT_TRUE(page.dispatch(room::Welcome{1}, "rooms", "a\"b").ok);
  EXPECT_EQ(page.store_of<room>("rooms", "a\"b")->guests, 1);
}

TEST_F(a_mounted_store, answers_what_is_for_nobody_like_the_server) {
  EXPECT_EQ(page.dispatch(room::Welcome{1}, "rooms", "9").reason(), "unknown store");
  EXPECT_EQ(page.dispatch(room::Welcome{1}).reason(), "unknown command");
}

TEST_F(a_mounted_store, hands_out_an_event_once_and_of_its_store_alone) {
  (void)page.dispatch(room::Welcome{4}, "rooms", "7");
  (void)page.dispatch(room::Welcome{1}, "rooms", "7");
  EXPECT_EQ(page.events(), 2U);
  EXPECT_FALSE(page.take_event<room::Full>("rooms", "a\"b"));
  EXPECT_EQ(page.take_event<room::Full>("rooms", "7")->guests, 4);
  EXPECT_EQ(page.take_event<room::Full>("rooms", "7")->guests, 5);
  EXPECT_FALSE(page.take_event<room::Full>("rooms", "7"));
}

TEST_F(a_mounted_store, sends_news_to_the_root_and_to_a_child) {
  EXPECT_TRUE(page.send_update<hotel>(knock{5}).ok());
  EXPECT_TRUE(page.send_update<room>(knock{6}, "rooms", "7").ok());
  EXPECT_TRUE(page.send_update<room>(knock{6}, "rooms", "9").ok());
  EXPECT_EQ(page.state().knocked, 5);
  EXPECT_EQ(page.state_of<room>("rooms", "7")->guests, 6);
}

TEST_F(a_mounted_store, hears_what_is_published) {
  testkit::mounted<hotel> other({1});
  page.publish(knocks, {2});
  EXPECT_EQ(page.state().knocked, 2);
  other.run();  // another host of the same program
  EXPECT_EQ(other.state().knocked, 2);
}

/// What a browser makes of stream operations: contract section 7.6, its table.
struct shelf {
  static constexpr std::string_view module = "Test.Shelf";
  struct State {
    stream<note> notes;
  };
  State render() const { return {}; }
};

class a_mounted_stream : public testing::Test {
 protected:
  void insert(std::int32_t id, const insertion& where) {
    page.context().stream<&shelf::State::notes>().insert({id, {}}, where);
    page.after_message();
    page.run();
  }
  void seed(std::int32_t last) {
    for (std::int32_t id = 1; id <= last; ++id) insert(id, {});
  }
  std::vector<std::int32_t> shown() {
    std::vector<std::int32_t> all;
    for (const note& each : page.items<&shelf::State::notes>()) all.push_back(each.id);
    return all;
  }
  using ids = std::vector<std::int32_t>;
  testkit::mounted<shelf> page;
};

// contract section 7.6
TEST_F(a_mounted_stream, is_cut_to_its_limit_at_the_end_where_nothing_was_inserted) {
  seed(4);
  insert(5, {.at = -1, .limit = 3});
  EXPECT_EQ(shown(), (ids{3, 4, 5}));
  insert(6, {.at = 0, .limit = -2});
  EXPECT_EQ(shown(), (ids{6, 3}));
  insert(7, {.at = -1, .limit = 0});
  EXPECT_EQ(shown(), ids{});
}

// contract section 7.6
TEST_F(a_mounted_stream, moves_an_item_that_is_inserted_again) {
  seed(3);
  insert(7, {.at = 1});
  EXPECT_EQ(shown(), (ids{1, 7, 2, 3}));
  insert(1, {.at = 2});
  EXPECT_EQ(shown(), (ids{7, 2, 1, 3}));
}

TEST_F(a_mounted_stream, ends_empty_after_a_reset_and_keeps_what_is_inserted_with_it) {
  seed(3);
  const auto notes = page.context().stream<&shelf::State::notes>();
  notes.insert({9, *text<15>::from("a\nb")});
  notes.reset();
  page.after_message();
  page.run();
  EXPECT_EQ(shown(), (ids{9}));
  EXPECT_EQ(page.items<&shelf::State::notes>()[0].words, "a\nb");
}

/// A store that takes files.
struct paper final : upload_sink {
  std::string written;
  bool full = false;
  int released = 0;
  upload_step write(std::span<const std::byte> bytes) noexcept override {
    if (full) return upload_step::failed;
    for (const std::byte each : bytes) written.push_back(static_cast<char>(each));
    return upload_step::done;
  }
  void release() noexcept override { ++released; }
};

struct archive {
  static constexpr std::string_view module = "Test.Archive";
  struct Scan {
    static constexpr std::array accept{".txt"};
    static constexpr std::uint32_t max_file_size = 10;
    static constexpr std::uint32_t chunk_size = 4;
  };
  using uploads = musubi::uploads<Scan>;
  struct State {
    text<31> kept;
  };
  struct Keep {};
  using commands = musubi::commands<Keep>;

  result<upload_sink*> open_upload(const Scan&, const upload_entry&, context&) { return &sheet; }
  status handle(const Keep&, context& ctx) {
    ctx.consume_uploads<Scan>([&](const upload_entry& file) {
      kept = text<31>::clipped(file.sink<paper>().written);
      return true;
    });
    return {};
  }
  State render() const { return {kept}; }
  paper sheet;
  text<31> kept;
};

class a_mounted_upload : public testing::Test {
 protected:
  testkit::mounted<archive> page;
};

TEST_F(a_mounted_upload, is_sent_a_file_in_chunks_and_keeps_it) {
  const auto file = page.send_file<archive::Scan>("a.txt", "in chunks");
  EXPECT_TRUE(file.accepted);
  EXPECT_EQ(file.problem, "");
  EXPECT_EQ(file.percent, 100U);
  (void)page.dispatch(archive::Keep{});
  EXPECT_EQ(page.state().kept, "in chunks");
  EXPECT_EQ(page.store().sheet.released, 1);
}

TEST_F(a_mounted_upload, says_why_it_does_not_accept_a_file) {
  const auto image = page.send_file<archive::Scan>("a.png", "");
  EXPECT_FALSE(image.accepted);
  EXPECT_EQ(image.problem, "not_accepted");
  EXPECT_EQ(image.message, "file type is not accepted");
  EXPECT_EQ(page.send_file<archive::Scan>("a.txt", "eleven byte").problem, "too_large");
}

TEST_F(a_mounted_upload, says_that_it_could_not_write) {
  page.store().sheet.full = true;
  const auto file = page.send_file<archive::Scan>("a.txt", "in chunks");
  EXPECT_TRUE(file.accepted);
  EXPECT_EQ(file.problem, "write failed");
  EXPECT_EQ(page.store().sheet.released, 1);
}

TEST_F(a_mounted_upload, takes_a_file_without_a_byte) {
  const auto file = page.send_file<archive::Scan>("a.txt", "");
  EXPECT_EQ(file.problem, "");
  (void)page.dispatch(archive::Keep{});
  EXPECT_EQ(page.store().sheet.released, 1);
}

TEST_F(a_mounted_upload, answers_what_a_browser_asks_in_its_own_words) {
  EXPECT_EQ(page.ask(upload_event::allow_upload, R"({"name":"film"})").reason(), "unknown upload");
}

}  // namespace
}  // namespace musubi::test
