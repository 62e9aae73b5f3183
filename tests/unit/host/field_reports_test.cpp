/// What users of the original have hit (contract section 16), by its numbers: what concerns the
/// server. 4, 9 and 13 are the client's, and packages/client/test/field_reports.test.ts has them,
/// with the client's side of 2, 3, 8 and 12. 11 is about React.

#include "support/board.hpp"
#include "support/sending.hpp"
#include "support/served.hpp"

#include <optional>

#include <musubi/musubi.hpp>

namespace musubi::test {
namespace {

struct session {
  text<15> user;
};

/// How often the child below was updated, and how far its tasks came.
int updates = 0;
int loads = 0;

struct again {};

task<result<std::int32_t>> load(duration after, std::int32_t value) {
  co_await sleep(after);
  ++loads;
  co_return value;
}

/// Sends itself an update whenever it is updated.
struct restless {
  static constexpr std::string_view module = "Test.Restless";
  struct Props {
    std::int32_t n;
    callback<std::int32_t> told;
  };
  struct State {
    std::int32_t n;
  };
  void update(const Props&, context& ctx) {
    ++updates;
    (void)ctx.send_update<restless>(again{}, "it");
  }
  void update(const again&, context&) { props.told(1); }
  State render() const { return {props.n}; }
  Props props{};
};

struct reports {
  static constexpr std::string_view module = "Test.Reports";
  struct State {
    std::optional<text<15>> user;
    child<restless> it;
    std::int32_t told;
    std::optional<text<15>> note;
    dict<text<7>, std::optional<std::int32_t>, 4> notes;
    async<std::int32_t> value;
  };
  struct Pass {
    std::int32_t n;
  };
  struct Load {
    std::int32_t value;
    std::int32_t milliseconds;
  };
  struct Note {
    text<7> key;
    std::optional<std::int32_t> value;
  };
  struct Deny {};
  using commands = musubi::commands<Pass, Load, Note, Deny>;
  status handle(const Pass& command, context&) {
    n = command.n;
    return {};
  }
  status handle(const Load& command, context& ctx) {
    return ctx.assign_async<&reports::value>(
        *this, load(std::chrono::milliseconds(command.milliseconds), command.value));
  }
  status handle(const Note& command, context&) {
    (void)notes.set(command.key, command.value);
    return {};
  }
  status handle(const Deny&, context&) { return refuse("not_yours", "key"); }
  void heard(std::int32_t, context&) { ++told; }
  State render(const context& ctx) const;

