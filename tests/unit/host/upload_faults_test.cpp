/// Uploads where something is used up, fails, or stands still: whoever it concerns is told, nothing
/// is left behind, and others do not notice.

#include "support/counting_allocator.hpp"
#include "support/sending.hpp"
#include "support/served.hpp"

#include <random>

namespace musubi::test {
namespace {

using memory_port::failure;
using memory_port::operation;

memory_port::options lowered(void (*lower)(limits&)) {
  memory_port::options chosen{.limits = small_limits()};
  lower(chosen.limits);
  EXPECT_EQ(chosen.limits.violation(), "");
  return chosen;
}

std::string refusal(std::string_view message) {
  return R"("entries":{},"errors":[{"client_ref":"0","error":{"code":"preflight_rejected",)"
         R"("message":")" +
         std::string(message) + "\"}}]";
}

TEST(an_exhausted_pool, of_uploads_is_told_to_who_comes_too_late_and_others_go_on) {
  darkroom here;
  served<album_socket> server(lowered([](limits& l) { l.uploads = 2; }));
  browser page = server.open();
  root on = page.mounted("Test.Album");
  sending first = joined(page, on, 200);
  sending second = allowed(page, on, 4);
  browser late = server.open();
  root his = late.mounted("Test.Album");
  (void)his.push("allow_upload", asking("photo", "a.png", 4));
  EXPECT_NE(late.next().find(refusal("pool exhausted: uploads")), std::string::npos);
  EXPECT_TRUE(late.silent());
  EXPECT_EQ(failures(server.core(), "uploads"), 1U);

  const std::string ref = first.chunk("data");
  EXPECT_EQ(page.next(), first.progress(ref, 2));
  (void)on.leave();
  (void)joined(late, his, 4);
  EXPECT_EQ(here.in_use(), 1);
}

TEST(an_exhausted_pool, of_uploads_of_one_page_leaves_the_others_theirs) {
  darkroom here;
  served<album_socket> server(lowered([](limits& l) { l.uploads_per_page = 1; }));
  browser page = server.open();
  root on = page.mounted("Test.Album");
  sending first = allowed(page, on, 4);
  (void)on.push("allow_upload", asking("photo", "a.png", 4));
  EXPECT_NE(page.next().find(refusal("pool exhausted: uploads_per_page")), std::string::npos);
  root other = page.mounted("Test.Album", "other");
  EXPECT_EQ(allowed(page, other, 4).ref.size(), 13U);
}

TEST(a_file_name, that_is_longer_than_there_is_room_is_refused) {
  darkroom here;
  served<album_socket> server(lowered([](limits& l) { l.upload_name_bytes = 16; }));
  browser page = server.open();
  root on = page.mounted("Test.Album");
  (void)on.push("allow_upload", asking("photo", "seven77.png", 4));
  EXPECT_NE(page.next().find(refusal("file name too long")), std::string::npos);
  EXPECT_EQ(allowed(page, on, 4, "sixx.png").ref, "");  // its type has nine bytes
  EXPECT_EQ(allowed(page, on, 4, "six.png").ref.size(), 13U);
}

TEST(a_chunk, is_never_larger_than_a_message) {
  darkroom here;
  served<album_socket> server(lowered([](limits& l) { l.message_bytes = 1024; }));
  browser page = server.open();
  root on = page.mounted("Test.Gallery");
  (void)on.push("allow_upload", asking("picture", "a", 4));
  EXPECT_NE(page.next().find(R"("chunk_size":928})"), std::string::npos);
}

TEST(a_preflight, of_more_than_can_be_read_is_refused_and_the_root_lives_on) {
  darkroom here;
  served<album_socket> server(lowered([](limits& l) { l.decode_bytes = 2048; }));
  browser page = server.open();
  root on = page.mounted("Test.Album");
  std::string entries;
  for (int i = 0; i < 100; ++i) entries += i == 0 ? "1" : ",1";
  const std::string ref =
      on.push("allow_upload", R"({"name":"photo","entries":[)" + entries + "]}");
  EXPECT_EQ(page.next(), on.refused(ref, R"({"reason":"exhausted","pool":"decode"})"));
  EXPECT_EQ(allowed(page, on, 4).ref.size(), 13U);
}

TEST(requests_about_uploads, that_wait_are_bounded) {
  darkroom here;
  served<album_socket> server;
  browser page = server.open();
  root on = page.mounted("Test.Album");
  (void)on.command("hold");
  for (int i = 0; i < 4; ++i) (void)on.push("allow_upload", asking("photo", "a.gif", 4));
  const std::string ref = on.push("allow_upload", asking("photo", "a.gif", 4));
  EXPECT_EQ(page.next(), on.refused(ref, R"({"reason":"exhausted","pool":"mailbox"})"));
  here.gate.notify();
  EXPECT_NE(page.all().find("not_accepted"), std::string::npos);
}

TEST(an_upload, starves_nobody) {
  darkroom here;
  served<album_socket> server;
  browser page = server.open();
  root on = page.mounted("Test.Album");
  sending file = joined(page, on, 1000);
  browser other = server.open();
  root his = other.mounted("Test.Album");
  // half a chunk's message, and then nothing
  const std::string frame = client_frame(
      0x2, binary_push(file.join_ref, "9", file.topic(), "chunk", std::string(100, 'x')));
  page.send(frame.substr(0, frame.size() / 2));
  const std::string ref = his.command("peek");
  EXPECT_EQ(other.next(), his.ok(ref));
  server.run_for(10s);
  EXPECT_NE(page.all().find("chunk_timeout"), std::string::npos);
  EXPECT_EQ(here.in_use(), 0);
}

TEST(an_upload, asks_nothing_of_the_heap) {
  darkroom here;
  for (paper& each : here.papers) each.text.reserve(1000);
  served<album_socket> server;
  browser page = server.open();
  root on = page.mounted("Test.Album");
  const auto once = [&] {
    sending file = joined(page, on, 300);
    const std::string frames =
        client_frame(
            0x2, binary_push(file.join_ref, "90", file.topic(), "chunk", std::string(100, 'x'))) +
        client_frame(
            0x2, binary_push(file.join_ref, "91", file.topic(), "chunk", std::string(100, 'y')));
    (void)page.all();
    server.end_of(page).write(frames);
    here.progress.clear();
    here.progress.reserve(100);
    const heap_watch watch;
    server.run();
    EXPECT_EQ(watch.allocations(), 0U);
    (void)page.all();
    (void)file.leave();
    (void)page.all();
  };
  once();
  once();
}

/// All that a browser does with files, whatever it is answered.
template <class Between>
void live_through(served<album_socket>& server, darkroom& here, Between&& between) {
  browser page = server.connection();
  (void)page.upgrade();
  root on = page.join("Test.Album");
  root elsewhere = page.join("Test.Gallery", "g");
  root shelf = page.join("Test.Shelf", "s");
  (void)page.all();
  between();
  const auto start = [&](root& where, std::string_view store_id, std::uint64_t size) {
    (void)where.push("allow_upload", asking("photo", "a.png", size, store_id));
    const std::string said = page.all();
    sending file{&page, quoted_after(said, R"("entry_ref":")"), quoted_after(said, R"("token":")")};
    between();
    (void)file.join();
    between();
    return file;
  };
  sending first = start(on, "[]", 150);
  (void)first.chunk(std::string(100, 'x'));
  between();
  sending second = start(shelf, R"(["albums","0"])", 150);
  (void)second.chunk(std::string(100, 'x'));
  between();
  sending empty = start(on, "[]", 0);
  (void)on.command("hold");
  between();
  (void)first.chunk(std::string(50, 'x'));
  (void)on.push("cancel_upload", R"({"name":"photo","ref":")" + empty.ref + "\"}");
  between();
  here.gate.notify();
  server.run();
  (void)on.command("save");
  between();
  (void)shelf.command("resize", R"({"albums":0})");
  between();
  (void)elsewhere.push("allow_upload", asking("picture", "a", 4));
  const std::string ref = quoted_after(page.all(), R"("entry_ref":")");
  (void)elsewhere.push("upload_progress",
                       R"({"name":"picture","ref":")" + ref + R"(","progress":100})");
  between();
  (void)elsewhere.command("save");
  between();
  here.papers[0].on_write = here.papers[1].on_write = upload_step::later;
  sending slow = start(on, "[]", 150);
  (void)slow.chunk("data");
  between();
  for (paper& each : here.papers) each.settled();
  here.papers[0].on_write = here.papers[1].on_write = upload_step::done;
  server.run();
  (void)slow.chunk(std::string(150, 'x'));
  between();
  sending last = start(on, "[]", 150);
  between();
  (void)last.leave();
  between();
  (void)page.all();
}

