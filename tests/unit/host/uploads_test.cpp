/// Files from a browser's message to a store's sink (contract section 10), frame by frame.

#include "support/sending.hpp"
#include "support/served.hpp"

namespace musubi::test {
namespace {

/// A patch whose only contents are upload operations, and what they changed of the state.
std::string patch_of(const root& on, int version, std::string_view upload_ops,
                     std::string_view ops = "") {
  std::string text = on.patch(version, ops);
  const std::string_view none = R"("upload_ops":[])";
  return text.replace(text.find(none), none.size(),
                      R"("upload_ops":[)" + std::string(upload_ops) + "]");
}

std::string op(std::string_view kind, std::string_view ref, std::string_view more = "") {
  return R"({"op":")" + std::string(kind) + R"(","upload":"photo","store_id":[],"ref":")" +
         std::string(ref) + "\"" + std::string(more) + "}";
}
std::string progress_op(std::string_view ref, int percent) {
  return op("progress", ref, ",\"progress\":" + std::to_string(percent));
}
std::string error_op(std::string_view ref, std::string_view code, std::string_view message) {
  return op("error", ref,
            R"(,"error":{"code":")" + std::string(code) + R"(","message":")" +
                std::string(message) + "\"}");
}

constexpr std::string_view config =
    R"({"accept":[".png",".JPG"],"max_entries":3,"max_file_size":1000,"chunk_size":100})";

void expect_joined(sending& file) {
  const std::string ref = file.join();
  EXPECT_EQ(file.page->next(), file.reply(ref, true, "{}"));
}
void expect_unauthorized(sending& file) {
  const std::string ref = file.join();
  EXPECT_EQ(file.page->next(), file.refused(ref, "unauthorized"));
}
void expect_progress(sending& file, std::string_view chunk, int percent) {
  const std::string ref = file.chunk(chunk);
  EXPECT_EQ(file.page->next(), file.progress(ref, percent));
}

class uploads : public testing::Test {
 protected:
  darkroom here;
  served<album_socket> server;
  browser page = server.open();
  root on = page.mounted("Test.Album");

  /// Everything of the upload has been given back.
  void expect_nothing_left() {
    EXPECT_EQ(here.in_use(), 0);
    EXPECT_EQ(server.in_use(), "connections 1, pages 1");
  }
};

// contract section 10.2
TEST(an_upload, is_in_the_state_as_a_marker_and_announced_with_its_limits) {
  darkroom here;
  served<album_socket> server;
  browser page = server.open();
  root on = page.join("Test.Album");
  EXPECT_EQ(page.next(), on.joined());
  const std::string first = page.next();
  EXPECT_NE(first.find(R"("saves":0,"percent":0,"photo":{"__musubi_upload__":"photo"}})"),
            std::string::npos)
      << first;
  EXPECT_NE(first.find(R"("upload_ops":[{"op":"config","upload":"photo","store_id":[],"config":)" +
                       std::string(config) + "}]"),
            std::string::npos)
      << first;
}

// contract section 10.3
TEST_F(uploads, come_chunk_by_chunk_to_the_sink_and_are_consumed_by_a_command) {
  const std::string asked = on.push("allow_upload", asking("photo", "a.png", 250));
  const std::string reply = page.next();
  sending file{&page, quoted_after(reply, R"("entry_ref":")"), quoted_after(reply, R"("token":")")};
  EXPECT_EQ(file.ref.size(), 13U);
  EXPECT_EQ(file.ref.substr(0, 2), "u_");
  EXPECT_EQ(reply,
            on.ok(asked, R"({"ref":"photo","config":)" + std::string(config) +
                             R"(,"entries":{"0":{"type":"channel","entry_ref":")" + file.ref +
                             R"(","token":")" + file.token + R"("}},"errors":[]})"));
  EXPECT_EQ(
      page.next(),
      patch_of(on, 2,
               op("add", file.ref,
                  R"(,"entry":{"ref":")" + file.ref +
                      R"(","client_name":"a.png","client_size":250,"client_type":"image/png",)"
                      R"("progress":0,"status":"pending","errors":[]})")));

  expect_joined(file);
  EXPECT_TRUE(page.silent());

  const std::string first(100, 'a');
  const std::string second(100, 'b');
  const std::string third(50, 'c');
  expect_progress(file, first, 40);
  EXPECT_EQ(page.next(), patch_of(on, 3, progress_op(file.ref, 40), replace("/percent", "40")));
  server.run_for(100ms);
  expect_progress(file, second, 80);
  EXPECT_EQ(page.next(), patch_of(on, 4, progress_op(file.ref, 80), replace("/percent", "80")));
  EXPECT_FALSE(here.papers[0].finished);
  server.run_for(100ms);
  expect_progress(file, third, 100);
  EXPECT_EQ(page.next(), file.closed());
  EXPECT_EQ(page.next(),
            patch_of(on, 5, progress_op(file.ref, 100) + "," + op("complete", file.ref),
                     replace("/percent", "100")));
  EXPECT_TRUE(here.papers[0].finished);
  EXPECT_EQ(here.papers[0].releases, 0);
  EXPECT_EQ(here.progress, "40 80 100 ");

  const std::string saved = on.command("save");
  EXPECT_EQ(page.next(), on.ok(saved));
  EXPECT_EQ(page.next(), patch_of(on, 6, R"({"op":"reset","upload":"photo","store_id":[]})",
                                  replace("/saves", "1")));
  EXPECT_EQ(here.saved, "a.png=" + first + second + third + " ");
  EXPECT_EQ(here.papers[0].releases, 1);
  EXPECT_TRUE(page.silent());
  expect_nothing_left();
}

