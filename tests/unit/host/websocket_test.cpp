/// One WebSocket of a host: bad bytes, large messages, deadlines, clients that stop reading.

#include "support/board.hpp"
#include "support/served.hpp"

namespace musubi::test {
namespace {

constexpr std::string_view beat = R"([null,"b","phoenix","heartbeat",{}])";
constexpr std::string_view beaten =
    R"([null,"b","phoenix","phx_reply",{"status":"ok","response":{}}])";

class a_websocket : public testing::Test {
 protected:
  surroundings here;
  served<board_socket> server;
  browser page = server.open();

  /// The connection is over with `code`, gives everything back, and the next client is served.
  void expect_closed(std::uint16_t code) {
    EXPECT_EQ(page.close_code(), code);
    page.close();
    EXPECT_EQ(server.in_use(), "");
    (void)server.open().mounted("Test.Board");
  }
  static std::string named(std::size_t bytes) {
    // a heartbeat whose payload makes it so long
    const std::string frame = R"([null,"b","phoenix","heartbeat",{"x":""}])";
    return R"([null,"b","phoenix","heartbeat",{"x":")" + std::string(bytes - frame.size(), 'y') +
           "\"}]";
  }
};

// --- bad input ---

TEST_F(a_websocket, closes_1009_on_a_message_over_the_limit_that_names_nobody) {
  page.send(client_frame(0x1, std::string(4097, 'x')).substr(0, 8 + 512));
  expect_closed(1009);
  EXPECT_EQ(server.counted().closed_violation, 1U);
}

TEST_F(a_websocket, refuses_a_message_over_the_limit_at_its_address_and_goes_on) {
  (void)page.mounted("Test.Board");
  page.say(
      R"(["1","7","musubi:connection:Test.Board:main","command",{"name":"echo","payload":{"words":")" +
      std::string(100000, 'x') + "\"}}]");
  EXPECT_EQ(
      page.next(),
      R"(["1","7","musubi:connection:Test.Board:main","phx_reply",{"status":"error","response":)"
      R"({"reason":"invalid payload","expected":"a message of at most 4096 bytes"}}])");
  page.say(
      R"(["9","9","musubi:connection:x","phx_join",{"module":"Test.Board","id":"x","params":{"label":")" +
      std::string(5000, 'x') + "\"}}]");
  EXPECT_EQ(page.next(),
            R"(["9","9","musubi:connection:x","phx_reply",{"status":"error","response":)"
            R"({"reason":"invalid params","expected":"a message of at most 4096 bytes"}}])");
  page.say(named(4096));
  EXPECT_EQ(page.next(), beaten);
}

TEST_F(a_websocket, takes_a_message_of_just_the_limit) {
  page.say(named(4096));
  EXPECT_EQ(page.next(), beaten);
  EXPECT_EQ(server.in_use(), "connections 1");
}

TEST_F(a_websocket, closes_1009_when_fragments_add_up_to_more_than_the_limit) {
  page.send(client_frame(0x1, std::string(3000, 'x'), false));
  page.send(client_frame(0x0, std::string(1097, 'x'), true));
  expect_closed(1009);
}

TEST_F(a_websocket, closes_1007_on_a_text_that_is_not_utf8) {
  page.say("[\"\xc3\x28\"]");
  expect_closed(1007);
}

TEST_F(a_websocket, closes_1002_on_a_protocol_error) {
  page.send("\x81\x05hello");  // not masked
  expect_closed(1002);
}

TEST_F(a_websocket, closes_1002_on_what_is_no_channel_message) {
  for (const auto* text : {"hello", "{}", "[]", R"(["1","1","t")", R"(["1","1","t\ud83d","e",{}])",
                           R"([1,"1","t","e",{}])", R"(["1","1",null,"e",{}])"}) {
    browser each = server.open();
    each.say(text);
    EXPECT_EQ(each.close_code(), 1002) << text;
  }
  page.send(client_frame(0x2, std::string("\0\xff\x01", 3)));
  expect_closed(1002);
}