void expect_intact(served<album_socket>& server, darkroom& here) {
  server.faults() = {};
  fault::disarm();
  server.run_for(700s);  // every deadline
  EXPECT_EQ(server.in_use(), "");
  EXPECT_EQ(here.in_use(), 0);
  here.saved.clear();
  browser page = server.open();
  root on = page.mounted("Test.Album");
  sending file = joined(page, on, 4);
  (void)file.chunk("data");
  (void)page.all();
  (void)on.command("save");
  EXPECT_EQ(here.saved, "a.png=data ");
  page.close();
  server.run_for(1s);
  EXPECT_EQ(server.in_use(), "");
}

memory_port::options tight_darkroom() {
  memory_port::options chosen{.limits = small_limits(), .sizes = {.pipe_bytes = 2048}};
  chosen.limits.backlog_bytes = 16384;
  chosen.limits.backlog_blocks = 100;
  return chosen;
}

TEST(uploads_of_a_failing_host, leave_nothing_whichever_allocation_fails) {
  for (std::uint32_t nth = 1;; ++nth) {
    SCOPED_TRACE("allocation " + std::to_string(nth));
    darkroom here;
    served<album_socket> server(tight_darkroom());
    fault::arm(nth);
    live_through(server, here, [] {});
    const bool all_passed = fault::armed();
    expect_intact(server, here);
    if (HasFailure()) return fault::disarm();
    if (all_passed) {
      EXPECT_GT(nth, 60U);
      return;
    }
  }
}

