#pragma once
/// Asio's loop as the port of one host: accepts connections, and provides time, wake-ups and
/// entropy.

#include <asio/basic_waitable_timer.hpp>
#include <asio/io_context.hpp>
#include <atomic>
#include <cstddef>
#include <memory>

#include <musubi/asio/internal/acceptor.hpp>
#include <musubi/asio/internal/operation_memory.hpp>
#include <musubi/asio/internal/sockets.hpp>
#include <musubi/async/internal/member_job.hpp>
#include <musubi/net/port.hpp>

namespace musubi::asio {

/// The descriptor of an open listening socket. Each loop owns one.
using listening_socket = ::asio::generic::stream_protocol::socket::native_handle_type;

/// Drives one host on one thread. The constructor allocates all memory.
class loop final : public net::port {
 public:
  /// `streams` is the most connections at once.
  explicit loop(std::size_t streams);
  ~loop();
  loop(const loop&) = delete;
  loop& operator=(const loop&) = delete;

  /// Takes ownership of `listening` and accepts its connections for `host`.
  void listen(listening_socket listening, int family, net::service& host);
  /// Drives `host`, which accepts no connections.
  void drive(net::service& host);
  /// Begins to connect to an address. See `net::connector::open`.
  [[nodiscard]] net::stream* connect(const sockaddr& to, socklen_t size) noexcept {
    return sockets_.connect(to, size);
  }
  /// Runs until the host has stopped.
  void run();
  /// Does one turn without waiting, for a program with its own loop.
  void poll();
  /// True once the host has stopped.
  [[nodiscard]] bool has_stopped() const noexcept { return has_stopped_; }
  /// Asks the host to stop. Call from any thread.
  void stop() noexcept;

  [[nodiscard]] time_point now() noexcept override;
  void entropy(std::span<std::byte> into) noexcept override;
  void resume_accepting() noexcept override;
  void stopped() noexcept override;
  void wake() noexcept override;

  // --- called by its sockets ---
  /// Sets the time of this turn. Call before each handler.
  void begin_turn() noexcept { host_->loop().advance(now()); }
  /// Runs the host's ready jobs. Call after each handler.
  void turn();

 private:
  using executor = ::asio::io_context::executor_type;
  using timer =
      ::asio::basic_waitable_timer<std::chrono::steady_clock,
                                   ::asio::wait_traits<std::chrono::steady_clock>, executor>;

  void on_acceptable(const ::asio::error_code& error);
  void on_timer(const ::asio::error_code& error);
  void on_wake();

  std::unique_ptr<std::byte[]> memory_;  // outlives the context, whose pending operations use it
  // one thread does all I/O; the scheduler stays locked for wake(), which any thread may call
  ::asio::io_context context_{ASIO_CONCURRENCY_HINT_UNSAFE_IO};
  sockets sockets_;
  acceptor acceptor_{context_};
  timer timer_{context_};
  operation_memory accept_memory_;
  operation_memory timer_memory_;
  operation_memory wake_memory_;
  net::service* host_ = nullptr;
  member_job<&loop::resume_accepting> retry_job_{*this};
  musubi::timer retry_timer_{retry_job_};
  time_point armed_{};
  std::atomic<bool> waking_{false};
  std::atomic<bool> stop_wanted_{false};
  bool timing_ = false;
  bool accepting_ = false;
  bool has_stopped_ = false;
};

}  // namespace musubi::asio