TEST_F(uploads, of_one_read_are_answered_in_one_write) {
  sending file = joined(page, on, 200);
  const std::string chunk(100, 'x');
  page.send(client_frame(0x2, binary_push(file.join_ref, "90", file.topic(), "chunk", chunk)) +
            client_frame(0x2, binary_push(file.join_ref, "91", file.topic(), "chunk", chunk)));
  EXPECT_EQ(page.next(), file.progress("90", 50));
  (void)page.next();
  EXPECT_EQ(page.next(), file.progress("91", 100));
  EXPECT_EQ(page.next(), file.closed());
}

// contract section 10.3: a progress op less than 100 ms after the one before is dropped
TEST_F(uploads, tell_their_progress_ten_times_a_second_at_most_but_always_that_they_are_complete) {
  sending file = joined(page, on, 300);
  const std::string chunk(100, 'x');
  (void)file.chunk(chunk);
  (void)page.next();
  EXPECT_EQ(page.next(), patch_of(on, 3, progress_op(file.ref, 33), replace("/percent", "33")));
  server.run_for(99ms);
  (void)file.chunk(chunk);
  (void)page.next();
  EXPECT_EQ(page.next(), on.patch(4, replace("/percent", "66")));
  (void)file.chunk(chunk);
  (void)page.next();
  (void)page.next();
  EXPECT_EQ(page.next(), patch_of(on, 5, op("complete", file.ref), replace("/percent", "100")));
}

// contract section 10.3: count before size before type; the others go on
TEST_F(uploads, are_refused_one_by_one_with_code_and_message) {
  const std::string asked = on.push(
      "allow_upload",
      R"({"name":"photo","entries":[{"client_ref":"g","name":"a.gif","size":1},)"
      R"({"client_ref":"l","name":"l.png","size":1001},{"client_ref":"","name":"a.png","size":1},)"
      R"({"client_ref":"n","name":"","size":1},{"client_ref":"s","name":"a.png","size":-1},)"
      R"({"client_ref":"f","name":"a.png","size":1.5},{"client_ref":"d","name":".png","size":1},7,)"
      R"({"client_ref":"1","name":"A.PNG","size":1},{"client_ref":"2","name":"b.jpg","size":1000},)"
      R"({"client_ref":"3","name":"c.tar.png","size":0},{"client_ref":"4","name":"d.gif","size":9999}]})");
  const std::string reply = page.next();
  const auto error = [](std::string_view ref, std::string_view code, std::string_view message) {
    return R"({"client_ref":")" + std::string(ref) + R"(","error":{"code":")" + std::string(code) +
           R"(","message":")" + std::string(message) + "\"}}";
  };
  const std::string rejected = "preflight_rejected";
  const std::string text = "upload was rejected";
  const std::string errors = error("g", "not_accepted", "file type is not accepted") + "," +
                             error("l", "too_large", "file exceeds the maximum size") + "," +
                             error("", rejected, text) + "," + error("n", rejected, text) + "," +
                             error("s", rejected, text) + "," + error("f", rejected, text) + "," +
                             error("d", "not_accepted", "file type is not accepted") + "," +
                             error("", rejected, text) + "," +
                             error("4", "too_many_files", "too many files selected");
  EXPECT_NE(reply.find(R"("errors":[)" + errors + "]}"), std::string::npos) << reply;
  for (const char* accepted :
       {R"("1":{"type":"channel")", R"("2":{"type":"channel")", R"("3":{"type":"channel")"}) {
    EXPECT_NE(reply.find(accepted), std::string::npos) << reply;
  }
  const std::string patch = page.next();
  EXPECT_NE(patch.find(R"("client_name":"A.PNG","client_size":1,"client_type":"",)"),
            std::string::npos)
      << patch;
}

TEST_F(uploads, none_of_which_is_accepted_send_no_patch) {
  const std::string asked = on.push("allow_upload", asking("photo", "a.gif", 1));
  EXPECT_EQ(page.next(),
            on.ok(asked, R"({"ref":"photo","config":)" + std::string(config) +
                             R"(,"entries":{},"errors":[{"client_ref":"0","error":{"code":)"
                             R"("not_accepted","message":"file type is not accepted"}}]})"));
  EXPECT_TRUE(page.silent());
  expect_nothing_left();
}

