#pragma once
/// A TCP connection to the board, by hand, so that it takes nothing of the board's lwIP.

#include "support/byte_pipe.hpp"
#include "unit/port/round_trip/network.hpp"

#include <algorithm>
#include <memory>
#include <string>
#include <string_view>

namespace musubi::test {

using namespace std::chrono_literals;

/// Acknowledges every second segment at once and a single one after 40 ms, as Linux does; sends
/// again what was not acknowledged within a second.
class tcp_peer final : public network_node {
 public:
  /// At 10.0.0.`station`; connects to the board's port `server`.
  explicit tcp_peer(std::uint8_t station = 2, std::uint16_t server = 80)
      : station_(station), server_(server) {
    wire_.add(*this);
  }
  tcp_peer(const tcp_peer&) = delete;
  tcp_peer& operator=(const tcp_peer&) = delete;
  ~tcp_peer() { wire_.remove(*this); }

  /// Again after 1 s, 3 s, 7 s and so on, until it is answered.
  void connect() {
    send(syn, {});
    again_at_ = wire_.now + std::exchange(patience_, 2 * patience_);
  }
  void write(std::string_view bytes) {
    outgoing_ += bytes;
    push();
  }
  [[nodiscard]] std::string read() { return std::exchange(received_, {}); }
  void reset() { send(rst, {}); }

  [[nodiscard]] bool connected() const { return connected_; }
  /// The board has ended it, with or without a reset.
  [[nodiscard]] bool ended() const { return ended_; }
  /// Acknowledges nothing from now on.
  bool mute = false;

  void receive(std::span<const std::byte> from_board) override {
    const auto* const ip = reinterpret_cast<const unsigned char*>(from_board.data());
    const std::size_t header = (ip[0] & 0xFU) * 4U;
    const unsigned char* const tcp = ip + header;
    if (short_at(tcp + 2) != port_) return;
    const std::uint32_t seq = long_at(tcp + 4);
    const std::uint32_t acked = long_at(tcp + 8);
    const unsigned flags = tcp[13];
    const std::size_t offset = (tcp[12] >> 4U) * 4U;
    const std::string_view data(reinterpret_cast<const char*>(tcp) + offset,
                                short_at(ip + 2) - header - offset);
    if ((flags & rst) != 0) {
      ended_ = true;
      again_at_ = ack_at_ = time_point::max();
      return;
    }
    window_ = short_at(tcp + 14);
    if ((flags & syn) != 0) {
      connected_ = true;
      next_in_ = seq + 1;
      first_ = acked;
      again_at_ = time_point::max();
      send(ack, {});
      return push();
    }
    const std::uint32_t news = acked - first_;
    if (news != 0 &&
        news <= outgoing_.size()) {  // also of what was on its way when it was sent again
      first_ = acked;
      outgoing_.erase(0, news);
      in_flight_ -= std::min(in_flight_, news);
      again_at_ = in_flight_ == 0 ? time_point::max() : wire_.now + 1s;
    }
    if (seq == next_in_) {
      received_ += data;
      next_in_ += static_cast<std::uint32_t>(data.size());
      if (!data.empty()) {
        ack_at_ = std::min(ack_at_, ++unacknowledged_ == 2 ? wire_.now : wire_.now + 40ms);
      }
      if ((flags & fin) != 0) {
        ++next_in_;
        ended_ = true;
        ack_at_ = wire_.now;
      }
    } else if (!data.empty()) {
      ack_at_ = wire_.now;  // it was here before
    }
    push();
  }
  [[nodiscard]] time_point due() const override {
    return std::min(again_at_, mute ? time_point::max() : ack_at_);
  }
  void act() override {
    if (!mute && ack_at_ <= wire_.now) send(ack, {});
    if (again_at_ > wire_.now) return;
    if (!connected_) return connect();
    again_at_ = outgoing_.empty() ? time_point::max() : wire_.now + 1s;
    in_flight_ = 0;
    push();
  }

 private:
  static constexpr unsigned fin = 1, syn = 2, rst = 4, ack = 16;
  static constexpr std::size_t most = 536;

  static std::uint16_t short_at(const unsigned char* at) {
    return static_cast<std::uint16_t>(at[0] << 8U | at[1]);
  }
  static std::uint32_t long_at(const unsigned char* at) {
    return std::uint32_t{short_at(at)} << 16U | short_at(at + 2);
  }
  void push() {
    while (connected_ && !ended_ && in_flight_ < outgoing_.size()) {
      const std::size_t bytes = std::min(most, outgoing_.size() - in_flight_);
      if (in_flight_ + bytes > window_) return;
      send(ack, std::string_view(outgoing_).substr(in_flight_, bytes));
      in_flight_ += static_cast<std::uint32_t>(bytes);
      if (again_at_ <= wire_.now || again_at_ == time_point::max()) again_at_ = wire_.now + 1s;
    }
  }
  void send(unsigned flags, std::string_view data) {
    if ((flags & ack) != 0 && !mute) {
      unacknowledged_ = 0;
      ack_at_ = time_point::max();
      told_ = next_in_;
    }
    const std::uint32_t seq = (flags & syn) != 0 ? first_ - 1 : first_ + in_flight_;
    packet made(40 + data.size());
    auto* at = reinterpret_cast<unsigned char*>(made.data());
    const auto put = [&at](std::uint32_t value, unsigned digits) {
      while (digits-- > 0) *at++ = static_cast<unsigned char>(value >> (8 * digits));
    };
    put(0x4500, 2);
    put(static_cast<std::uint32_t>(made.size()), 2);
    put(0, 4);
    put(0x40060000, 4);
    put(0x0A000000U | station_, 4);
    put(0x0A000001, 4);  // 10.0.0.1
    put(port_, 2);
    put(server_, 2);
    put(seq, 4);
    put(told_, 4);
    put(0x5000 | flags, 2);
    put(0xFFFF, 2);
    put(0, 4);
    std::copy(data.begin(), data.end(), at);
    wire_.to_board(std::move(made));
  }
  static std::uint16_t fresh_port() {
    static std::uint16_t last = 20'000;
    return ++last;
  }

  network& wire_ = network::get();
  std::uint8_t station_;
  std::uint16_t server_;
  std::uint16_t port_ = fresh_port();
  std::string outgoing_;     // from first_ on
  std::uint32_t first_ = 1;  // of what the board has not acknowledged
  std::uint32_t in_flight_ = 0;
  std::uint32_t window_ = 0;
  std::string received_;
  std::uint32_t next_in_ = 0;
  std::uint32_t told_ = 0;  // what was acknowledged
  int unacknowledged_ = 0;  // segments
  bool connected_ = false;
  bool ended_ = false;
  duration patience_ = 1s;
  time_point again_at_ = time_point::max();
  time_point ack_at_ = time_point::max();
};

/// A browser's end of it. No time passes in its functions.
class peer_pipe final : public byte_pipe {
 public:
  explicit peer_pipe(tcp_peer& peer) : peer_(peer) {}
  void write(std::string_view bytes) override { peer_.write(bytes); }
  std::string read() override { return peer_.read(); }
  bool ended() override { return peer_.ended(); }
  void close() override { peer_.reset(); }

 private:
  tcp_peer& peer_;
};

}  // namespace musubi::test
