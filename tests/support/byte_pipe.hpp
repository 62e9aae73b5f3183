#pragma once
/// The wire between a test's client and a host, whichever port the host has.

#include <string>
#include <string_view>
#include <utility>

#include <musubi/memory_port/loop.hpp>

namespace musubi::test {

/// A client's end of a connection, as tests use it.
class byte_pipe {
 public:
  byte_pipe() = default;
  byte_pipe(const byte_pipe&) = delete;
  byte_pipe& operator=(const byte_pipe&) = delete;
  virtual ~byte_pipe() = default;

  /// Sends all of `bytes`, unless the host stops reading.
  virtual void write(std::string_view bytes) = 0;
  /// What arrives until the host has nothing more to do (or, over sockets, something came).
  virtual std::string read() = 0;
  /// True when the host has ended the connection and all was read.
  virtual bool ended() = 0;
  virtual void close() = 0;
};

/// Over the memory port: every call runs the host until it rests.
class memory_pipe final : public byte_pipe {
 public:
  memory_pipe(memory_port::loop& host, memory_port::client end)
      : host_(host), end_(std::move(end)) {}

  void write(std::string_view bytes) override {
    while (!bytes.empty()) {
      const std::size_t taken = end_.write(bytes);
      bytes.remove_prefix(taken);
      host_.settle();
      if (taken == 0) return;
    }
  }
  std::string read() override {
    std::string all;
    char piece[4096];
    host_.settle();
    while (const std::size_t bytes = end_.read(std::as_writable_bytes(std::span(piece)))) {
      all.append(piece, bytes);
      host_.settle();
    }
    return all;
  }
  bool ended() override {
    host_.settle();
    return end_.ended();
  }
  void close() override {
    end_.close();
    host_.settle();
  }
  [[nodiscard]] memory_port::client& end() noexcept { return end_; }

 private:
  memory_port::loop& host_;
  memory_port::client end_;
};

}  // namespace musubi::test