TEST_F(uploads, requests_without_what_they_are_about_are_refused) {
  const auto refused = [&](std::string_view event, std::string_view payload,
                           std::string_view reason) {
    const std::string ref = on.push(event, payload);
    EXPECT_EQ(page.next(), on.refused_for(ref, reason)) << event << payload;
  };
  for (const char* event : {"allow_upload", "cancel_upload", "upload_progress", "upload_error"}) {
    refused(event, "{}", "missing required field");
    refused(event, R"({"name":7,"ref":"u_"})", "missing required field");
    refused(event, R"({"name":"film","ref":"u_"})", "unknown upload");
    refused(event, R"({"name":"photo","ref":"u_","store_id":["x"]})", "unknown store");
    refused(event, R"({"name":"photo","ref":"u_","store_id":[1]})", "unknown store");
  }
  refused("cancel_upload", R"({"name":"photo"})", "missing required field");
  refused("upload_progress", R"({"name":"photo","ref":7})", "missing required field");
  refused("upload_error", R"({"name":"photo","ref":""})", "missing required field");
  EXPECT_TRUE(page.silent());
}

TEST_F(uploads, a_store_id_that_is_no_array_names_the_root) {
  const std::string asked =
      on.push("allow_upload", R"({"store_id":"x","name":"photo","entries":{"no":"array"}})");
  EXPECT_EQ(page.next(), on.ok(asked, R"({"ref":"photo","config":)" + std::string(config) +
                                          R"(,"entries":{},"errors":[]})"));
}

TEST_F(uploads, are_unknown_to_a_root_that_declares_none) {
  root other = page.mounted("Test.Plain", "p");
  const std::string ref = other.push("allow_upload", asking("photo", "a.png", 1));
  EXPECT_EQ(page.next(), other.refused_for(ref, "unknown upload"));
}

// --- the sub-channel ---

TEST_F(uploads, cannot_be_joined_without_their_own_token) {
  sending file = allowed(page, on, 10);
  sending other = allowed(page, on, 10);
  const auto refused = [&](sending& which, std::string_view token) {
    const std::string ref = which.join_with(token);
    EXPECT_EQ(page.next(), which.refused(ref, "unauthorized")) << token;
  };
  refused(file, other.token);
  refused(file, "");
  refused(file, file.token.substr(1));
  refused(file, file.token + "A");
  for (std::size_t i = 0; i < file.token.size(); ++i) {
    std::string forged = file.token;
    forged[i] = forged[i] == 'A' ? 'B' : 'A';
    refused(file, forged);
  }
  sending unknown{&page, "u_AAAAAAAAAAA", file.token};
  refused(unknown, file.token);
  const std::string bare = page.push(file.join_ref, file.topic(), "phx_join", "{}");
  EXPECT_NE(page.next().find("unauthorized"), std::string::npos);
  (void)page.push(file.join_ref, file.topic(), "phx_join", R"({"token":7})");
  EXPECT_NE(page.next().find("unauthorized"), std::string::npos);
  (void)page.push(file.join_ref, file.topic(), "phx_join", "[]");
  EXPECT_NE(page.next().find("unauthorized"), std::string::npos);
  // and the right one still opens
  expect_joined(file);
}

TEST_F(uploads, cannot_be_joined_by_another_browser) {
  sending file = allowed(page, on, 10);
  browser thief = server.open();
  root his = thief.mounted("Test.Album");
  sending stolen{&thief, file.ref, file.token};
  expect_unauthorized(stolen);
}

TEST_F(uploads, that_nobody_begins_are_cancelled_when_their_token_expires) {
  sending file = allowed(page, on, 10);
  for (int i = 0; i < 20; ++i) {  // the browser is alive
    server.run_for(29999ms);
    (void)page.heartbeat();
    (void)page.next();
  }
  EXPECT_TRUE(page.silent());
  server.run_for(21ms);
  EXPECT_EQ(page.next(), patch_of(on, 3, op("cancel", file.ref)));
  expect_unauthorized(file);
  expect_nothing_left();
}

TEST_F(uploads, cannot_be_joined_again_once_they_are_over) {
  sending file = joined(page, on, 4);
  (void)file.chunk("data");
  (void)page.all();
  expect_unauthorized(file);
}

TEST_F(uploads, fail_with_a_chunk_that_is_too_large) {
  sending file = joined(page, on, 1000);
  const std::string ref = file.chunk(std::string(101, 'x'));
  EXPECT_EQ(page.next(), file.refused(ref, "chunk too large"));
  EXPECT_EQ(page.next(), file.closed());
  EXPECT_EQ(page.next(), patch_of(on, 3,
                                  error_op(file.ref, "chunk_too_large",
                                           "chunk size exceeded the configured limit")));
  EXPECT_EQ(here.papers[0].text, "");
  EXPECT_EQ(here.in_use(), 0);
}