TEST_F(a_websocket, echoes_the_close_of_its_client) {
  page.send(client_frame(0x8,
                         "\x03\xe8"
                         "bye"));
  EXPECT_EQ(page.close_code(), 1000);
  EXPECT_TRUE(page.ended());
  EXPECT_EQ(server.in_use(), "");
  EXPECT_EQ(server.counted().closed_by_peer, 1U);
}

TEST_F(a_websocket, answers_a_ping_in_between) {
  page.send(client_frame(0x1, std::string(beat.substr(0, 10)), false));
  page.send(client_frame(0x9, "still there?"));
  EXPECT_EQ(page.pong(), "still there?");
  page.send(client_frame(0x0, std::string(beat.substr(10)), true));
  EXPECT_EQ(page.next(), beaten);
}

TEST_F(a_websocket, reads_messages_however_they_are_cut) {
  server.faults().most_read = 1;
  for (int i = 0; i < 3; ++i) {
    page.say(beat);
    EXPECT_EQ(page.next(), beaten);
  }
  page.say(named(4000));
  EXPECT_EQ(page.next(), beaten);
  EXPECT_EQ(server.in_use(), "connections 1");
}

TEST_F(a_websocket, keeps_a_read_buffer_only_while_part_of_a_message_is_there) {
  const std::string frame = client_text(beat);
  page.send(frame.substr(0, 10));
  EXPECT_EQ(server.in_use(), "connections 1, read_buffers 1");
  page.send(frame.substr(10));
  EXPECT_EQ(page.next(), beaten);
  EXPECT_EQ(server.in_use(), "connections 1");
}

TEST_F(a_websocket, waits_while_too_many_large_messages_are_under_way) {
  browser first = server.open();
  browser second = server.open();
  const std::string large = client_text(named(4000));
  first.send(large.substr(0, 100));
  second.send(large.substr(0, 100));
  EXPECT_NE(server.in_use().find("large_messages 2"), std::string::npos);
  browser third = server.open();
  page.send(large);
  third.send(large);
  EXPECT_TRUE(page.silent());
  // the others do not notice
  first.send(large.substr(100));
  EXPECT_EQ(first.next(), beaten);
  EXPECT_EQ(page.next(), beaten) << "who came first is first";
  EXPECT_EQ(third.next(), beaten);
  second.send(large.substr(100));
  EXPECT_EQ(second.next(), beaten);
  EXPECT_EQ(server.in_use(), "connections 4");
}

TEST_F(a_websocket, takes_the_large_buffer_of_the_slowest_message_when_it_waits_for_one) {
  browser first = server.open();
  browser second = server.open();
  const std::string large = client_text(named(4000));
  first.send(large.substr(0, 2100));
  second.send(large.substr(0, 2000));
  server.run_for(500ms);
  first.send(large.substr(2100, 100));
  second.send(large.substr(2000, 1900));
  server.run_for(200ms);
  page.send(large);
  EXPECT_TRUE(page.silent());
  server.run_for(400ms);
  EXPECT_TRUE(page.silent()) << "a second, and what 2200 bytes are worth, are not over";
  server.run_for(50ms);
  EXPECT_EQ(first.close_code(), 1013);
  EXPECT_EQ(first.close_reason(), "others wait for a slow message");
  EXPECT_EQ(page.next(), beaten);
  EXPECT_EQ(server.counted().closed_for_room, 1U);
  second.send(large.substr(3900));
  EXPECT_EQ(second.next(), beaten);
}

TEST_F(a_websocket, ends_a_message_that_takes_too_long_however_often_a_byte_comes) {
  const std::string frame = client_text(beat);
  for (std::size_t i = 0; i < 9; ++i) {
    page.send(frame.substr(i, 1));
    server.run_for(1s);
  }
  EXPECT_FALSE(page.ended());
  server.run_for(2s);
  EXPECT_EQ(page.close_code(), 1008);
  EXPECT_EQ(page.close_reason(), "message too slow");
  EXPECT_EQ(server.counted().message_timeouts, 1U);
  EXPECT_EQ(server.in_use(), "connections 1");
  page.send(frame.substr(9));
  server.run_for(2s);
  EXPECT_EQ(server.in_use(), "");
}

