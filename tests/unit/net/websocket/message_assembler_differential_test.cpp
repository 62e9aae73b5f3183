#include "client_frames.hpp"
#include "support/websocket_oracle.hpp"

#include <algorithm>
#include <gtest/gtest.h>
#include <random>

namespace musubi::net::websocket {
namespace {

using namespace testing;

constexpr std::size_t most = 400;

/// The events of `input`, of which the second part comes after the first was handled.
std::string events_in_two(std::span<const std::byte> input, std::size_t cut) {
  static frame_decoder shared;
  bytes buffer(receive_buffer_size(most) + input.size());
  std::size_t filled = 0;
  std::string log;
  message_assembler assembler;
  for (const auto part : {input.first(cut), input.subspan(cut)}) {
    std::copy(part.begin(), part.end(), buffer.begin() + static_cast<std::ptrdiff_t>(filled));
    filled += part.size();
    for (std::uint32_t frames = 1000;;) {
      const event e = assembler.next(shared, buffer, filled, most, frames);
      if (e.what == event::kind::need_more) break;
      log += test::told(e);
    }
  }
  return log;
}

/// Some frames that a client could send, and at times one that it must not.
bytes some_frames(std::minstd_rand& chance) {
  const auto one_of = [&](std::size_t count) { return chance() % count; };
  static constexpr unsigned opcodes[] = {1, 1, 1, 1, 2, 2, 0, 8, 9, 10, 3};
  static constexpr std::string_view pieces[] = {
      "a", "\"", "\xC3\xA9", "12345678", "\xF0\x9F\x8D\xB5", "\xC3"};
  bytes all;
  for (std::size_t count = one_of(4) + 1; count != 0; --count) {
    std::string payload;
    const std::size_t size = one_of(4) == 0 ? one_of(most) : one_of(30);
    const std::size_t kinds = one_of(8) == 0 ? 6 : one_of(2) == 0 ? 5 : 1;
    while (payload.size() < size) payload += pieces[one_of(kinds)];
    const unsigned op = opcodes[one_of(one_of(3) == 0 ? 11 : 6)];
    if (op >= 8) payload.resize(std::min<std::size_t>(payload.size(), 120));
    const unsigned length_bytes = one_of(20) == 0 ? 2 : 0;
    all =
        all + client_frame(
                  op, payload.substr(0, most),
                  {.fin = one_of(8) != 0, .masked = one_of(30) != 0, .length_bytes = length_bytes});
  }
  return all;
}

TEST(a_message_in_one_frame, is_what_wslay_reads_wherever_the_bytes_are_cut) {
  std::minstd_rand chance(7);
  for (int round = 0; round < 300; ++round) {
    const bytes input = some_frames(chance);
    const auto expected = test::websocket_oracle::events_of(input, most);
    if (!expected) continue;
    for (std::size_t cut = 0; cut <= input.size(); ++cut) {
      ASSERT_EQ(events_in_two(input, cut), *expected) << round << " cut at " << cut;
    }
  }
}

TEST(a_message_in_one_frame, is_counted_as_a_frame) {
  frame_decoder shared;
  bytes buffer = text_frame("one") + text_frame("two");
  std::size_t filled = buffer.size();
  message_assembler assembler;
  std::uint32_t frames = 1;
  EXPECT_EQ(assembler.next(shared, buffer, filled, most, frames).text(), "one");
  EXPECT_EQ(assembler.next(shared, buffer, filled, most, frames).what, event::kind::paused);
  frames = 1;
  EXPECT_EQ(assembler.next(shared, buffer, filled, most, frames).text(), "two");
}

TEST(a_message_in_one_frame, that_is_not_utf8_is_still_inside_a_message) {
  frame_decoder shared;
  bytes buffer = text_frame("\xC3\x28");
  std::size_t filled = buffer.size();
  message_assembler assembler;
  std::uint32_t frames = 1;
  const event e = assembler.next(shared, buffer, filled, most, frames);
  EXPECT_EQ(e.what, event::kind::violation);
  EXPECT_EQ(e.code, close_code::invalid_text);
  EXPECT_TRUE(assembler.inside_message());
}

}  // namespace
}  // namespace musubi::net::websocket
