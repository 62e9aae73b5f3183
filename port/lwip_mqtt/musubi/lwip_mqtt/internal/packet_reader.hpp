#pragma once
/// Cuts what a broker sends into packets of MQTT.

#include <cstddef>
#include <cstdint>
#include <span>

namespace musubi::lwip_mqtt {

/// Stands in front of lwIP's parser (2.1.3), which overwrites the first part of a packet with the
/// second when TCP has split it, writes behind its buffer when the length of a packet has no end,
/// and loses the connection over a topic that is too long. It is given whole packets of a broker
/// that keeps to the protocol, and in place of a message that is too long one without topic and
/// payload, which it acknowledges.
class packet_reader {
 public:
  enum class outcome : std::uint8_t {
    incomplete,  ///< more bytes are needed
    packet,      ///< `packet` has a whole one
    too_long,    ///< `packet` has the empty message that stands for a message that is too long
    broken,      ///< this is not what a broker sends
  };

  /// `room` takes the longest packet, and has at least 16 bytes.
  explicit constexpr packet_reader(std::span<std::uint8_t> room) noexcept : room_(room) {}

  /// Forgets what it has: for a new connection.
  void restart() noexcept;
  /// Takes bytes from the front of `from`, at most to the end of a packet.
  [[nodiscard]] outcome take(std::span<const std::uint8_t>& from) noexcept;
  /// What the last `take` completed; valid until the next.
  [[nodiscard]] std::span<const std::uint8_t> packet() const noexcept { return room_.first(used_); }
  /// The same without its head. Only of an outcome `packet`.
  [[nodiscard]] std::span<const std::uint8_t> body() const noexcept {
    return packet().subspan(head_);
  }

 private:
  [[nodiscard]] bool take_head(std::uint8_t byte) noexcept;
  [[nodiscard]] bool head_is_right() const noexcept;
  [[nodiscard]] bool body_is_right() const noexcept;
  void take_body(std::span<const std::uint8_t>& from) noexcept;
  /// Bytes of a long message that stay: the length of its topic, and its identifier.
  void skim(std::uint8_t byte) noexcept;
  outcome finish() noexcept;

  [[nodiscard]] std::uint8_t kind() const noexcept { return room_[0] >> 4; }
  [[nodiscard]] bool has_identifier() const noexcept { return (room_[0] & 0x06) != 0; }
  [[nodiscard]] std::size_t topic_bytes() const noexcept {
    return static_cast<std::size_t>(room_[head_] << 8) + room_[head_ + 1U];
  }
  /// Where the identifier of a message is, in its body.
  [[nodiscard]] std::size_t identifier_at() const noexcept { return 2 + topic_bytes(); }

  std::span<std::uint8_t> room_;
  std::size_t used_ = 0;      // of it
  std::uint32_t length_ = 0;  // of the body
  std::uint32_t taken_ = 0;   // of it
  std::uint8_t head_ = 0;     // bytes of the head; 0: it is not complete
  bool is_long_ = false;
  bool is_over_ = false;
};

}  // namespace musubi::lwip_mqtt