TEST_F(a_websocket, gives_a_message_longer_as_long_as_it_gets_on) {
  const std::string frame = client_text(named(4000));
  for (std::size_t sent = 0; sent < frame.size(); sent += 300) {
    page.send(frame.substr(sent, 300));
    server.run_for(900ms);
  }
  EXPECT_EQ(page.next(), beaten);
}

TEST_F(a_websocket, counts_the_time_of_each_message_from_its_own_first_byte) {
  const std::string frame = client_text(beat);
  page.send(frame.substr(0, 10));
  for (int i = 0; i < 20; ++i) {  // there is part of a message all the time
    server.run_for(2s);
    page.send(frame.substr(10) + frame.substr(0, 10));
    EXPECT_EQ(page.next(), beaten);
  }
}

TEST_F(a_websocket, has_no_more_time_for_a_message_because_of_pings_in_between) {
  page.send(client_frame(0x1, std::string(beat.substr(0, 10)), false));
  for (int i = 0; i < 11; ++i) {
    page.send(client_frame(0x9, "?"));
    server.run_for(1s);
  }
  EXPECT_EQ(page.close_code(), 1008);
}

TEST_F(a_websocket, has_time_for_pings_that_come_in_pieces) {
  const std::string ping = client_frame(0x9, "?");
  page.send(ping.substr(0, 3));
  for (int i = 0; i < 20; ++i) {
    server.run_for(1s);
    page.send(ping.substr(3) + ping.substr(0, 3));
  }
  EXPECT_EQ(page.pong(), "?");
  EXPECT_FALSE(page.ended());
}

// --- turns ---

class a_websocket_flood : public testing::Test {
 protected:
  static memory_port::options wide() {
    memory_port::options chosen{.limits = small_limits()};
    chosen.limits.read_bytes = 8192;
    chosen.limits.message_bytes = 32768;
    chosen.limits.turn_frames = 16;
    return chosen;
  }
  /// Turns until the client at `end` was sent something.
  int turns_until_answered(memory_port::client& end) {
    for (int turns = 1; turns < 10000; ++turns) {
      (void)server.host().events().turn();
      if (end.waiting() != 0) return turns;
    }
    return 10000;
  }

  surroundings here;
  served<board_socket> server{wide()};
  browser page = server.open();
  browser greedy = server.open();
};

TEST_F(a_websocket_flood, of_frames_is_handled_some_at_a_turn) {
  std::string pings;
  for (int i = 0; i < 200; ++i) pings += client_frame(0x9, "?");
  memory_port::client& flooding = server.end_of(greedy);
  ASSERT_EQ(flooding.write(pings), pings.size());
  (void)turns_until_answered(flooding);
  EXPECT_EQ(flooding.waiting(), 16 * 3U) << "a pong is 3 bytes";
  (void)server.host().events().turn();
  EXPECT_EQ(flooding.waiting(), 32 * 3U);
  server.run();
  EXPECT_EQ(flooding.waiting(), 200 * 3U);
  EXPECT_EQ(server.in_use(), "connections 2");
}

TEST_F(a_websocket_flood, of_fragments_delays_nobody) {
  std::string fragments = client_frame(0x1, "x", false);
  while (fragments.size() < 60000) fragments += client_frame(0x0, "y", false);
  memory_port::client& flooding = server.end_of(greedy);
  ASSERT_EQ(flooding.write(fragments), fragments.size());
  for (int i = 0; i < 3; ++i) (void)server.host().events().turn();
  (void)server.end_of(page).write(client_text(beat));
  EXPECT_LE(turns_until_answered(server.end_of(page)), 2);
  EXPECT_GT(flooding.underway(), 20000U) << "most of it was not even read";
  flooding.close();
  server.run();
  EXPECT_EQ(server.in_use(), "connections 1");
}

TEST_F(a_websocket_flood, that_had_to_wait_is_answered_when_the_client_ends_meanwhile) {
  std::string beats;
  for (int i = 0; i < 60; ++i) beats += client_text(beat);
  memory_port::client& flooding = server.end_of(greedy);
  ASSERT_EQ(flooding.write(beats + client_frame(0x8, "\x03\xe8")), beats.size() + 8);
  flooding.shutdown();
  int answers = 0;
  while (greedy.next() == beaten) ++answers;
  EXPECT_EQ(answers, 60);
  EXPECT_EQ(greedy.close_code(), 1000);
  EXPECT_EQ(server.in_use(), "connections 1");
}

