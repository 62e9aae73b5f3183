#include <array>
#include <gtest/gtest.h>
#include <random>
#include <string>
#include <vector>

#include <musubi/lwip_mqtt/internal/packet_reader.hpp>

namespace musubi::lwip_mqtt {
namespace {

using namespace std::string_literals;

/// What becomes of bytes that arrive in pieces: each packet, "long " and what stands for one that
/// is too long, "broken".
std::vector<std::string> read(std::string_view bytes, std::size_t piece = 1000) {
  std::array<std::uint8_t, 32> room{};
  packet_reader reader(room);
  std::vector<std::string> all;
  for (; !bytes.empty(); bytes.remove_prefix(std::min(piece, bytes.size()))) {
    const auto now = bytes.substr(0, piece);
    std::span left(reinterpret_cast<const std::uint8_t*>(now.data()), now.size());
    while (!left.empty()) {
      const auto outcome = reader.take(left);
      const auto packet = reader.packet();
      const std::string text(reinterpret_cast<const char*>(packet.data()), packet.size());
      if (outcome == packet_reader::outcome::packet) all.push_back(text);
      if (outcome == packet_reader::outcome::too_long) all.push_back("long " + text);
      if (outcome == packet_reader::outcome::broken) {
        all.emplace_back("broken");
        return all;
      }
    }
  }
  return all;
}

/// A message with QoS 1.
std::string message(const std::string& topic, const std::string& payload, char identifier = 7) {
  const std::size_t body = 4 + topic.size() + payload.size();
  std::string made = "\x32";
  for (std::size_t left = body;; left >>= 7U) {
    made += static_cast<char>((left & 0x7FU) | (left > 0x7F ? 0x80U : 0U));
    if (left <= 0x7F) break;
  }
  made += static_cast<char>(topic.size() >> 8U);
  made += static_cast<char>(topic.size());
  return made + topic + '\0' + identifier + payload;
}

const std::string accepted = "\x20\x02\x00\x00"s;
const std::string acknowledged = "\x40\x02\x00\x05"s;
const std::string subscribed = "\x90\x03\x00\x06\x01"s;
const std::string pong = "\xD0\x00"s;

TEST(a_packet_reader, gives_each_packet_whole_wherever_it_was_split) {
  const std::vector<std::string> packets{accepted, message("a/b", "23"), acknowledged,
                                         pong,     subscribed,           "\x31\x03\x00\x01x"s};
  std::string all;
  for (const std::string& each : packets) all += each;
  for (std::size_t piece = 1; piece <= all.size(); ++piece) {
    EXPECT_EQ(read(all, piece), packets) << "in pieces of " << piece;
  }
}

TEST(a_packet_reader, gives_an_empty_message_for_one_that_is_too_long_and_goes_on) {
  const std::string empty = "long \x32\x04\x00\x00\x00\x07"s;
  for (const std::size_t topic : {0U, 1U, 20U, 25U, 26U, 27U, 300U, 60000U}) {
    for (const std::size_t payload : {30U, 125U, 20000U, 300000U}) {
      const std::string all = message(std::string(topic, 't'), std::string(payload, 'p')) + pong;
      EXPECT_EQ(read(all), (std::vector{empty, pong})) << topic << " and " << payload;
      EXPECT_EQ(read(all, 3), (std::vector{empty, pong})) << topic << " and " << payload;
    }
  }
  const std::string unacknowledged = "\x30\x40\x00\x01t"s + std::string(61, 'p');
  EXPECT_EQ(read(unacknowledged + pong), (std::vector{"long \x30\x02\x00\x00"s, pong}));
}

TEST(a_packet_reader, takes_a_message_that_just_fits) {
  const std::string just = message("topic", std::string(21, 'p'));
  ASSERT_EQ(just.size(), 32U);
  EXPECT_EQ(read(just + pong), (std::vector{just, pong}));
  EXPECT_EQ(read(message("topic", std::string(22, 'p')))[0].substr(0, 5), "long ");
}

TEST(a_packet_reader, refuses_what_no_broker_sends) {
  for (const std::string& wrong : {
           "HTTP/1.1 400 Bad Request"s,
           "\x00\x00"s,              // no kind
           "\x10\x02\x00\x00"s,      // a client's
           "\x21\x02\x00\x00"s,      // flags
           "\x20\x03\x00\x00\x00"s,  // a length that is another's
           "\x40\x00"s,              // without an identifier
           "\x90\x02\x00\x06"s,      // nothing granted
           "\x90\x30"s,              // too long
           "\xD0\x01\x00"s,          //
           "\x30\x01\x00"s,          // without a topic
           "\x32\x03\x00\x01t"s,     // without an identifier
           "\x30\x03\x00\x02t"s,     // a topic behind the end
           "\x30\x40\x00\x7Ft"s + std::string(61, 'p'),
           "\x34\x06\x00\x01t\x00\x07p"s,  // QoS 2, which was not asked for
           "\x30\x05\x00\x03t\x00t"s,      // a topic that would end early
           "\x30\xFF\xFF\xFF\xFF\x7F"s,    // a length without an end
           std::string(200, '\xFF'),
       }) {
    EXPECT_EQ(read(wrong).back(), "broken") << testing::PrintToString(wrong);
    EXPECT_EQ(read(wrong, 1).back(), "broken") << testing::PrintToString(wrong);
  }
}

TEST(a_packet_reader, survives_anything) {
  std::minstd_rand dice(5);
  std::size_t packets = 0;
  for (int round = 0; round < 20000; ++round) {
    std::string bytes = message(std::string(dice() % 40, 't'), std::string(dice() % 60, 'p')) +
                        acknowledged + message("a", "b") + pong;
    for (unsigned changes = dice() % 4; changes != 0; --changes) {
      bytes[dice() % bytes.size()] = static_cast<char>(dice());
    }
    packets += read(bytes, 1 + dice() % 20).size();
  }
  EXPECT_GT(packets, 40000U);
}

TEST(a_packet_reader, begins_anew_with_a_connection) {
  std::array<std::uint8_t, 32> room{};
  packet_reader reader(room);
  const std::string half = message("a/b", "23").substr(0, 5);
  std::span left(reinterpret_cast<const std::uint8_t*>(half.data()), half.size());
  EXPECT_EQ(reader.take(left), packet_reader::outcome::incomplete);
  reader.restart();
  left = {reinterpret_cast<const std::uint8_t*>(accepted.data()), accepted.size()};
  EXPECT_EQ(reader.take(left), packet_reader::outcome::packet);
  EXPECT_EQ(reader.packet().size(), accepted.size());
}

}  // namespace
}  // namespace musubi::lwip_mqtt
