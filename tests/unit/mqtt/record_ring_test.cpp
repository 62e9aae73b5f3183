#include <array>
#include <cstring>
#include <deque>
#include <gtest/gtest.h>
#include <random>
#include <string>

#include <musubi/mqtt/internal/record_ring.hpp>

namespace musubi::mqtt {
namespace {

struct a_record_ring : testing::Test {
  bool push(std::string_view text) {
    std::byte* const room = ring.push(text.size());
    if (room != nullptr && !text.empty()) std::memcpy(room, text.data(), text.size());
    return room != nullptr;
  }
  static std::string text_of(std::span<const std::byte> record) {
    return {reinterpret_cast<const char*>(record.data()), record.size()};
  }
  alignas(8) std::array<std::byte, 100> memory{};  // of which 96 are used
  record_ring ring{memory};
};

TEST_F(a_record_ring, gives_records_back_in_order) {
  EXPECT_TRUE(ring.empty());
  EXPECT_TRUE(push("one"));
  EXPECT_TRUE(push(""));
  EXPECT_TRUE(push("three"));
  std::string all;
  for (auto at = ring.begin(); at.left != 0; ring.next(at)) all += text_of(ring.record(at)) + ";";
  EXPECT_EQ(all, "one;;three;");
  ring.pop();
  ring.pop();
  EXPECT_EQ(text_of(ring.front()), "three");
  EXPECT_EQ(ring.records(), 1U);
}

TEST_F(a_record_ring, has_no_room_when_it_is_full_and_has_again_after_a_pop) {
  EXPECT_FALSE(push(std::string(89, 'x')));
  EXPECT_TRUE(push(std::string(88, 'x')));
  EXPECT_EQ(ring.used(), 96U);
  EXPECT_FALSE(push(""));
  ring.pop();
  EXPECT_EQ(ring.used(), 0U);
  EXPECT_TRUE(push(std::string(88, 'y')));
}

TEST_F(a_record_ring, agrees_with_a_queue_whatever_is_pushed_and_popped) {
  std::minstd_rand random(7);
  std::deque<std::string> expected;
  int refused = 0;
  for (int i = 0; i < 20000; ++i) {
    if (random() % 2 == 0) {
      const std::string text(random() % 40, static_cast<char>('a' + i % 26));
      if (push(text)) {
        expected.push_back(text);
      } else {
        ++refused;
        ASSERT_FALSE(expected.empty());
      }
    } else if (!expected.empty()) {
      ASSERT_EQ(text_of(ring.front()), expected.front());
      ring.pop();
      expected.pop_front();
    }
    ASSERT_EQ(ring.records(), expected.size());
    ASSERT_LE(ring.used(), 96U);
    auto at = ring.begin();
    for (const std::string& each : expected) {
      ASSERT_EQ(text_of(ring.record(at)), each);
      ring.next(at);
    }
  }
  EXPECT_GT(refused, 100);
}

}  // namespace
}  // namespace musubi::mqtt
