#pragma once
/// The network between a remote server and what a test puts at its other end.

#include "support/client_bytes.hpp"

#include <algorithm>
#include <cstddef>
#include <deque>
#include <memory>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include <musubi/memory_port/loop.hpp>
#include <musubi/net/connector.hpp>
#include <musubi/net/http/internal/upgrade.hpp>

namespace musubi::test {

/// One end of a connection that a client opened; the other end is a derived class's.
class remote_wire : public net::stream {
 public:
  explicit remote_wire(std::size_t most_bytes) : left_(most_bytes) {}
  virtual ~remote_wire() = default;

  net::io_result try_read(std::span<std::byte> into) noexcept override {
    if (left_ == 0) return {net::io::closed, 0};
    const std::size_t count = take(into.first(std::min(into.size(), left_)));
    count_moved(count);
    if (count != 0) return {net::io::done, count};
    return {ended() ? net::io::closed : net::io::would_block, 0};
  }
  net::io_result try_write(std::span<const std::byte> from) noexcept override {
    if (left_ == 0 || ended()) return {net::io::closed, 0};
    const std::size_t count = give(from.first(std::min(from.size(), left_)));
    count_moved(count);
    return {count != 0 ? net::io::done : net::io::would_block, count};
  }
  void want_read() noexcept override { reading_ = true; }
  void want_write() noexcept override { writing_ = true; }
  void shutdown_write() noexcept override {}
  void close() noexcept override { closed_ = true; }
  std::size_t peer(std::span<char>) const noexcept override { return 0; }

  /// Notifies the client of what it waits for; false if there is nothing.
  bool tell() {
    if (closed_) return false;
    if (reading_ && (left_ == 0 || ended() || readable())) {
      reading_ = false;
      user_->on_readable();
      return true;
    }
    if (!writing_ || closed_) return false;
    writing_ = false;
    user_->on_writable();
    return true;
  }
  [[nodiscard]] bool closed() const { return closed_; }
  /// Bytes so far, both ways.
  [[nodiscard]] std::size_t moved() const { return moved_; }
  /// From now on both sides find it broken.
  void break_off() noexcept { left_ = 0; }

 protected:
  [[nodiscard]] virtual std::size_t take(std::span<std::byte> into) = 0;
  [[nodiscard]] virtual std::size_t give(std::span<const std::byte> from) = 0;
  [[nodiscard]] virtual bool readable() const = 0;
  [[nodiscard]] virtual bool ended() const = 0;

 private:
  void count_moved(std::size_t count) noexcept {
    left_ -= count;
    moved_ += count;
  }

  std::size_t left_;  // bytes until the connection breaks
  std::size_t moved_ = 0;
  bool reading_ = false;
  bool writing_ = false;
  bool closed_ = false;
};

/// What opens connections for a test. The next one breaks after `most_bytes`.
class remote_network : public net::connector {
 public:
  virtual ~remote_network() = default;
  void entropy(std::span<std::byte> into) noexcept override {
    for (std::byte& each : into) each = static_cast<std::byte>(random_ = (random_ * 31 + 7) & 0xFF);
  }
  bool tell() {
    bool told = false;
    for (std::size_t i = 0; i < wires.size(); ++i) told |= wires[i]->tell();
    return told;
  }
  std::size_t most_bytes = SIZE_MAX;
  bool unreachable = false;
  std::vector<std::unique_ptr<remote_wire>> wires;

 private:
  unsigned random_ = 1;
};

/// Connects to a host on the memory port.
class host_network final : public remote_network {
 public:
  explicit host_network(memory_port::loop& host) : host_(host) {}
  net::stream* open() noexcept override {
    if (unreachable) return nullptr;
    wires.push_back(std::make_unique<wire>(host_.connect(), most_bytes));
    return wires.back().get();
  }
  /// Runs host and client until both rest.
  void run() {
    do {
      host_.settle();
    } while (tell());
  }
  void run_for(duration span) {
    constexpr duration step = std::chrono::milliseconds(5);
    for (; span > duration::zero(); span -= step) {
      host_.run_for(std::min(step, span));
      run();
    }
  }

