#pragma once
/// The far end of a connection: what a test plays the browser with.

#include <cstddef>
#include <cstdint>
#include <span>
#include <string_view>
#include <utility>

#include <musubi/memory_port/stream.hpp>

namespace musubi::memory_port {

/// Owns its end. Moves, does not copy; closes when destroyed. Nothing here runs the host: what was
/// written arrives when its loop runs. The loop outlives it.
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

  /// False when there was no connection left, and after `close`, `reset` and `vanish`.
  [[nodiscard]] explicit operator bool() const noexcept { return stream_ != nullptr; }
  /// Takes a prefix of `bytes`, as much as fits on the way; answers its length.
  std::size_t write(std::span<const std::byte> bytes) noexcept;
  std::size_t write(std::string_view bytes) noexcept {
    return write(std::as_bytes(std::span(bytes)));
  }
  /// Moves what has arrived into `into`; answers how many bytes.
  std::size_t read(std::span<std::byte> into) noexcept;
  /// Bytes that have arrived and were not read.
  [[nodiscard]] std::size_t waiting() const noexcept;
  /// Bytes that were written and the host has not read.
  [[nodiscard]] std::size_t underway() const noexcept;
  /// True when the host's end is over and everything it sent was read.
  [[nodiscard]] bool ended() const noexcept;
  /// True when the host has let go of its end.
  [[nodiscard]] bool dropped() const noexcept;
  /// How many writes of the host moved something, since the connection was made.
  [[nodiscard]] std::uint32_t writes() const noexcept { return stream_->writes_; }

  /// Writes no more; the host reads the end after what was written.
  void shutdown() noexcept;
  /// Leaves; the host reads the end after what was written, and its writes fail.
  void close() noexcept;
  /// Leaves at once; what was written and not read is lost.
  void reset() noexcept;
  /// Is gone without a sign, as when a cable is pulled: the host's writes go nowhere until the way
  /// is full.
  void vanish() noexcept;

 private:
  friend class loop;
  explicit client(stream& connection) noexcept : stream_(&connection) {}
  void let_go(stream::client_end how) noexcept;

  stream* stream_ = nullptr;
};

}  // namespace musubi::memory_port
