// WebSocket messages where one that is too long is not skipped, and no reason is told.
#include "unit/net/websocket/client_frames.hpp"

#include <algorithm>
#include <gtest/gtest.h>
#include <string>

#include <musubi/net/websocket/internal/message_assembler.hpp>

namespace musubi::net::websocket {
namespace {

using namespace testing;
using kind = event::kind;

class left_out_of_websocket : public ::testing::Test {
 protected:
  static constexpr std::size_t limit = 100;

  event next_of(const bytes& received = {}) {
    std::copy(received.begin(), received.end(), buffer.begin() + static_cast<long>(filled));
    filled += received.size();
    std::uint32_t frames = 10;
    return assembler.next(decoder, buffer, filled, limit, frames);
  }
  void expect_too_big(const event& found) {
    EXPECT_EQ(found.what, kind::violation);
    EXPECT_EQ(found.code, close_code::too_big);
    EXPECT_EQ(found.reason, "");
    EXPECT_EQ(next_of(text_frame("more")).what, kind::need_more) << "what follows is dropped";
  }

  frame_decoder decoder;
  message_assembler assembler;
  bytes buffer = bytes(receive_buffer_size(limit) + 1024);
  std::size_t filled = 0;
};

TEST_F(left_out_of_websocket, takes_messages_up_to_the_limit) {
  EXPECT_EQ(next_of(text_frame(std::string(limit, 'x'))).text(), std::string(limit, 'x'));
  EXPECT_EQ(next_of().what, kind::need_more);
}

TEST_F(left_out_of_websocket, ends_at_a_message_that_is_longer) {
  expect_too_big(next_of(text_frame(std::string(limit + 1, 'x'))));
}

TEST_F(left_out_of_websocket, ends_as_soon_as_a_greater_length_is_announced) {
  bytes head = client_frame(0x2, std::string(70'000, 'x'));
  head.resize(10);  // without its mask
  expect_too_big(next_of(head));
}

TEST_F(left_out_of_websocket, ends_at_the_fragment_that_exceeds_the_limit) {
  EXPECT_EQ(next_of(text_frame(std::string(60, 'x'), false)).what, kind::need_more);
  EXPECT_EQ(next_of(client_frame(0x9, "still here?")).what, kind::ping);
  EXPECT_EQ(next_of().what, kind::need_more);
  expect_too_big(next_of(continuation(std::string(60, 'x'), true)));
}

TEST_F(left_out_of_websocket, tells_the_code_of_a_violation) {
  const event found = next_of(client_frame(0x3, "reserved"));
  EXPECT_EQ(found.what, kind::violation);
  EXPECT_EQ(found.code, close_code::protocol_error);
  EXPECT_EQ(found.reason, "");
}

}  // namespace
}  // namespace musubi::net::websocket