 private:
  class wire final : public remote_wire {
   public:
    wire(memory_port::client&& end, std::size_t most) : remote_wire(most), end_(std::move(end)) {}
    void close() noexcept override {
      remote_wire::close();
      end_.close();
    }

   protected:
    std::size_t take(std::span<std::byte> into) override { return end_.read(into); }
    std::size_t give(std::span<const std::byte> from) override { return end_.write(from); }
    bool readable() const override { return end_.waiting() != 0; }
    bool ended() const override { return !end_ || end_.ended(); }

   private:
    memory_port::client end_;
  };
  memory_port::loop& host_;
};

/// A server that the test plays, byte by byte.
class played_network final : public remote_network {
 public:
  net::stream* open() noexcept override {
    if (unreachable) return nullptr;
    ++opened;
    auto fresh = std::make_unique<wire>(most_bytes);
    last_ = fresh.get();
    wires.push_back(std::move(fresh));
    return last_;
  }
  /// Sends bytes of the server.
  void say(std::string_view bytes) { last_->to_client.append(bytes); }
  /// Sends a text message in one frame, without a mask.
  void text(std::string_view message) { say(frame(0x81, message)); }
  static std::string frame(unsigned first, std::string_view payload) {
    std::string out(1, static_cast<char>(first));
    if (payload.size() < 126) {
      out += static_cast<char>(payload.size());
    } else {
      out += static_cast<char>(126);
      out += static_cast<char>(payload.size() >> 8U);
      out += static_cast<char>(payload.size() & 0xFFU);
    }
    return out.append(payload);
  }
  /// Takes the request for a WebSocket, and accepts it. Returns the request.
  std::string accept() {
    const std::string request = std::exchange(last_->to_server, {});
    constexpr std::string_view name = "Sec-WebSocket-Key: ";
    const std::size_t at = request.find(name);
    const std::string key = at == std::string::npos ? "" : request.substr(at + name.size(), 24);
    const auto accepted = net::http::accept_key(key);
    say("HTTP/1.1 101 Switching Protocols\r\nUpgrade: websocket\r\nConnection: Upgrade\r\n"
        "Sec-WebSocket-Accept: " +
        std::string(accepted.data(), accepted.size()) + "\r\n\r\n");
    return request;
  }
  /// The next message of the client; empty if there is none.
  std::string next() {
    std::string& in = last_->to_server;
    if (in.size() < 6) return {};
    std::size_t size = static_cast<unsigned char>(in[1]) & 0x7FU;
    std::size_t head = 2;
    if (size == 126) {
      size = static_cast<unsigned char>(in[2]) * 256U + static_cast<unsigned char>(in[3]);
      head = 4;
    }
    std::string payload = in.substr(head + 4, size);
    for (std::size_t i = 0; i < payload.size(); ++i) {
      payload[i] = static_cast<char>(payload[i] ^ in[head + i % 4]);
    }
    in.erase(0, head + 4 + size);
    return payload;
  }
  void hang_up() { last_->over = true; }
  [[nodiscard]] bool left() const { return last_->closed(); }
  int opened = 0;

 private:
  class wire final : public remote_wire {
   public:
    using remote_wire::remote_wire;
    std::string to_client;
    std::string to_server;
    bool over = false;

   protected:
    std::size_t take(std::span<std::byte> into) override {
      const std::size_t count = std::min(into.size(), to_client.size());
      std::copy_n(reinterpret_cast<const std::byte*>(to_client.data()), count, into.data());
      to_client.erase(0, count);
      return count;
    }
    std::size_t give(std::span<const std::byte> from) override {
      to_server.append(reinterpret_cast<const char*>(from.data()), from.size());
      return from.size();
    }
    bool readable() const override { return !to_client.empty(); }
    bool ended() const override { return over && to_client.empty(); }
  };
  wire* last_ = nullptr;
};

}  // namespace musubi::test