TEST_F(a_websocket_flood, that_had_to_wait_is_given_up_with_its_websocket) {
  std::string pings;
  for (int i = 0; i < 200; ++i) pings += client_frame(0x9, "?");
  ASSERT_EQ(server.end_of(greedy).write(pings), pings.size());
  (void)turns_until_answered(server.end_of(greedy));
  server.host().stop();
  server.run_for(3s);
  EXPECT_TRUE(server.host().events().has_stopped());
  EXPECT_EQ(server.in_use(), "");
}

TEST_F(a_websocket_flood, is_read_some_bytes_at_a_turn) {
  memory_port::options narrow = wide();
  narrow.limits.turn_bytes = 1000;
  served<board_socket> host(narrow);
  browser sender = host.open();
  memory_port::client& end = host.end_of(sender);
  ASSERT_EQ(end.write(client_text(std::string(5000, 'x'))), 5008U);
  for (std::size_t left = 4008; left > 1008; left -= 1000) {
    (void)host.host().events().turn();
    EXPECT_EQ(end.underway(), left);
  }
}

// --- what goes out ---

TEST_F(a_websocket, sends_an_envelope_larger_than_its_buffer_in_fragments) {
  const root large = page.join("Test.Scroll");
  EXPECT_EQ(page.next(), large.joined());
  const std::string envelope = page.next();
  EXPECT_GT(envelope.size(), 4096U);
  EXPECT_GT(page.fragments(), 4U);
  EXPECT_TRUE(envelope.starts_with(large.initial("{").substr(0, 100)));
  EXPECT_TRUE(envelope.ends_with(R"(]}}],"stream_ops":[],"upload_ops":[],"events":[]}])"));
  EXPECT_TRUE(page.silent());
}

TEST(a_websocket_with_small_buffers, takes_all_of_a_large_envelope) {
  surroundings here;
  memory_port::options patient{.limits = small_limits()};
  patient.limits.backlog_bytes = 8192;
  patient.limits.backlog_blocks = 64;
  served<board_socket> server(patient);
  browser page = server.open();
  server.faults().most_written = 7;
  root large = page.mounted("Test.Scroll");
  const std::string ref = large.command("fill", R"({"lines":3})");
  EXPECT_EQ(page.next(), large.ok(ref));
  EXPECT_NE(page.next().find("\"op\":\"remove\",\"path\":\"/lines/99\""), std::string::npos);
  EXPECT_EQ(server.in_use(), "connections 1, pages 1");
}

// --- deadlines ---

TEST_F(a_websocket, ends_when_nothing_is_heard_for_a_minute) {
  server.run_for(59s);
  EXPECT_FALSE(page.ended());
  server.run_for(2s);
  EXPECT_TRUE(page.ended());
  EXPECT_EQ(server.in_use(), "");
  EXPECT_EQ(server.counted().closed_idle, 1U);
}

TEST_F(a_websocket, ends_for_its_silence_behind_one_that_was_there_before_and_is_not_silent) {
  browser silent = server.open();
  for (int i = 0; i < 5; ++i) {
    page.say(beat);
    server.run_for(10s);
  }
  EXPECT_FALSE(silent.ended());
  page.say(beat);
  server.run_for(12s);
  EXPECT_TRUE(silent.ended());
  EXPECT_FALSE(page.ended());
}

TEST_F(a_websocket, lives_as_long_as_heartbeats_come) {
  for (int i = 0; i < 20; ++i) {
    server.run_for(30s);
    page.say(beat);
    EXPECT_EQ(page.next(), beaten);
  }
  EXPECT_EQ(server.counted().closed_idle, 0U);
}

TEST_F(a_websocket, ends_one_idle_client_among_lively_ones) {
  browser lively = server.open();
  for (int i = 0; i < 3; ++i) {
    server.run_for(25s);
    lively.say(beat);
    EXPECT_EQ(lively.next(), beaten);
  }
  EXPECT_TRUE(page.ended());
  EXPECT_FALSE(lively.ended());
  EXPECT_EQ(server.in_use(), "connections 1");
}