TEST_F(uploads, cannot_exceed_the_size_that_was_announced) {
  sending file = joined(page, on, 150);
  (void)file.chunk(std::string(100, 'x'));
  (void)page.all();
  const std::string ref = file.chunk(std::string(51, 'x'));
  EXPECT_EQ(page.next(), file.refused(ref, "upload too large"));
  EXPECT_EQ(page.next(), file.closed());
  EXPECT_EQ(page.next(),
            patch_of(on, 4, error_op(file.ref, "too_large", "file exceeds the maximum size")));
  EXPECT_EQ(here.papers[0].text.size(), 100U);
  EXPECT_EQ(here.in_use(), 0);
}

TEST_F(uploads, fail_when_their_sink_does) {
  sending file = joined(page, on, 50);
  here.papers[0].on_write = upload_step::failed;
  const std::string ref = file.chunk("data");
  EXPECT_EQ(page.next(), file.refused(ref, "write failed"));
  EXPECT_EQ(page.next(), file.closed());
  EXPECT_EQ(page.next(), patch_of(on, 3, error_op(file.ref, "internal", "internal upload error")));
  EXPECT_EQ(here.in_use(), 0);
}

TEST_F(uploads, fail_when_their_sink_does_not_like_the_whole) {
  sending file = joined(page, on, 4);
  here.papers[0].on_finish = upload_step::failed;
  const std::string ref = file.chunk("data");
  EXPECT_EQ(page.next(), file.refused(ref, "write failed"));
  EXPECT_EQ(page.next(), file.closed());
  EXPECT_NE(page.next().find("internal upload error"), std::string::npos);
  EXPECT_EQ(here.in_use(), 0);
}

TEST_F(uploads, fail_with_the_words_of_their_sink) {
  sending file = joined(page, on, 50);
  here.papers[0].on_write = upload_step::failed;
  here.papers[0].why = "this paper is \"wet\"";
  const std::string ref = file.chunk("data");
  EXPECT_EQ(page.next(), file.refused(ref, "write failed"));
  EXPECT_EQ(page.next(), file.closed());
  EXPECT_EQ(page.next(),
            patch_of(on, 3, error_op(file.ref, "internal", "this paper is \\\"wet\\\"")));
}

TEST_F(uploads, that_are_too_large_fail_with_the_words_of_the_contract) {
  sending file = joined(page, on, 5);
  here.papers[0].why = "wet";
  (void)file.chunk("data");
  (void)page.all();
  (void)file.chunk("more");
  EXPECT_EQ(page.all().find("wet"), std::string::npos);
}

TEST_F(uploads, that_stop_coming_time_out) {
  sending file = joined(page, on, 50);
  server.run_for(9s);
  (void)file.chunk("data");
  (void)page.all();
  server.run_for(9999ms);
  EXPECT_TRUE(page.silent());
  server.run_for(1ms);
  EXPECT_EQ(page.next(), file.closed());
  EXPECT_EQ(
      page.next(),
      patch_of(on, 4, error_op(file.ref, "chunk_timeout", "upload timed out between chunks")));
  EXPECT_EQ(here.in_use(), 0);
}

TEST_F(uploads, whose_browser_leaves_before_the_end_are_cancelled) {
  sending file = joined(page, on, 50);
  (void)file.chunk("data");
  (void)page.all();
  const std::string ref = file.leave();
  EXPECT_EQ(page.next(), file.reply(ref, true, "{}"));
  EXPECT_EQ(page.next(), file.closed());
  EXPECT_EQ(page.next(), patch_of(on, 4, op("cancel", file.ref)));
  EXPECT_EQ(here.papers[0].releases, 1);
  expect_nothing_left();
}

TEST_F(uploads, that_are_joined_twice_are_cancelled_and_the_second_join_is_too_late) {
  sending file = joined(page, on, 50);
  const std::string closed = file.closed();
  const std::string again = file.join();
  EXPECT_EQ(page.next(), closed);
  EXPECT_EQ(page.next(), file.refused(again, "unauthorized"));
  EXPECT_EQ(page.next(), patch_of(on, 3, op("cancel", file.ref)));
  expect_nothing_left();
}

TEST_F(uploads, that_are_sent_as_text_end_with_phx_error) {
  sending file = joined(page, on, 50);
  (void)page.push(file.join_ref, file.topic(), "chunk", R"({"data":"x"})");
  EXPECT_NE(page.next().find("phx_error"), std::string::npos);
  EXPECT_EQ(page.next(), patch_of(on, 3, op("cancel", file.ref)));
  expect_nothing_left();
}

TEST_F(uploads, that_the_store_does_not_open_are_refused_and_say_why) {
  here.refuse = true;
  sending file = allowed(page, on, 50);
  const std::string ref = file.join();
  EXPECT_EQ(page.next(), file.refused(ref, "write failed"));
  EXPECT_EQ(page.next(), patch_of(on, 3, error_op(file.ref, "internal", "the album is full")));
  EXPECT_TRUE(page.silent());
  EXPECT_EQ(here.in_use(), 0);
}

TEST_F(uploads, for_which_the_store_has_no_sink_left_are_refused) {
  for (paper& each : here.papers) each.in_use = true;
  sending file = allowed(page, on, 50);
  const std::string ref = file.join();
  EXPECT_EQ(page.next(), file.refused(ref, "write failed"));
  EXPECT_EQ(page.next(), patch_of(on, 3, error_op(file.ref, "internal", "internal upload error")));
  for (paper& each : here.papers) each.in_use = false;
}

