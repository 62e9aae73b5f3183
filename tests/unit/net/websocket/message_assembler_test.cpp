#include "client_frames.hpp"

#include <algorithm>
#include <array>
#include <gtest/gtest.h>
#include <string>
#include <vector>

#include <musubi/net/websocket/internal/message_assembler.hpp>

namespace musubi::net::websocket {
namespace {

using namespace testing;
using kind = event::kind;
using namespace std::string_literals;

constexpr std::size_t limit = 1 << 16;
constexpr std::uint32_t plenty = 1 << 16;

// A client's frame header with a 64-bit length and a mask of zeros.
std::array<std::byte, 14> long_header(unsigned first, std::uint64_t length) {
  std::array<std::byte, 14> header{std::byte(first), std::byte{0xFF}};
  for (std::size_t i = 0; i < 8; ++i) header[2 + i] = std::byte(length >> (56 - 8 * i) & 0xFFU);
  return header;
}

// One connection: an assembler, its buffer, and what came out of it, written down as text.
class connection {
 public:
  explicit connection(std::size_t message_limit = limit)
      : limit_{message_limit}, buffer_(receive_buffer_size(message_limit)) {}

  // Appends `input` and takes every event. The buffer grows when asked to, as an owner's would.
  void receive(std::span<const std::byte> input) {
    if (buffer_.size() - filled_ < input.size()) buffer_.resize(filled_ + input.size());
    std::copy(input.begin(), input.end(), buffer_.begin() + static_cast<std::ptrdiff_t>(filled_));
    filled_ += input.size();
    for (std::uint32_t frames = frames_at_once;;) {
      const event e = assembler_.next(decoder(), buffer_, filled_, limit_, frames);
      if (e.what == kind::paused) {
        frames = frames_at_once;
        continue;
      }
      if (e.what == kind::need_more) {
        need_ = e.need;
        return;
      }
      log_.push_back(describe(e));
    }
  }

  const std::vector<std::string>& log() const { return log_; }
  std::size_t filled() const { return filled_; }
  std::size_t need() const { return need_; }
  std::size_t buffer_size() const { return buffer_.size(); }
  message_assembler& assembler() { return assembler_; }
  std::uint32_t frames_at_once = plenty;

  // All connections of a host share one decoder.
  static frame_decoder& decoder() {
    static frame_decoder shared;
    return shared;
  }

 private:
  static std::string describe(const event& e) {
    const std::string payload{e.text()};
    switch (e.what) {
      case kind::text:
        return "text " + payload;
      case kind::binary:
        return "binary " + payload;
      case kind::ping:
        return "ping " + payload;
      case kind::pong:
        return "pong " + payload;
      case kind::close:
        return "close " + std::to_string(e.code) + " " + payload;
      case kind::violation:
        return "violation " + std::to_string(e.code);
      case kind::oversized_text:
        return "oversized text " + payload;
      case kind::oversized_binary:
        return "oversized binary " + payload;
      case kind::need_more:
      case kind::paused:
        break;
    }
    return "?";
  }