TEST(uploads_of_a_failing_host, leave_nothing_wherever_the_network_fails) {
  for (const failure kind : {failure::disconnect, failure::stall, failure::one_byte}) {
    for (std::uint32_t nth = 1;; ++nth) {
      SCOPED_TRACE("operation " + std::to_string(nth));
      darkroom here;
      served<album_socket> server(tight_darkroom());
      server.faults().arm(operation::any, kind, nth);
      live_through(server, here, [] {});
      const bool all_passed = server.faults().armed();
      expect_intact(server, here);
      if (HasFailure()) return;
      if (all_passed) break;
    }
  }
}

TEST(uploads_of_a_failing_host, leave_nothing_after_one_trouble_and_another) {
  for (unsigned seed = 1; seed <= 200; ++seed) {
    SCOPED_TRACE("seed " + std::to_string(seed));
    std::mt19937 any(seed);
    darkroom here;
    served<album_socket> server(tight_darkroom());
    live_through(server, here, [&] {
      if (any() % 3 == 0) fault::arm(1 + any() % 8);
      constexpr failure kinds[] = {failure::disconnect, failure::stall, failure::one_byte};
      if (any() % 4 == 0) server.faults().arm(operation::any, kinds[any() % 3], 1 + any() % 16);
      if (any() % 5 == 0) server.faults().most_written = 1 + any() % 300;
      if (any() % 5 == 0) server.faults().most_read = 1 + any() % 300;
      if (any() % 8 == 0) here.papers[any() % 4].on_write = upload_step(any() % 3);
      if (any() % 8 == 0) here.papers[any() % 4].on_finish = upload_step(any() % 3);
      if (any() % 9 == 0) here.throws = !here.throws;
      if (any() % 9 == 0) here.cancel_on_progress = !here.cancel_on_progress;
      if (any() % 6 == 0) server.run_for(std::chrono::seconds(any() % 12));
    });
    for (paper& each : here.papers) each.on_write = each.on_finish = upload_step::done;
    here.throws = here.cancel_on_progress = false;
    expect_intact(server, here);
    if (HasFailure()) return;
  }
}

}  // namespace
}  // namespace musubi::test
