#pragma once
/// The port for tests: in-process connections, a virtual clock, and injected faults.

#include <atomic>
#include <cstddef>
#include <cstdint>
#include <memory>
#include <optional>

#include <musubi/memory/intrusive_list.hpp>
#include <musubi/memory_port/client.hpp>
#include <musubi/memory_port/faults.hpp>
#include <musubi/memory_port/internal/stream.hpp>
#include <musubi/net/port.hpp>

namespace musubi::memory_port {

/// The capacity of a loop, which allocates all of it when it is constructed.
struct loop_sizes {
  std::size_t streams = 16;            ///< most connections at once, including those in the queue
  std::size_t pipe_bytes = 1U << 16U;  ///< most bytes in transit, per connection and direction
};

/// Drives one host on the caller's thread, step by step. The host runs only inside `settle`,
/// `turn`, `run_for` and `run`, and in the same order every time. The clock starts at zero, and
/// entropy is the same in every run.
class loop final : public net::port {
 public:
  explicit loop(loop_sizes sizes = {});
  loop(const loop&) = delete;
  loop& operator=(const loop&) = delete;
  ~loop() = default;

  /// Sets the host to drive.
  void serve(net::service& host) noexcept { host_ = &host; }
  /// Makes a connection, which waits in a queue to be accepted. The client is empty if all
  /// connections are in use or the host is stopping. `from` is the client's address as the host
  /// sees it, such as "192.0.2.7:51234", and must outlive the connection; by default it is
  /// "memory:" and a number.
  [[nodiscard]] client connect(std::string_view from = {}) noexcept;

  /// Runs until the host is idle, without advancing the time. Returns false if it never becomes
  /// idle.
  bool settle();
  /// Serves until the host has stopped. When the host is idle, the time skips to the next timer;
  /// without a timer, the thread waits to be woken by another.
  void run();
  /// Runs one turn, which handles everything that is ready once. Returns false if it did nothing
  /// and the host is idle.
  bool turn() noexcept;
  /// Advances the time by `span`, and runs each timer on the way. Returns what `settle` does.
  bool run_for(duration span);
  /// The time of the next timer, as of the latest turn.
  [[nodiscard]] std::optional<time_point> next_timer() const noexcept { return next_; }
  /// Asks the host to stop, and accepts no more connections. Call from any thread.
  void stop() noexcept;
  [[nodiscard]] bool has_stopped() const noexcept { return stopped_; }
  /// Number of connections in use.
  [[nodiscard]] std::size_t used() const noexcept { return used_; }
  [[nodiscard]] memory_port::faults& faults() noexcept { return faults_; }

  [[nodiscard]] time_point now() noexcept override { return now_; }
  void entropy(std::span<std::byte> into) noexcept override;
  void resume_accepting() noexcept override { accepting_ = true; }
  void stopped() noexcept override { stopped_ = true; }
  void wake() noexcept override {
    woken_.store(true, std::memory_order_release);
#if !defined(MUSUBI_SINGLE_THREADED)
    woken_.notify_one();
#endif
  }

 private:
  friend class client;
  friend class stream;

  bool accept_next() noexcept;
  /// Frees a stream that both ends have closed.
  void release(stream& ended) noexcept;
  void begin_turn() noexcept;
  void stop_here() noexcept;

  std::size_t count_;
  std::size_t pipe_bytes_;
  std::unique_ptr<std::byte[]> room_;
  std::unique_ptr<stream[]> streams_;
  intrusive_list<stream> free_;
  intrusive_list<stream> queue_;
  net::service* host_ = nullptr;
  memory_port::faults faults_;
  time_point now_{};
  std::optional<time_point> next_;
  std::uint64_t entropy_ = 0;
  std::uint32_t connected_ = 0;
  std::size_t used_ = 0;
  std::atomic<bool> woken_{false};
  bool accepting_ = true;
  std::atomic<bool> stop_wanted_{false};
  bool stopping_ = false;
  bool stopped_ = false;
};

}  // namespace musubi::memory_port