TEST_F(uploads, whose_store_throws_end_its_page_and_nobody_else) {
  root other = page.mounted("Test.Album", "other");
  sending file = allowed(page, on, 50);
  here.throws = true;
  (void)file.join();
  EXPECT_NE(page.all().find(on.error()), std::string::npos);
  here.throws = false;
  const std::string ref = other.command("save");
  EXPECT_EQ(page.next(), other.ok(ref));
  EXPECT_EQ(here.in_use(), 0);
}

TEST_F(uploads, whose_progress_makes_the_store_throw_end_its_page) {
  sending file = joined(page, on, 50);
  here.progress_throws = true;
  (void)file.chunk("data");
  EXPECT_NE(page.all().find(on.error()), std::string::npos);
  server.run_for(1s);
  EXPECT_EQ(here.in_use(), 0);
  EXPECT_EQ(server.in_use(), "connections 1");
}

// open question 4: complete when joined, whatever kind of client sends it
TEST_F(uploads, of_no_bytes_are_complete_when_they_are_joined) {
  sending file = allowed(page, on, 0);
  expect_joined(file);
  EXPECT_EQ(page.next(),
            patch_of(on, 3, progress_op(file.ref, 100) + "," + op("complete", file.ref),
                     replace("/percent", "100")));
  EXPECT_TRUE(here.papers[0].finished);
  // a client that sends an empty chunk is answered, one that sends none is not waited for for ever
  expect_progress(file, "", 100);
  EXPECT_EQ(page.next(), file.closed());

  sending second = joined(page, on, 0, "b.png");
  (void)page.next();
  server.run_for(10s);
  EXPECT_EQ(page.next(), second.closed());
  EXPECT_TRUE(page.silent());
  (void)on.command("save");
  EXPECT_EQ(here.saved, "a.png= b.png= ");
  (void)page.all();
  expect_nothing_left();
}

TEST_F(uploads, of_no_bytes_take_none) {
  sending file = joined(page, on, 0);
  (void)page.next();
  const std::string ref = file.chunk("x");
  EXPECT_EQ(page.next(), file.refused(ref, "upload too large"));
  EXPECT_EQ(page.next(), file.closed());
}

// --- a sink that needs time ---

TEST_F(uploads, wait_for_a_sink_that_needs_time) {
  sending file = joined(page, on, 8);
  here.papers[0].on_write = upload_step::later;
  const std::string first = file.chunk("data");
  EXPECT_TRUE(page.silent());
  server.run_for(9s);
  EXPECT_TRUE(page.silent());
  here.papers[0].settled();
  EXPECT_EQ(page.next(), file.progress(first, 50));
  (void)page.all();
  here.papers[0].on_finish = upload_step::later;
  const std::string second = file.chunk("data");
  here.papers[0].settled();
  EXPECT_TRUE(page.silent());
  EXPECT_TRUE(here.papers[0].finished);
  here.papers[0].settled();
  EXPECT_EQ(page.next(), file.progress(second, 100));
  EXPECT_EQ(page.next(), file.closed());
}

TEST_F(uploads, of_no_bytes_wait_for_a_sink_that_needs_time) {
  sending file = allowed(page, on, 0);
  here.papers[0].on_finish = upload_step::later;
  expect_joined(file);
  EXPECT_TRUE(page.silent());
  here.papers[0].settled();
  EXPECT_NE(page.next().find(op("complete", file.ref)), std::string::npos);
}

TEST_F(uploads, may_have_a_sink_that_settles_before_it_returns) {
  sending file = joined(page, on, 8);
  here.papers[0].at_once = true;
  expect_progress(file, "data", 50);
}

TEST_F(uploads, fail_when_their_sink_says_so_later) {
  sending file = joined(page, on, 8);
  here.papers[0].on_write = upload_step::later;
  const std::string ref = file.chunk("data");
  here.papers[0].settled(false);
  EXPECT_EQ(page.next(), file.refused(ref, "write failed"));
  EXPECT_EQ(page.next(), file.closed());
  EXPECT_NE(page.next().find("internal upload error"), std::string::npos);
  here.papers[0].settled();  // nobody waits for it any more
  EXPECT_TRUE(page.silent());
}

TEST_F(uploads, do_not_wait_forever_for_a_sink) {
  sending file = joined(page, on, 8);
  here.papers[0].on_write = upload_step::later;
  const std::string ref = file.chunk("data");
  server.run_for(10s);
  EXPECT_EQ(page.next(), file.refused(ref, "write failed"));
  EXPECT_EQ(page.next(), file.closed());
  EXPECT_NE(page.next().find("internal upload error"), std::string::npos);
  EXPECT_EQ(here.in_use(), 0);
}

