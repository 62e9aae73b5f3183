#pragma once
/// A client's end of a real socket.

#include "support/byte_pipe.hpp"

#include <cstdint>
#include <functional>
#include <string>

namespace musubi::test {

/// Owns a connected socket that never blocks. Moves, does not copy; closes when destroyed.
class socket_end {
 public:
  socket_end() noexcept = default;
  socket_end(socket_end&& other) noexcept : socket_(std::exchange(other.socket_, -1)) {}
  socket_end& operator=(socket_end&& other) noexcept;
  ~socket_end() { close(); }

  /// A TCP connection to this machine's `port`; invalid when it was refused.
  [[nodiscard]] static socket_end to_port(std::uint16_t port) noexcept;
  /// A connection to a Unix socket.
  [[nodiscard]] static socket_end to_path(const char* path) noexcept;

  [[nodiscard]] explicit operator bool() const noexcept { return socket_ >= 0; }
  /// Takes a prefix of `bytes`; answers its length.
  std::size_t write(std::string_view bytes) noexcept;
  /// Moves what has arrived into `into`; answers how many bytes.
  std::size_t read(std::span<std::byte> into) noexcept;
  /// True once `read` met the end, or the connection broke.
  [[nodiscard]] bool ended() const noexcept { return ended_; }
  void shutdown() noexcept;
  void close() noexcept;

 private:
  explicit socket_end(int socket) noexcept : socket_(socket) {}
  int socket_ = -1;
  bool ended_ = false;
};

/// Over a socket. `pump` lets the host do its work when it runs on the test's own thread; a host on
/// threads of its own needs none.
class socket_pipe final : public byte_pipe {
 public:
  explicit socket_pipe(
      socket_end end, std::function<void()> pump = [] {})
      : end_(std::move(end)), pump_(std::move(pump)) {}

  void write(std::string_view bytes) override;
  /// Waits for something, or the end, for some seconds at most.
  std::string read() override;
  bool ended() override;
  void close() override { end_.close(); }

 private:
  socket_end end_;
  std::function<void()> pump_;
};

}  // namespace musubi::test
