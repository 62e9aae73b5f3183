#include "client_frames.hpp"

#include <algorithm>
#include <gtest/gtest.h>

#include <musubi/net/websocket/internal/mask.hpp>

namespace musubi::net::websocket {
namespace {

using namespace testing;

/// A masked frame, with so many bytes before it; its payload is unmasked in place.
struct unmasked_frame {
  unmasked_frame(std::string_view payload, std::size_t shift)
      : frame(bytes(shift) + text_frame(payload)) {
    const auto inside = std::span(frame).last(payload.size());
    ascii = unmask(inside, inside.data() - 4);
    found = chars(inside);
  }
  bytes frame;
  bool ascii = false;
  std::string found;
};

TEST(unmasking, gives_back_what_was_masked_at_every_length_and_place) {
  std::string payload;
  for (std::size_t size = 0; size < 100; ++size) {
    for (std::size_t shift = 0; shift < 8; ++shift) {
      const unmasked_frame read(payload, shift);
      ASSERT_EQ(read.found, payload) << shift;
      ASSERT_TRUE(read.ascii) << payload;
    }
    payload += static_cast<char>(size * 37 % 128);
  }
}

TEST(unmasking, leaves_what_stands_around_the_payload) {
  for (std::size_t size = 0; size < 40; ++size) {
    bytes frame = text_frame(std::string(size, 'x')) + bytes(8, std::byte{0x5A});
    const bytes before = frame;
    ASSERT_TRUE(unmask(std::span(frame).subspan(6, size), frame.data() + 2));
    ASSERT_TRUE(std::equal(frame.begin(), frame.begin() + 6, before.begin()));
    ASSERT_TRUE(std::equal(frame.end() - 8, frame.end(), before.end() - 8));
  }
}

TEST(unmasking, sees_each_byte_that_is_not_ascii) {
  for (std::size_t size = 1; size < 70; ++size) {
    for (std::size_t at = 0; at < size; ++at) {
      std::string payload(size, '\x7F');
      payload[at] = '\x80';
      const unmasked_frame read(payload, 0);
      ASSERT_EQ(read.found, payload);
      ASSERT_FALSE(read.ascii) << size << " at " << at;
    }
  }
}

}  // namespace
}  // namespace musubi::net::websocket