TEST_F(uploads, fail_when_more_is_sent_than_was_asked_for) {
  sending file = joined(page, on, 8);
  here.papers[0].on_write = upload_step::later;
  (void)file.chunk("data");
  const std::string early = file.chunk("data");
  EXPECT_EQ(page.next(), file.refused(early, "write failed"));
  EXPECT_EQ(page.next(), file.closed());
  EXPECT_EQ(here.in_use(), 0);
}

// --- a page that is busy ---

TEST_F(uploads, wait_while_a_handler_is_suspended) {
  sending file = allowed(page, on, 8);
  const std::string held = on.command("hold");
  const std::string joining = file.join();
  const std::string asked = on.push("allow_upload", asking("photo", "b.png", 4));
  EXPECT_TRUE(page.silent());
  EXPECT_EQ(here.in_use(), 0);
  here.gate.notify();
  EXPECT_EQ(page.next(), on.ok(held));
  EXPECT_EQ(page.next(), file.reply(joining, true, "{}"));
  EXPECT_NE(page.next().find(R"("entries":{"0":)"), std::string::npos);
  (void)page.all();

  const std::string again = on.command("hold");
  const std::string chunk = file.chunk("data");
  EXPECT_TRUE(page.silent());
  EXPECT_EQ(here.papers[0].text, "data");
  here.gate.notify();
  EXPECT_EQ(page.next(), on.ok(again));
  EXPECT_EQ(page.next(), file.progress(chunk, 50));
  EXPECT_NE(page.next().find(progress_op(file.ref, 50)), std::string::npos);
}

TEST_F(uploads, whose_browser_leaves_while_a_handler_is_suspended_are_forgotten) {
  sending file = allowed(page, on, 8);
  (void)on.command("hold");
  (void)file.join();
  (void)file.leave();
  here.gate.notify();
  (void)page.all();
  EXPECT_EQ(here.in_use(), 0);
  expect_nothing_left();
}

TEST_F(uploads, of_a_page_that_ends_while_a_handler_is_suspended_leave_nothing) {
  sending file = joined(page, on, 8);
  (void)on.command("hold");
  (void)file.chunk("data");
  (void)on.push("cancel_upload", R"({"name":"photo","ref":")" + file.ref + "\"}");
  (void)on.leave();
  (void)page.all();
  EXPECT_EQ(here.in_use(), 0);
  EXPECT_EQ(server.in_use(), "connections 1");
}

// --- cancel, consume, the end ---

// contract section 10.5
TEST_F(uploads, can_be_cancelled_at_any_time) {
  sending pending = allowed(page, on, 8);
  sending moving = joined(page, on, 8, "b.png");
  (void)moving.chunk("data");
  (void)page.all();
  sending done = joined(page, on, 4, "c.png");
  (void)done.chunk("data");
  (void)page.all();
  for (sending* each : {&pending, &moving, &done}) {
    const std::string ref =
        on.push("cancel_upload", R"({"store_id":[],"name":"photo","ref":")" + each->ref + "\"}");
    const std::string all = page.all();
    EXPECT_NE(all.find(on.ok(ref)), std::string::npos) << all;
    EXPECT_NE(all.find(op("cancel", each->ref)), std::string::npos) << all;
    EXPECT_EQ(all.find(each->closed()) != std::string::npos, each == &moving) << all;
  }
  expect_nothing_left();
  const std::string unknown = on.push("cancel_upload", R"({"name":"photo","ref":"u_unknown"})");
  EXPECT_EQ(page.next(), on.ok(unknown));
  EXPECT_TRUE(page.silent());
}

TEST_F(uploads, that_failed_count_until_they_are_cancelled) {
  for (int i = 0; i < 3; ++i) {
    sending file = joined(page, on, 1000);
    (void)file.chunk(std::string(101, 'x'));
    (void)page.all();
  }
  (void)on.push("allow_upload", asking("photo", "a.png", 1));
  EXPECT_NE(page.next().find("too_many_files"), std::string::npos);
}

TEST_F(uploads, that_are_looked_at_and_left_stay) {
  sending file = joined(page, on, 4);
  (void)file.chunk("data");
  (void)page.all();
  const std::string peeked = on.command("peek");
  EXPECT_EQ(page.next(), on.ok(peeked));
  EXPECT_TRUE(page.silent());
  EXPECT_EQ(here.papers[0].releases, 0);
  (void)on.command("save");
  EXPECT_EQ(here.saved, "a.png=data ");
}

// contract section 10.5
TEST_F(uploads, are_consumed_in_the_order_in_which_they_were_chosen_and_only_when_complete) {
  sending a = joined(page, on, 1, "a.png");
  sending b = joined(page, on, 2, "b.png");
  sending c = joined(page, on, 1, "c.png");
  (void)c.chunk("c");
  (void)a.chunk("a");
  (void)b.chunk("b");
  (void)page.all();
  const std::string saved = on.command("save");
  EXPECT_EQ(page.next(), on.ok(saved));
  EXPECT_EQ(page.next().find("reset"), std::string::npos);  // b is still coming
  EXPECT_EQ(here.saved, "a.png=a c.png=c ");
}