  std::int32_t n = 0;
  std::int32_t told = 0;
  dict<text<7>, std::optional<std::int32_t>, 4> notes;
  async<std::int32_t> value;
};
/// The same under another name.
struct other_reports : reports {
  static constexpr std::string_view module = "Test.OtherReports";
};

struct reports_socket {
  using roots = musubi::roots<reports, other_reports, board>;
  status load_session(const connect_info& info) {
    if (const auto cookie = info.cookie("user")) user = session{text<15>::clipped(*cookie)};
    return {};
  }
  std::optional<session> user;
};

reports::State reports::render(const context& ctx) const {
  const auto& user = ctx.socket<reports_socket>().user;
  State made{{}, {"it", {n, ctx.callback<&reports::heard>(*this)}}, told, {}, notes, value};
  if (user) made.user = user->user;
  return made;
}

class field_reports : public testing::Test {
 protected:
  field_reports() { updates = loads = 0; }
  surroundings here;
  served<reports_socket> server;
};

// contract section 16.1
TEST_F(field_reports, a_first_visit_has_no_session_and_is_served) {
  browser page = server.open();
  root main = page.join("Test.Reports");
  EXPECT_EQ(page.next(), main.joined());
  EXPECT_NE(page.next().find(R"("user":null)"), std::string::npos);
}

// contract section 16.2
TEST_F(field_reports, a_reconnect_rebuilds_each_root_by_its_own_join) {
  browser page = server.open();
  (void)page.mounted("Test.Reports");
  (void)page.mounted("Test.Board");
  server.end_of(page).reset();
  browser again = server.open();
  root board = again.join("Test.Board");
  EXPECT_EQ(again.next(), board.joined());
  EXPECT_EQ(again.next(), board.initial(board_state()));
  root reports = again.join("Test.Reports");
  EXPECT_EQ(again.next(), reports.joined());
  EXPECT_NE(again.next().find(R"("base_version":0,"version":1,)"), std::string::npos);
}

// contract section 16.2: a phone that froze says nothing, and comes back beside its own ghost
TEST_F(field_reports, a_browser_that_went_silently_is_served_anew_and_the_old_one_forgotten) {
  browser page = server.open();
  (void)page.mounted("Test.Board");
  server.end_of(page).vanish();
  browser again = server.open();
  (void)again.mounted("Test.Board");
  EXPECT_EQ(server.in_use(), "connections 2, pages 2");
  server.run_for(40s);
  (void)again.heartbeat();
  server.run_for(30s);
  EXPECT_EQ(server.in_use(), "connections 1, pages 1");
}

// contract section 16.3
TEST_F(field_reports, two_roots_with_one_id_are_told_apart_by_their_modules) {
  browser page = server.open();
  root first = page.mounted("Test.Reports", "same");
  root second = page.mounted("Test.OtherReports", "same");
  (void)first.command("note", R"({"key":"a","value":1})");
  const std::string heard = page.all();
  EXPECT_NE(heard.find(R"("root_id":"Test.Reports:same")"), std::string::npos);
  EXPECT_EQ(heard.find("Test.OtherReports"), std::string::npos);
}

// contract section 16.5
TEST_F(field_reports, the_same_props_do_not_update_a_child_and_make_no_loop_with_send_update) {
  browser page = server.open();
  root main = page.mounted("Test.Reports");
  (void)main.command("pass", R"({"n":1})");
  EXPECT_EQ(updates, 1);
  (void)page.all();
  server.run_for(1s);
  EXPECT_TRUE(page.silent());
  (void)main.command("note", R"({"key":"a","value":1})");
  EXPECT_EQ(updates, 1);
}

// contract section 16.6
TEST_F(field_reports, a_task_that_is_started_again_does_not_end_the_one_before) {
  browser page = server.open();
  root main = page.mounted("Test.Reports");
  (void)main.command("load", R"({"value":1,"milliseconds":20})");
  (void)main.command("load", R"({"value":2,"milliseconds":10})");
  server.run_for(50ms);
  EXPECT_EQ(loads, 2) << "both came to their end";
  const std::string heard = page.all();
  EXPECT_NE(heard.find(replace("/value/result", "2")), std::string::npos) << heard;
  EXPECT_EQ(heard.find(replace("/value/result", "1")), std::string::npos) << heard;
}

// contract section 16.7
TEST_F(field_reports, nothing_is_a_value_where_a_key_is_new) {
  browser page = server.open();
  root main = page.join("Test.Reports");
  (void)page.next();
  EXPECT_NE(page.next().find(R"("note":null)"), std::string::npos) << "there from the start";
  const std::string ref = main.command("note", R"({"key":"a","value":null})");
  EXPECT_EQ(page.next(), main.ok(ref));
  EXPECT_EQ(page.next(), main.patch(2, R"({"op":"add","path":"/notes/a","value":null})"));
}

// contract section 16.8
TEST(field_reports_of_uploads, binary_chunks_are_taken_and_their_progress_is_told) {
  darkroom here;
  served<album_socket> server;
  browser page = server.open();
  root on = page.mounted("Test.Album");
  sending file = joined(page, on, 200);
  const std::string ref = file.chunk(std::string(100, 'x'));
  EXPECT_EQ(page.next(), file.progress(ref, 50));
  EXPECT_NE(page.next().find(R"("op":"progress","upload":"photo","store_id":[],"ref":")"),
            std::string::npos);
}

// contract section 16.12
TEST_F(field_reports, a_refused_command_says_why_as_data) {
  browser page = server.open();
  root main = page.mounted("Test.Reports");
  const std::string ref = main.command("deny");
  EXPECT_EQ(page.next(), main.refused(ref, R"({"reason":"not_yours","field":"key"})"));
}

}  // namespace
}  // namespace musubi::test