TEST_F(a_websocket, ends_a_client_that_vanished) {
  (void)page.mounted("Test.Board");
  server.end_of(page).vanish();
  server.run_for(61s);
  EXPECT_EQ(server.in_use(), "");
  EXPECT_EQ(here.ends, "closed ");
}

TEST_F(a_websocket, does_not_wait_forever_for_the_answer_to_its_close) {
  page.say("nonsense");
  EXPECT_EQ(page.close_code(), 1002);
  EXPECT_EQ(server.in_use(), "connections 1");
  server.run_for(3s);
  EXPECT_EQ(server.in_use(), "");
}

TEST_F(a_websocket, ends_a_browser_whose_head_comes_too_slowly) {
  browser slow = server.connection();
  const std::string request = upgrade_text();
  for (int i = 0; i < 11; ++i) {
    slow.send(request.substr(static_cast<std::size_t>(i), 1));
    server.run_for(1s);
  }
  EXPECT_TRUE(slow.ended());
  EXPECT_EQ(server.counted().head_timeouts, 1U);
  EXPECT_EQ(server.in_use(), "connections 1");
}

TEST_F(a_websocket, ends_a_connection_that_never_says_anything) {
  browser silent = server.connection();
  server.run_for(9s);
  EXPECT_FALSE(silent.ended());
  server.run_for(1s);
  EXPECT_TRUE(silent.ended());
  EXPECT_EQ(server.counted().head_timeouts, 1U);
}

// --- clients that stop reading ---

class a_client_that_stopped_reading : public testing::Test {
 protected:
  surroundings here;
  memory_port::options tight{.limits = small_limits(), .sizes = {.pipe_bytes = 4096}};
  served<board_socket> server{tight};
  browser page = server.open();

  /// Has heartbeats answered until the next answer does not fit on the way.
  static void fill(served<board_socket>& host, browser& whose) {
    while (host.end_of(whose).waiting() + beaten.size() + 2 <= 4096) {
      whose.say(beat);
      host.run();
    }
  }
  /// Writes without reading; answers how many bytes were taken.
  std::size_t stuff(browser& whose, std::string_view bytes) {
    const std::size_t taken = server.end_of(whose).write(bytes);
    server.run();
    return taken;
  }
};

TEST_F(a_client_that_stopped_reading, is_not_read_either_until_it_reads_again) {
  const std::string frame = client_text(beat);
  int sent = 0;
  for (; sent < 10000; ++sent) {
    if (server.end_of(page).underway() + frame.size() > 4096) break;
    ASSERT_EQ(stuff(page, frame), frame.size());
  }
  EXPECT_LT(sent, 10000) << "the host takes more and more from a client that reads nothing";
  int answered = 0;
  for (std::string next = page.next(); next == beaten; next = page.next()) ++answered;
  EXPECT_EQ(answered, sent);
  EXPECT_EQ(server.in_use(), "connections 1");
}

TEST_F(a_client_that_stopped_reading,
       is_not_read_any_more_when_the_end_of_the_turn_finds_it_behind) {
  const std::string frame = client_text(beat);
  fill(server, page);
  ASSERT_EQ(stuff(page, frame), frame.size());  // its answer does not fit on the way
  EXPECT_EQ(server.end_of(page).underway(), 0U);
  ASSERT_EQ(stuff(page, frame), frame.size());
  EXPECT_EQ(server.end_of(page).underway(), frame.size());
}

TEST_F(a_client_that_stopped_reading, has_its_time_from_the_end_of_the_turn_on) {
  tight.limits.write_timeout = 100ms;  // sooner than anything else is due
  served<board_socket> hasty(tight);
  browser slow = hasty.open();
  (void)slow.mounted("Test.Board", "main", R"({"listen":true})");
  fill(hasty, slow);
  here.channel.publish({1});
  const std::optional<time_point> next = hasty.core().poll();  // whose patch does not fit
  ASSERT_TRUE(next);
  EXPECT_LE(*next - hasty.core().loop().now(), 100ms);
  EXPECT_GT(*next, hasty.core().loop().now());
}