// contract section 10.5
TEST_F(uploads, a_reset_is_told_even_if_there_was_nothing_to_consume) {
  const std::string saved = on.command("save");
  EXPECT_EQ(page.next(), on.ok(saved));
  EXPECT_EQ(page.next(), patch_of(on, 2, R"({"op":"reset","upload":"photo","store_id":[]})"));
}

TEST_F(uploads, can_be_given_up_by_their_store) {
  sending file = joined(page, on, 8);
  sending other = allowed(page, on, 8, "b.png");
  (void)on.command("clear");
  const std::string all = page.all();
  EXPECT_NE(all.find(op("cancel", file.ref)), std::string::npos) << all;
  EXPECT_NE(all.find(op("cancel", other.ref)), std::string::npos) << all;
  EXPECT_NE(all.find(file.closed()), std::string::npos) << all;
  expect_nothing_left();
}

TEST_F(uploads, can_be_given_up_by_their_store_as_they_come) {
  sending file = joined(page, on, 8);
  here.cancel_on_progress = true;
  const std::string ref = file.chunk("data");
  EXPECT_EQ(page.next(), file.progress(ref, 50));
  EXPECT_EQ(page.next(), file.closed());
  EXPECT_EQ(page.next(), patch_of(on, 3, op("cancel", file.ref), replace("/percent", "50")));
  expect_nothing_left();
}

TEST_F(uploads, end_with_their_root) {
  sending file = joined(page, on, 8);
  const std::string left = on.leave();
  const std::string all = page.all();
  EXPECT_NE(all.find(file.closed()), std::string::npos) << all;
  EXPECT_EQ(here.in_use(), 0);
  EXPECT_EQ(server.in_use(), "connections 1");
}

TEST_F(uploads, end_with_their_connection) {
  sending file = joined(page, on, 8);
  page.close();
  server.run_for(1s);
  EXPECT_EQ(here.in_use(), 0);
  EXPECT_EQ(server.in_use(), "");
}

TEST_F(uploads, of_a_root_that_is_mounted_again_are_gone) {
  sending file = joined(page, on, 8);
  root again = page.join("Test.Album");
  EXPECT_NE(page.all().find(file.closed()), std::string::npos);
  EXPECT_EQ(here.in_use(), 0);
  expect_unauthorized(file);
}

// --- stores within stores ---

TEST(uploads_of_a_child, are_announced_with_its_store_id_and_end_with_it) {
  darkroom here;
  served<album_socket> server;
  browser page = server.open();
  root on = page.join("Test.Shelf");
  (void)page.next();
  EXPECT_NE(
      page.next().find(R"({"op":"config","upload":"photo","store_id":["albums","0"],"config":)"),
      std::string::npos);
  sending file = joined(page, on, 8, "a.png", R"(["albums","0"])");
  EXPECT_EQ(here.in_use(), 1);
  (void)file.chunk("data");
  EXPECT_NE(
      page.all().find(R"("store_id":["albums","0"],"ref":")" + file.ref + R"(","progress":50})"),
      std::string::npos);
  (void)on.command("resize", R"({"albums":0})");
  const std::string all = page.all();
  EXPECT_NE(all.find(file.closed()), std::string::npos) << all;
  EXPECT_EQ(here.in_use(), 0);
  EXPECT_EQ(server.in_use(), "connections 1, pages 1");
}

TEST(uploads_of_a_child, that_comes_later_are_announced_then) {
  darkroom here;
  served<album_socket> server;
  browser page = server.open();
  root on = page.mounted("Test.Shelf");
  (void)on.command("resize", R"({"albums":2})");
  (void)page.next();
  const std::string patch = page.next();
  EXPECT_NE(patch.find(R"({"op":"config","upload":"photo","store_id":["albums","1"],"config":)"),
            std::string::npos)
      << patch;
  EXPECT_NE(patch.find(R"("photo":{"__musubi_upload__":"photo"})"), std::string::npos) << patch;
}

TEST(uploads_of_a_child, are_its_own_and_not_its_owners) {
  darkroom here;
  served<album_socket> server;
  browser page = server.open();
  root on = page.mounted("Test.Shelf");
  sending file = joined(page, on, 4, "a.png", R"(["albums","0"])");
  (void)file.chunk("data");
  (void)page.all();
  const std::string ref = on.command("save");
  EXPECT_EQ(page.next(), on.ok(ref));
  EXPECT_TRUE(page.silent());
  EXPECT_EQ(here.in_use(), 1);
}

TEST(uploads_of_a_child, are_named_by_numbers_too) {
  darkroom here;
  served<album_socket> server;
  browser page = server.open();
  root on = page.mounted("Test.Shelf");
  sending file = allowed(page, on, 8, "a.png", R"(["albums",0])");
  EXPECT_EQ(file.ref.size(), 13U);
}

// --- external mode, contract section 10.4 ---

class external_uploads : public testing::Test {
 protected:
  darkroom here;  // outlives the pages whose files it holds
  served<album_socket> server;
  browser page = server.open();
  root on = page.mounted("Test.Gallery");
  std::string ref;

