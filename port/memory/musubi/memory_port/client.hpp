#pragma once
/// The client's end of a connection, with which a test plays the browser.

#include <cstddef>
#include <cstdint>
#include <span>
#include <string_view>
#include <utility>

#include <musubi/memory_port/internal/stream.hpp>

namespace musubi::memory_port {

/// One end of a connection, which it closes when destroyed. Can be moved, not copied. Its functions
/// do not run the host: written bytes arrive when the loop runs. The loop must outlive it.
class client {
 public:
  client() noexcept = default;
  client(client&& other) noexcept : stream_(std::exchange(other.stream_, nullptr)) {}
  client& operator=(client&& other) noexcept {
    if (this != &other) {
      close();
      stream_ = std::exchange(other.stream_, nullptr);
    }
    return *this;
  }
  ~client() { close(); }

  /// False if all connections were in use, and after `close`, `reset` and `vanish`.
  [[nodiscard]] explicit operator bool() const noexcept { return stream_ != nullptr; }
  /// Sends as many of `bytes` as the connection has room for; returns their number.
  std::size_t write(std::span<const std::byte> bytes) noexcept;
  std::size_t write(std::string_view bytes) noexcept {
    return write(std::as_bytes(std::span(bytes)));
  }
  /// Moves bytes that have arrived to `into`; returns their number.
  std::size_t read(std::span<std::byte> into) noexcept;
  /// Bytes that have arrived and are not read yet.
  [[nodiscard]] std::size_t waiting() const noexcept;
  /// Bytes that were sent and that the host has not read yet.
  [[nodiscard]] std::size_t underway() const noexcept;
  /// True if the host has ended its side and everything it sent was read.
  [[nodiscard]] bool ended() const noexcept;
  /// True if the host has closed its end.
  [[nodiscard]] bool dropped() const noexcept;
  /// Number of writes by the host that moved at least a byte, since the connection was made.
  [[nodiscard]] std::uint32_t writes() const noexcept { return stream_->writes_; }

  /// Ends this side: the host reads the end of the stream after the bytes already sent.
  void shutdown() noexcept;
  /// Closes: the host reads the end of the stream after the bytes already sent, and its writes
  /// fail.
  void close() noexcept;
  /// Closes immediately: bytes that the host has not read are lost.
  void reset() noexcept;
  /// Disappears without notice, as when a cable is pulled: the host's writes succeed until the
  /// connection is full, and reach no one.
  void vanish() noexcept;

 private:
  friend class loop;
  explicit client(stream& connection) noexcept : stream_(&connection) {}
  void leave(stream::client_end how) noexcept;

  stream* stream_ = nullptr;
};

}  // namespace musubi::memory_port
