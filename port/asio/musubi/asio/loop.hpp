#pragma once
/// Asio's loop as the port of one host: time, waking, entropy, accepting.

#include <asio/basic_waitable_timer.hpp>
#include <asio/io_context.hpp>
#include <atomic>
#include <cstddef>
#include <memory>

#include <musubi/asio/acceptor.hpp>
#include <musubi/asio/operation_memory.hpp>
#include <musubi/asio/sockets.hpp>
#include <musubi/net/port.hpp>

namespace musubi::asio {

/// A listening socket of any kind, open already; each loop has its own duplicate.
using listening_socket = ::asio::generic::stream_protocol::socket::native_handle_type;

/// Drives one host on one thread. All its memory is taken when it is constructed.
class loop final : public net::port {
 public:
  /// Room for `streams` at once.
  explicit loop(std::size_t streams);
  ~loop();
  loop(const loop&) = delete;
  loop& operator=(const loop&) = delete;

  /// Accepts from `listening`, which it owns from now on, for `host`.
  void listen(listening_socket listening, int family, net::service& host);
  /// Runs until the host has stopped.
  void run();
  /// Does what can be done without waiting, for a program that has a loop of its own.
  void poll();
  /// True once the host has stopped.
  [[nodiscard]] bool has_stopped() const noexcept { return has_stopped_; }
  /// From any thread: asks the host to stop.
  void stop() noexcept;

  [[nodiscard]] time_point now() noexcept override;
  void entropy(std::span<std::byte> into) noexcept override;
  void resume_accepting() noexcept override;
  void stopped() noexcept override;
  void wake() noexcept override;

  // --- for its sockets ---
  /// Before every handler: the time of this turn.
  void begin_turn() noexcept { host_->loop().advance(now()); }
  /// After every handler: runs what it made ready.
  void turn();

 private:
  using executor = ::asio::io_context::executor_type;
  using timer =
      ::asio::basic_waitable_timer<std::chrono::steady_clock,
                                   ::asio::wait_traits<std::chrono::steady_clock>, executor>;

  struct retry_job : job {
    explicit retry_job(loop& owner) noexcept
        : job([](job& self) noexcept { static_cast<retry_job&>(self).owner_->resume_accepting(); }),
          owner_(&owner) {}
    loop* owner_;
  };

  void on_acceptable(const ::asio::error_code& error);
  void on_timer(const ::asio::error_code& error);
  void on_wake();

  std::unique_ptr<std::byte[]> memory_;  // outlives the context: what still waits may lie in it
  // one thread does all I/O; only wake() comes from others, and the scheduler stays locked for that
  ::asio::io_context context_{ASIO_CONCURRENCY_HINT_UNSAFE_IO};
  sockets sockets_;
  acceptor acceptor_{context_};
  timer timer_{context_};
  operation_memory accept_memory_;
  operation_memory timer_memory_;
  operation_memory wake_memory_;
  net::service* host_ = nullptr;
  retry_job retry_job_{*this};
  musubi::timer retry_timer_{retry_job_};
  time_point armed_{};
  std::atomic<bool> waking_{false};
  std::atomic<bool> stop_wanted_{false};
  bool timing_ = false;
  bool accepting_ = false;
  bool has_stopped_ = false;
};

}  // namespace musubi::asio