  void SetUp() override {
    (void)on.push("allow_upload", asking("picture", "a.txt", 5));
    reply = page.next();
    ref = quoted_after(reply, R"("entry_ref":")");
    (void)page.next();
  }
  std::string tell(std::string_view event, std::string_view more) {
    return on.push(
        event, R"({"store_id":[],"name":"picture","ref":")" + ref + "\"" + std::string(more) + "}");
  }
  std::string picture_op(std::string_view kind, std::string_view more = "") const {
    return R"({"op":")" + std::string(kind) + R"(","upload":"picture","store_id":[],"ref":")" +
           ref + "\"" + std::string(more) + "}";
  }
  std::string reply;
};

// contract section 10.4
TEST_F(external_uploads, tell_the_browser_where_to_send_the_file) {
  EXPECT_NE(reply.find(R"("config":{"accept":"any","max_entries":1,"max_file_size":8000000,)"
                       R"("chunk_size":4000},"entries":{"0":{"type":"external","entry_ref":")" +
                       ref +
                       R"(","uploader":"s3","meta":{"url":"https://example.test/a.txt"}}},)"
                       R"("errors":[]})"),
            std::string::npos)
      << reply;
}

// contract section 10.4
TEST_F(external_uploads, have_their_progress_told_by_the_browser) {
  std::string asked = tell("upload_progress", R"(,"progress":50)");
  EXPECT_EQ(page.next(), on.ok(asked));
  EXPECT_EQ(page.next(), patch_of(on, 3, picture_op("progress", R"(,"progress":50)")));
  server.run_for(1s);
  asked = tell("upload_progress", R"(,"progress":250)");
  EXPECT_EQ(page.next(), on.ok(asked));
  EXPECT_EQ(
      page.next(),
      patch_of(on, 4, picture_op("progress", R"(,"progress":100)") + "," + picture_op("complete")));
  asked = tell("upload_progress", R"(,"progress":20)");
  EXPECT_EQ(page.next(), on.ok(asked));
  EXPECT_TRUE(page.silent());
  const std::string saved = on.command("save");
  EXPECT_EQ(page.next(), on.ok(saved));
  EXPECT_NE(page.next().find("https://example.test/a.txt"), std::string::npos);
  EXPECT_EQ(server.in_use(), "connections 1, pages 1");
}

TEST_F(external_uploads, take_nonsense_for_no_progress) {
  for (const char* nonsense :
       {R"(,"progress":-3)", R"(,"progress":"7")", R"(,"progress":1.5)", ""}) {
    const std::string asked = tell("upload_progress", nonsense);
    EXPECT_EQ(page.next(), on.ok(asked));
    EXPECT_NE(page.next().find(picture_op("progress", R"(,"progress":0)")), std::string::npos);
    server.run_for(1s);
  }
}

TEST_F(external_uploads, fail_as_the_browser_tells) {
  std::string asked = tell("upload_error", R"(,"code":"whatever","message":"no space")");
  EXPECT_EQ(page.next(), on.ok(asked));
  EXPECT_EQ(page.next(), patch_of(on, 3,
                                  picture_op("error", R"(,"error":{"code":"external_failed",)"
                                                      R"("message":"no space"})")));
}

TEST_F(external_uploads, fail_with_a_text_of_ours_when_the_browser_has_none) {
  (void)tell("upload_error", R"(,"code":"external_failed","message":"")");
  (void)page.next();
  EXPECT_EQ(page.next(), patch_of(on, 3,
                                  picture_op("error", R"(,"error":{"code":"external_failed",)"
                                                      R"("message":"external upload failed"})")));
}

TEST_F(external_uploads, cannot_be_sent_over_a_channel) {
  sending forged{&page, ref, "token"};
  expect_unauthorized(forged);
}

TEST_F(external_uploads, are_refused_with_the_words_of_the_store) {
  const std::string cancelled = tell("cancel_upload", "");
  (void)page.all();
  (void)on.push("allow_upload", asking("picture", "secret", 5));
  EXPECT_NE(page.next().find(R"({"code":"preflight_rejected","message":"not secret"})"),
            std::string::npos);
  EXPECT_TRUE(page.silent());
  EXPECT_EQ(server.in_use(), "connections 1, pages 1");
}

TEST_F(external_uploads, alone_can_be_told_about_by_the_browser) {
  root photos = page.mounted("Test.Album", "photos");
  sending file = joined(page, photos, 8);
  for (const char* event : {"upload_progress", "upload_error"}) {
    const std::string forged = photos.push(
        event, R"({"name":"photo","ref":")" + file.ref + R"(","progress":100,"message":"x"})");
    EXPECT_EQ(page.next(), photos.refused_for(forged, "internal error"));
    const std::string unknown =
        on.push(event, R"({"name":"picture","ref":"u_unknown","progress":100})");
    EXPECT_EQ(page.next(), on.refused_for(unknown, "internal error"));
  }
}

}  // namespace
}  // namespace musubi::test
