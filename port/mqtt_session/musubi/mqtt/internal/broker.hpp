#pragma once
/// What a link needs of an MQTT client library: libmosquitto on gateways; a board's is behind the
/// same interface.

#include <cstdint>
#include <string_view>

namespace musubi::mqtt {

/// Implemented by the link; called on the host's thread. The views are valid during the call.
class broker_events {
 public:
  /// The broker has accepted the connection.
  virtual void on_connected() noexcept = 0;
  /// There is no connection, or not any more. Messages that were not acknowledged are forgotten.
  virtual void on_lost(std::string_view why) noexcept = 0;
  virtual void on_message(std::string_view topic, std::string_view payload) noexcept = 0;
  /// The broker has answered the subscription `id`. It sends its messages with the QoS `granted`, 0
  /// to 2; any other number: it refuses.
  virtual void on_subscribed(std::uint32_t id, std::uint8_t granted) noexcept = 0;
  /// The broker has acknowledged the message `id`.
  virtual void on_sent(std::uint32_t id) noexcept = 0;
  /// This many messages were received for which there was no room.
  virtual void on_dropped(std::uint32_t messages) noexcept = 0;
  /// There is room again, after `subscribe` or `publish` had none. Also called if none was missing.
  virtual void on_room() noexcept = 0;

 protected:
  ~broker_events() = default;
};

/// A connection to a broker, or the attempt of one. It does not reconnect by itself, and keeps no
/// messages between two connections. Host's thread only; no function waits for the network.
class broker {
 public:
  /// Begins to connect; `on_connected` or `on_lost` follows.
  virtual void connect() noexcept = 0;
  /// Ends the connection, or the attempt. Nothing is called any more before the next `connect`.
  virtual void disconnect() noexcept = 0;
  /// False if there is no room, as for `publish`. Otherwise `on_subscribed` follows, unless the
  /// connection is lost before. Asks for QoS 1, as everything is sent with.
  [[nodiscard]] virtual bool subscribe(std::uint32_t id, std::string_view filter) noexcept = 0;
  /// False if there is no room; `on_sent` of another message, or `on_room`, tells when there may be
  /// some. Otherwise `on_sent` follows, unless the connection is lost before.
  [[nodiscard]] virtual bool publish(std::uint32_t id, std::string_view topic,
                                     std::string_view payload, bool retained) noexcept = 0;
  /// A number that differs from one program to another.
  [[nodiscard]] virtual std::uint32_t random() noexcept = 0;
  /// Milliseconds since 1970; 0 if that is not known.
  [[nodiscard]] virtual std::int64_t wall_clock() noexcept = 0;

 protected:
  ~broker() = default;
};

}  // namespace musubi::mqtt