  std::size_t limit_;
  std::vector<std::byte> buffer_;
  std::size_t filled_ = 0;
  std::size_t need_ = 0;
  message_assembler assembler_;
  std::vector<std::string> log_;
};

using events = std::vector<std::string>;

events all_at_once(const bytes& input, std::size_t message_limit = limit) {
  connection c{message_limit};
  c.receive(input);
  return c.log();
}

// Expects `expected` from `input`, however it is cut: whole, in two pieces, byte by byte.
void expect_events(const bytes& input, const events& expected, std::size_t message_limit = limit) {
  EXPECT_EQ(all_at_once(input, message_limit), expected);
  const auto whole = std::span{input};
  for (std::size_t cut = 1; cut < input.size(); cut += input.size() < 2000 ? 1u : 997u) {
    connection c{message_limit};
    c.receive(whole.first(cut));
    c.receive(whole.subspan(cut));
    EXPECT_EQ(c.log(), expected) << "cut at " << cut;
  }
  connection c{message_limit};
  for (std::size_t i = 0; i < input.size(); ++i) c.receive(whole.subspan(i, 1));
  EXPECT_EQ(c.log(), expected) << "byte by byte";
}

// Cases 1 and 2 of the usual conformance suites: framing, pings and pongs.

TEST(message_assembler, hands_out_a_text_of_every_length_class) {
  for (const std::size_t size : {0u, 1u, 125u, 126u, 127u, 128u, 65535u, 65536u}) {
    const std::string payload(size, '*');
    expect_events(text_frame(payload), {"text " + payload});
  }
}

TEST(message_assembler, hands_out_a_binary_of_every_length_class) {
  for (const std::size_t size : {0u, 1u, 125u, 126u, 127u, 128u, 65535u, 65536u}) {
    const std::string payload(size, '\xFE');
    expect_events(binary_frame(payload), {"binary " + payload});
  }
}

TEST(message_assembler, hands_out_pings_and_pongs_with_their_payload) {
  const std::string longest(125, '\xFE');
  expect_events(client_frame(0x9, "") + client_frame(0x9, longest) + client_frame(0xA, "x"),
                {"ping ", "ping " + longest, "pong x"});
}

TEST(message_assembler, refuses_a_ping_of_126_bytes) {
  EXPECT_EQ(all_at_once(client_frame(0x9, std::string(126, 'x'))), events{"violation 1002"});
}

TEST(message_assembler, hands_out_frames_that_came_together_one_by_one) {
  expect_events(text_frame("one") + binary_frame("two") + client_frame(0x9, "p") + text_frame(""),
                {"text one", "binary two", "ping p", "text "});
}

// Cases 3 and 4: reserved bits and opcodes.

TEST(message_assembler, hands_out_what_came_before_a_violation_and_nothing_after) {
  for (const bytes& bad :
       {client_frame(0x1, "bad", {.reserved = 1}), client_frame(0x3, "bad"),
        client_frame(0xB, "bad"), client_frame(0x1, "bad", {.masked = false}),
        client_frame(0x9, "bad", {.fin = false}), client_frame(0x1, "bad", {.length_bytes = 2})}) {
    expect_events(text_frame("good") + bad + text_frame("late"), {"text good", "violation 1002"});
  }
}

// Case 5: fragmentation.

TEST(message_assembler, joins_fragments) {
  expect_events(text_frame("frag", false) + continuation("ment", true), {"text fragment"});
  expect_events(binary_frame("a", false) + continuation("", false) + continuation("b", false) +
                    continuation("c", true),
                {"binary abc"});
  expect_events(text_frame("", false) + continuation("", false) + continuation("", true),
                {"text "});
}

TEST(message_assembler, hands_out_control_frames_between_fragments_at_once) {
  expect_events(text_frame("1", false) + client_frame(0x9, "ping") + continuation("2", false) +
                    client_frame(0xA, "pong") + continuation("3", true) + text_frame("next"),
                {"ping ping", "pong pong", "text 123", "text next"});
}

TEST(message_assembler, refuses_a_continuation_of_no_message) {
  for (const bool fin : {true, false}) {
    expect_events(continuation("x", fin) + text_frame("late"), {"violation 1002"});
    expect_events(text_frame("whole") + continuation("x", fin), {"text whole", "violation 1002"});
  }
}

TEST(message_assembler, refuses_a_message_inside_a_message) {
  expect_events(text_frame("a", false) + text_frame("b"), {"violation 1002"});
  expect_events(text_frame("a", false) + binary_frame("b", false), {"violation 1002"});
}

TEST(message_assembler, refuses_a_fragmented_ping) {
  expect_events(client_frame(0x9, "a", {.fin = false}) + continuation("b", true),
                {"violation 1002"});
}

// Case 6: UTF-8.

TEST(message_assembler, accepts_characters_cut_by_fragments) {
  const std::string text = "κόσμε \xF0\x9F\x8D\xB5";
  for (std::size_t cut = 0; cut <= text.size(); ++cut) {
    expect_events(text_frame(text.substr(0, cut), false) + continuation(text.substr(cut), true),
                  {"text " + text});
  }
}

// Cases 6.4.3 and 6.4.4, which a server passes strictly when it does not wait for the frame's end.
TEST(message_assembler, refuses_bad_utf8_as_soon_as_it_is_there) {
  const std::string valid(100, 'x');
  const bytes frame = text_frame(valid + "\xCE\xBA\xF4\x90\x80\x80" + valid);
  connection c;
  for (std::size_t at = 0; at < frame.size() && c.log().empty(); ++at) {
    c.receive(std::span{frame}.subspan(at, 1));
    EXPECT_EQ(c.log().empty(), at < 8 + 100 + 3) << at;
  }
}

TEST(message_assembler, refuses_bad_utf8_in_a_fragment_that_is_still_arriving) {
  connection c;
  c.receive(text_frame("\xCE", false));
  const bytes rest = continuation("\xBAok\xFFnever seen", true);
  c.receive(std::span{rest}.first(6 + 3));
  EXPECT_EQ(c.log(), events{});
  c.receive(std::span{rest}.subspan(6 + 3, 1));
  EXPECT_EQ(c.log(), events{"violation 1007"});
}

TEST(message_assembler, refuses_a_text_that_is_not_utf8) {
  for (const std::string& text : {"\xC0\xAF"s, "\xED\xA0\x80"s, "\xF4\x90\x80\x80"s, "abc\xFF"s}) {
    expect_events(text_frame(text) + text_frame("late"), {"violation 1007"});
  }
}

TEST(message_assembler, refuses_bad_text_at_the_fragment_that_has_it) {
  connection c;
  c.receive(text_frame("good", false));
  EXPECT_EQ(c.log(), events{});
  c.receive(continuation("\xED\xA0\x80", false));
  EXPECT_EQ(c.log(), events{"violation 1007"});
}

TEST(message_assembler, refuses_a_text_that_ends_inside_a_character) {
  expect_events(text_frame("\xF0\x9F\x8D"), {"violation 1007"});
  expect_events(text_frame("\xF0\x9F", false) + continuation("\x8D", true), {"violation 1007"});
}

TEST(message_assembler, does_not_carry_an_open_character_into_the_next_message) {
  expect_events(binary_frame("\xF0\x9F") + text_frame("next"), {"binary \xF0\x9F", "text next"});
}

TEST(message_assembler, leaves_binary_messages_unchecked) {
  expect_events(binary_frame("\xFF\xFE", false) + continuation("\xC0", true),
                {"binary \xFF\xFE\xC0"});
}

// Case 7: close.

TEST(message_assembler, reads_the_code_and_the_reason_of_a_close) {
  expect_events(close_frame(1000), {"close 1000 "});
  expect_events(close_frame(1001, "going"), {"close 1001 going"});
  expect_events(close_frame(1000, std::string(123, 'r')), {"close 1000 " + std::string(123, 'r')});
}

TEST(message_assembler, reports_a_close_without_code_as_1005) {
  expect_events(client_frame(0x8, ""), {"close 1005 "});
}

TEST(message_assembler, refuses_a_close_of_one_byte) {
  expect_events(client_frame(0x8, "\x03"), {"violation 1002"});
}

TEST(message_assembler, accepts_every_close_code_that_may_be_sent) {
  for (const unsigned code : {1000u, 1001u, 1002u, 1003u, 1007u, 1008u, 1009u, 1010u, 1011u, 1012u,
                              1013u, 1014u, 3000u, 3999u, 4000u, 4999u}) {
    EXPECT_EQ(all_at_once(close_frame(code)), events{"close " + std::to_string(code) + " "});
  }
}

TEST(message_assembler, refuses_every_close_code_that_may_not_be_sent) {
  for (const unsigned code :
       {0u, 999u, 1004u, 1005u, 1006u, 1015u, 1016u, 1100u, 2000u, 2999u, 5000u, 65535u}) {
    EXPECT_EQ(all_at_once(close_frame(code)), events{"violation 1002"}) << code;
  }
}

TEST(message_assembler, has_a_code_and_a_sentence_for_every_violation) {
  EXPECT_EQ(line_of(breach::reserved_bit).number, close_code::protocol_error);
  EXPECT_EQ(line_of(breach::reserved_bit).text, "reserved bit set");
  EXPECT_EQ(line_of(breach::no_message).text, "continuation of no message");
  EXPECT_EQ(line_of(breach::inside_message).text, "message inside a message");
  EXPECT_EQ(line_of(breach::too_big).number, close_code::too_big);
  EXPECT_EQ(line_of(breach::not_utf8).number, close_code::invalid_text);
  EXPECT_EQ(line_of(breach::decoder).number, close_code::internal_error);
  EXPECT_EQ(line_of(breach::short_code).text, "close code cut short");
  EXPECT_EQ(line_of(breach::invalid_code).text, "invalid close code");
  EXPECT_EQ(line_of(breach::reason_not_utf8).number, close_code::invalid_text);
}

TEST(message_assembler, refuses_a_close_reason_that_is_not_utf8) {
  expect_events(close_frame(1000, "\xCE\xBA\xED\xA0\x80"), {"violation 1007"});
}

TEST(message_assembler, drops_everything_after_a_close) {
  connection c;
  c.receive(close_frame(1000) + text_frame("late") + client_frame(0x9, "late"));
  c.receive(text_frame("later"));
  EXPECT_EQ(c.log(), events{"close 1000 "});
  EXPECT_EQ(c.filled(), 0u);
}

TEST(message_assembler, accepts_a_close_inside_a_message) {
  expect_events(text_frame("open", false) + close_frame(1000), {"close 1000 "});
}

// Limits.

TEST(message_assembler, accepts_a_message_of_exactly_the_limit) {
  const std::string payload(100, 'x');
  expect_events(text_frame(payload), {"text " + payload}, 100);
  expect_events(text_frame(payload.substr(0, 60), false) + continuation(payload.substr(60), true),
                {"text " + payload}, 100);
}

TEST(message_assembler, shows_how_a_message_above_the_limit_begins_and_skips_the_rest) {
  std::string payload(1000, 'x');
  payload.replace(0, 4, "head");
  expect_events(text_frame(payload) + text_frame("next"),
                {"oversized text " + payload.substr(0, oversized_head), "text next"}, 900);
  expect_events(client_frame(0x2, std::string(101, 'y')) + text_frame("next"),
                {"oversized binary " + std::string(100, 'y'), "text next"}, 100);
}

TEST(message_assembler, waits_for_no_more_of_a_message_above_the_limit_than_it_shows) {
  connection c{2000};
  const bytes frame = text_frame(std::string(100000, 'x'));
  c.receive(std::span{frame}.first(14 + oversized_head - 1));
  EXPECT_EQ(c.log(), events{});
  EXPECT_EQ(c.need(), 14 + oversized_head);
  c.receive(std::span{frame}.subspan(14 + oversized_head - 1, 1));
  EXPECT_EQ(c.log(), events{"oversized text " + std::string(oversized_head, 'x')});
  c.receive(std::span{frame}.subspan(14 + oversized_head, 5000));
  EXPECT_EQ(c.filled(), 0U) << "what is skipped takes no room";
}

TEST(message_assembler, skips_the_fragments_of_a_message_that_add_up_to_more_than_the_limit) {
  expect_events(text_frame(std::string(60, 'x'), false) + client_frame(0x9, "between") +
                    continuation(std::string(41, 'y'), false) + continuation("more", false) +
                    client_frame(0x9, "also") + continuation("", true) + text_frame("next"),
                {"ping between", "oversized text " + std::string(60, 'x') + std::string(40, 'y'),
                 "ping also", "text next"},
                100);
}

TEST(message_assembler, refuses_a_message_inside_one_that_it_skips) {
  expect_events(text_frame(std::string(101, 'x'), false) + text_frame("inside"),
                {"oversized text " + std::string(100, 'x'), "violation 1002"}, 100);
}

TEST(message_assembler, refuses_bad_utf8_in_what_it_shows_of_a_message_above_the_limit) {
  expect_events(text_frame("\xC3\x28" + std::string(200, 'x')), {"violation 1007"}, 100);
}

TEST(message_assembler, refuses_a_frame_too_long_to_be_skipped_before_its_payload) {
  for (const std::uint64_t length : {longest_skipped + 1, std::uint64_t{0x7FFF'FFFF'FFFF'FFFF}}) {
    connection c{100};
    c.receive(long_header(0x82, length));
    EXPECT_EQ(c.log(), events{"violation 1009"});
  }
}

TEST(message_assembler, refuses_a_fragment_too_long_to_be_skipped_of_a_message_that_it_skips) {
  connection c{100};
  c.receive(text_frame(std::string(101, 'x'), false));
  c.receive(long_header(0x80, longest_skipped + 1));
  EXPECT_EQ(c.log(), (events{"oversized text " + std::string(100, 'x'), "violation 1009"}));
}

TEST(message_assembler, skips_the_longest_frame_that_may_be_skipped) {
  connection c{100};
  c.receive(long_header(0x82, longest_skipped));
  const std::string block(4096, 'z');
  for (std::uint64_t sent = 0; sent != longest_skipped; sent += block.size()) {
    c.receive(std::as_bytes(std::span{block}));
    ASSERT_EQ(c.filled(), 0U);
  }
  c.receive(text_frame("next"));
  EXPECT_EQ(c.log().size(), 2U);
  EXPECT_EQ(c.log().back(), "text next");
}

TEST(message_assembler, lets_control_frames_pass_whatever_the_message_limit) {
  const std::string payload(125, 'p');
  expect_events(text_frame("12345678", false) + client_frame(0x9, payload) + continuation("", true),
                {"ping " + payload, "text 12345678"}, 8);
}

TEST(message_assembler, never_needs_more_than_the_receive_buffer_size) {
  constexpr std::size_t small = 300;
  const bytes input = text_frame(std::string(200, 'a'), false) +
                      client_frame(0x9, std::string(125, 'p')) +
                      continuation(std::string(100, 'b'), true) + text_frame(std::string(300, 'c'));
  connection c{small};
  for (const auto& byte : input) {
    c.receive({&byte, 1});
    EXPECT_LE(c.need(), receive_buffer_size(small));
  }
  EXPECT_EQ(c.log().size(), 3u);
  EXPECT_EQ(c.buffer_size(), receive_buffer_size(small));
}

// The buffer.

TEST(message_assembler, leaves_the_buffer_empty_when_nothing_is_pending) {
  connection c;
  c.receive(text_frame("a") + text_frame("b"));
  EXPECT_EQ(c.filled(), 0u);
}

TEST(message_assembler, keeps_only_the_assembled_bytes_and_the_cut_frame) {
  connection c;
  const bytes cut = continuation("abcdef", true);
  c.receive(text_frame("done") + text_frame("123", false) + client_frame(0x9, "p") +
            bytes(cut.begin(), cut.begin() + 4));
  EXPECT_EQ(c.filled(), 3u + 4u);
  EXPECT_EQ(c.need(), 3u + cut.size());
}

TEST(message_assembler, says_how_large_the_buffer_must_be_for_the_frame_under_way) {
  const bytes frame = text_frame(std::string(1000, 'x'));
  message_assembler assembler;
  std::array<std::byte, 64> small{};
  std::copy_n(frame.begin(), small.size(), small.begin());
  std::size_t filled = small.size();
  std::uint32_t frames = plenty;
  event e = assembler.next(connection::decoder(), small, filled, limit, frames);
  ASSERT_EQ(e.what, kind::need_more);
  ASSERT_EQ(e.need, frame.size());

  std::vector<std::byte> large(e.need);  // the owner moves what it has to a larger buffer
  std::copy_n(small.begin(), filled, large.begin());
  std::copy(frame.begin() + static_cast<std::ptrdiff_t>(filled), frame.end(),
            large.begin() + static_cast<std::ptrdiff_t>(filled));
  filled = frame.size();
  e = assembler.next(connection::decoder(), large, filled, limit, frames);
  ASSERT_EQ(e.what, kind::text);
  EXPECT_EQ(e.payload.size(), 1000u);
}

TEST(message_assembler, hands_out_pipelined_messages_where_they_lie) {
  bytes buffer = text_frame("first") + text_frame("second");
  std::size_t filled = buffer.size();
  message_assembler assembler;
  std::uint32_t frames = plenty;
  const event first = assembler.next(connection::decoder(), buffer, filled, limit, frames);
  const event second = assembler.next(connection::decoder(), buffer, filled, limit, frames);
  EXPECT_EQ(first.text(), "first");  // still there: nothing has been moved over it
  EXPECT_EQ(second.text(), "second");
  EXPECT_EQ(first.payload.data(), buffer.data() + 6);
  EXPECT_EQ(second.payload.data(), buffer.data() + 6 + 5 + 6);
}

TEST(message_assembler, pauses_in_the_middle_of_a_message_when_the_frames_are_used_up) {
  bytes buffer = text_frame("a", false);
  for (int i = 0; i < 9; ++i) buffer = buffer + continuation("b", i == 8);
  const bytes received = buffer;
  std::size_t filled = buffer.size();
  message_assembler assembler;
  std::uint32_t frames = 4;
  EXPECT_EQ(assembler.next(connection::decoder(), buffer, filled, limit, frames).what,
            kind::paused);
  EXPECT_EQ(frames, 0U);
  EXPECT_EQ(filled, received.size());
  frames = 10;
  const event whole = assembler.next(connection::decoder(), buffer, filled, limit, frames);
  EXPECT_EQ(whole.text(), "abbbbbbbbb");
  EXPECT_EQ(frames, 4U);
  EXPECT_EQ(assembler.next(connection::decoder(), buffer, filled, limit, frames).what,
            kind::need_more);

  connection bit_by_bit;
  bit_by_bit.frames_at_once = 1;
  bit_by_bit.receive(received + received);
  EXPECT_EQ(bit_by_bit.log(), (std::vector<std::string>{"text abbbbbbbbb", "text abbbbbbbbb"}));
}

TEST(message_assembler, keeps_connections_apart_on_one_decoder) {
  connection one;
  connection two;
  const bytes a = text_frame("from one");
  const bytes b = binary_frame("from two", false) + continuation("!", true);
  for (std::size_t i = 0; i < std::max(a.size(), b.size()); ++i) {
    if (i < a.size()) one.receive({&a[i], 1});
    if (i < b.size()) two.receive({&b[i], 1});
  }
  connection bad;
  bad.receive(client_frame(0x1, "x", {.reserved = 4}));
  one.receive(text_frame("again"));
  EXPECT_EQ(one.log(), (events{"text from one", "text again"}));
  EXPECT_EQ(two.log(), events{"binary from two!"});
  EXPECT_EQ(bad.log(), events{"violation 1002"});
}

// Close frames of the server.

// Reads back a close frame of ours: only the mask distinguishes it from a client's.
std::string read_back(std::uint16_t code, std::string_view reason) {
  std::array<std::byte, max_close_frame> out{};
  const std::size_t size = write_close(out, code, reason);
  if (size < 2) return "nothing";
  EXPECT_EQ(out[0], std::byte{0x88});
  EXPECT_EQ(std::to_integer<std::size_t>(out[1]), size - 2);
  const auto log = all_at_once(client_frame(0x8, chars(std::span{out}.subspan(2, size - 2))));
  return log.empty() ? "nothing" : log.front();
}

TEST(write_close, writes_code_and_reason) {
  EXPECT_EQ(read_back(close_code::going_away, "bye"), "close 1001 bye");
  EXPECT_EQ(read_back(close_code::try_again_later, ""), "close 1013 ");
}

TEST(write_close, writes_no_payload_for_a_close_without_code) {
  EXPECT_EQ(read_back(close_code::none, "ignored"), "close 1005 ");
}

TEST(write_close, cuts_a_long_reason_at_a_character) {
  const std::string reason = std::string(122, 'r') + "é" + "more";
  EXPECT_EQ(read_back(1000, reason), "close 1000 " + std::string(122, 'r'));
  EXPECT_EQ(read_back(1000, std::string(200, 'r')), "close 1000 " + std::string(123, 'r'));
}

TEST(write_close, writes_nothing_when_it_does_not_fit) {
  std::array<std::byte, 6> out{};
  EXPECT_EQ(write_close(out, 1000, "xyz"), 0u);
  EXPECT_EQ(write_close(out, 1000, "xy"), 6u);
}

}  // namespace
}  // namespace musubi::net::websocket
