#include <algorithm>
#include <cstring>

#include <musubi/lwip_mqtt/internal/packet_reader.hpp>

namespace musubi::lwip_mqtt {

namespace {

// MQTT 3.1.1, section 2.2.1: what a broker may send to a client that asks for QoS 0 and 1.
constexpr std::uint8_t connection_accepted = 2;
constexpr std::uint8_t message = 3;
constexpr std::uint8_t message_acknowledged = 4;
constexpr std::uint8_t subscribed = 9;
constexpr std::uint8_t ping_answered = 13;

}  // namespace

void packet_reader::restart() noexcept {
  used_ = 0;
  length_ = taken_ = 0;
  head_ = 0;
  is_long_ = is_over_ = false;
}

packet_reader::outcome packet_reader::take(std::span<const std::uint8_t>& from) noexcept {
  if (is_over_) restart();
  while (!from.empty()) {
    if (head_ == 0) {
      const std::uint8_t byte = from.front();
      from = from.subspan(1);
      if (!take_head(byte)) return outcome::broken;
    } else {
      take_body(from);
    }
    if (head_ != 0 && taken_ == length_) return finish();
  }
  return outcome::incomplete;
}

bool packet_reader::take_head(std::uint8_t byte) noexcept {
  room_[used_++] = byte;
  if (used_ == 1) return true;
  length_ |= static_cast<std::uint32_t>(byte & 0x7F) << (7 * (used_ - 2));
  if ((byte & 0x80) != 0) return used_ < 5;
  head_ = static_cast<std::uint8_t>(used_);
  is_long_ = room_.size() - used_ < length_;
  return head_is_right();
}

bool packet_reader::head_is_right() const noexcept {
  const bool has_flags = (room_[0] & 0x0F) != 0;
  switch (kind()) {
    case connection_accepted:
    case message_acknowledged:
      return !has_flags && length_ == 2;
    case message:
      return (room_[0] & 0x04) == 0 && length_ >= (has_identifier() ? 4U : 2U);
    case subscribed:
      return !has_flags && length_ >= 3 && !is_long_;
    case ping_answered:
      return !has_flags && length_ == 0;
    default:
      return false;
  }
}

void packet_reader::take_body(std::span<const std::uint8_t>& from) noexcept {
  std::size_t bytes = std::min<std::size_t>(from.size(), length_ - taken_);
  if (is_long_) {
    for (std::size_t i = 0; i < bytes; ++i, ++taken_) {
      if (taken_ >= 2 && taken_ >= identifier_at() + 2) {
        taken_ += static_cast<std::uint32_t>(bytes - i);
        break;
      }
      skim(from[i]);
    }
  } else {
    std::memcpy(&room_[used_], from.data(), bytes);
    used_ += bytes;
    taken_ += static_cast<std::uint32_t>(bytes);
  }
  from = from.subspan(bytes);
}

void packet_reader::skim(std::uint8_t byte) noexcept {
  if (taken_ < 2) {
    room_[head_ + taken_] = byte;
  } else if (has_identifier() && taken_ >= identifier_at()) {
    room_[head_ + 2 + taken_ - identifier_at()] = byte;
  }
}

packet_reader::outcome packet_reader::finish() noexcept {
  is_over_ = true;
  if (kind() == message && !body_is_right()) return outcome::broken;
  if (!is_long_) return outcome::packet;
  const std::size_t body = has_identifier() ? 4 : 2;
  std::uint8_t identifier[2] = {room_[head_ + 2U], room_[head_ + 3U]};
  room_[1] = static_cast<std::uint8_t>(body);
  room_[2] = room_[3] = 0;  // a topic of no bytes
  room_[4] = identifier[0];
  room_[5] = identifier[1];
  used_ = 2 + body;
  return outcome::too_long;
}

bool packet_reader::body_is_right() const noexcept {
  const std::size_t identifier = has_identifier() ? 2 : 0;
  if (identifier_at() + identifier > length_) return false;
  if (is_long_) return true;
  const std::uint8_t* const topic = &room_[head_ + 2U];
  return std::find(topic, topic + topic_bytes(), 0) == topic + topic_bytes();
}

}  // namespace musubi::lwip_mqtt
