#pragma once
/// All clients of one run, in one thread with one epoll set.

#include "loadgen/root.hpp"
#include "loadgen/secure_socket.hpp"

#include <cstddef>
#include <cstdint>
#include <memory>
#include <span>
#include <string>
#include <string_view>
#include <sys/types.h>
#include <vector>

namespace loadgen {

/// One WebSocket with one mounted root.
struct client {
  enum class stage : std::uint8_t { connecting, upgrading, joining, joined };

  client(root_kind kind, std::string_view id, std::size_t position)
      : mounted(kind, id), index(position) {}

  root mounted;
  std::size_t index;  ///< position in the fleet
  int socket = -1;
  secure_socket secure;  ///< over it, if the server speaks TLS
  stage at = stage::connecting;
  bool replied = false;     ///< while joining: it has the reply, but not the first patch
  std::int64_t uptime = 0;  ///< of its newest reading, if it is a sensor
  std::string unread;       ///< the start of an incomplete frame
};

/// Handles the messages to joined clients.
class workload {
 public:
  virtual void on_message(client& from, std::string_view message) = 0;
  /// All messages of one read were handled.
  virtual void on_read(client&) {}

 protected:
  ~workload() = default;
};

/// The server to load.
struct target {
  std::uint16_t port = 4100;
  std::string path = "/socket/websocket?vsn=2.0.0";
  /// The server is the floor: its answers are counted, but not compared.
  bool floor = false;
  bool tls = false;
};

class fleet {
 public:
  explicit fleet(const target& server);
  ~fleet();
  fleet(const fleet&) = delete;
  fleet& operator=(const fleet&) = delete;

  /// Adds a client, not connected yet. Its address does not change.
  client& add(root_kind kind, std::string_view id);
  /// Connects and joins all clients that are not connected, at most `in_flight` at a time. Ends the
  /// program if that takes more than two minutes.
  void join_all(std::size_t in_flight);
  /// Waits for at most `milliseconds`, reads once from each ready client, and passes the messages
  /// to `work`.
  void poll(workload& work, int milliseconds);
  void send(client& to, std::string_view bytes);
  /// Stops and resumes reading from a client's socket.
  void ignore(client& deaf);
  void heed(client& again);
  /// Sets a small window, so that a client that does not read soon falls behind. Call before it
  /// connects.
  void keep_buffers_small(client& fresh);

  [[nodiscard]] client& operator[](std::size_t index) { return *clients_[index]; }
  [[nodiscard]] std::size_t size() const noexcept { return clients_.size(); }
  /// The time at which the current messages were read.
  [[nodiscard]] std::uint64_t read_at() const noexcept { return read_at_; }
  [[nodiscard]] std::uint64_t reads() const noexcept { return reads_; }
  [[nodiscard]] std::uint64_t bytes_read() const noexcept { return bytes_read_; }
  /// Counts a wrong message, and prints the first few.
  void complain(std::string_view about, std::string_view message);
  [[nodiscard]] std::uint64_t bad() const noexcept { return bad_; }
  [[nodiscard]] bool floor() const noexcept { return server_.floor; }

 private:
  /// One read from its socket; as `recv`.
  [[nodiscard]] ssize_t receive(client& from, std::span<char> into);
  void open(client& fresh);
  void connected(client& fresh);
  void read(client& from, workload& work);
  void deliver(client& to, std::string_view message, workload& work);
  void joining(client& fresh, std::string_view message);
  void watch(client& watched, int operation, std::uint32_t events);

  static constexpr std::size_t read_bytes = 1U << 18U;

  target server_;
  secure_sockets secured_;
  int epoll_;
  std::vector<std::unique_ptr<client>> clients_;
  std::vector<char> buffer_;
  std::size_t opened_ = 0;
  std::size_t joined_ = 0;
  std::uint64_t read_at_ = 0;
  std::uint64_t reads_ = 0;
  std::uint64_t bytes_read_ = 0;
  std::uint64_t bad_ = 0;
};

}  // namespace loadgen