TEST_F(a_client_that_stopped_reading, is_cut_off_after_thirty_seconds_while_others_go_on) {
  root large = page.join("Test.Scroll");  // does not fit on the way
  server.run();
  browser lively = server.open();
  root main = lively.mounted("Test.Board");
  int count = 0;
  for (int second = 0; second < 60; ++second) {
    server.run_for(1s);
    const std::string ref = main.command("add", R"({"amount":1})");
    EXPECT_EQ(lively.next(), main.ok(ref));
    ++count;
    EXPECT_EQ(lively.next(), main.patch(count + 1, replace("/count", std::to_string(count))));
    if (second == 28) {
      EXPECT_FALSE(server.end_of(page).dropped());
    }
    if (second == 31) {
      EXPECT_TRUE(server.end_of(page).dropped());
    }
  }
  EXPECT_EQ(server.counted().closed_stalled, 1U);
  EXPECT_EQ(server.in_use(), "connections 1, pages 1");
}

TEST_F(a_client_that_stopped_reading, is_cut_off_when_it_takes_less_than_the_least_rate) {
  (void)page.join("Test.Scroll");
  std::byte few[16];
  for (int second = 0; second < 35; ++second) {
    server.run_for(1s);
    (void)server.end_of(page).read(few);
    EXPECT_EQ(server.end_of(page).dropped(), second >= 30) << second;
  }
  EXPECT_EQ(server.counted().closed_stalled, 1U);
}

TEST_F(a_client_that_stopped_reading, may_be_slow_as_long_as_it_takes_something) {
  tight.limits.least_rate = 10;
  served<board_socket> patient(tight);
  browser slow = patient.open();
  (void)slow.join("Test.Scroll");
  std::string received;
  char few[16];
  for (int second = 0; second < 80; ++second) {
    patient.run_for(1s);
    const std::size_t bytes = patient.end_of(slow).read(std::as_writable_bytes(std::span(few)));
    received.append(few, bytes);
  }
  EXPECT_NE(patient.in_use().find("backlog_blocks"), std::string::npos);
  received += slow.wire().read();
  EXPECT_TRUE(received.ends_with(R"("stream_ops":[],"upload_ops":[],"events":[]}])"));
  slow.say(beat);
  EXPECT_EQ(slow.next(), beaten);
}

TEST_F(a_client_that_stopped_reading, is_cut_off_when_more_waits_than_the_limit_allows) {
  tight.limits.backlog_bytes = 1024;
  served<board_socket> narrow(tight);
  browser lively = narrow.open();
  browser greedy = narrow.open();
  for (int i = 0; i < 3; ++i) {
    (void)narrow.end_of(greedy).write(
        client_text("[\"1\",\"1\",\"musubi:connection:" + std::to_string(i) +
                    R"(","phx_join",{"module":"Test.Scroll","id":"m"}])"));
    narrow.run();
  }
  EXPECT_TRUE(narrow.end_of(greedy).dropped());
  EXPECT_EQ(narrow.counted().closed_behind, 1U);
  EXPECT_EQ(narrow.in_use(), "connections 1");
  (void)lively.mounted("Test.Board");
}

TEST_F(a_client_that_stopped_reading, is_owed_no_more_than_a_few_answers_in_a_flood) {
  browser lively = server.open();
  root main = lively.mounted("Test.Board");
  // 64 KiB of pings and heartbeats, never reading
  const std::string wave = client_frame(0x9, "ping") + client_text(beat);
  std::size_t taken = 0;
  for (int i = 0; i < 2000; ++i) taken += stuff(page, wave);
  EXPECT_LT(taken, 3 * 4096U);
  const std::string ref = main.command("add", R"({"amount":1})");
  EXPECT_EQ(lively.next(), main.ok(ref));
}

TEST_F(a_client_that_stopped_reading, that_left_its_close_unread_is_gone_after_the_close_timeout) {
  (void)page.join("Test.Scroll");
  server.run();
  server.host().stop();
  server.run_for(4s);
  EXPECT_TRUE(server.host().events().has_stopped());
  EXPECT_EQ(server.in_use(), "");
}

}  // namespace
}  // namespace musubi::test
