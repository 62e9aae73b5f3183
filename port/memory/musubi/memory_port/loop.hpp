#pragma once
/// The port of tests: connections in process, a clock that a test moves, faults on demand.

#include <atomic>
#include <cstddef>
#include <cstdint>
#include <memory>
#include <optional>

#include <musubi/memory/intrusive_list.hpp>
#include <musubi/memory_port/client.hpp>
#include <musubi/memory_port/faults.hpp>
#include <musubi/memory_port/stream.hpp>
#include <musubi/net/port.hpp>

namespace musubi::memory_port {

/// How much a loop has room for; all of it is taken when it is constructed.
struct loop_sizes {
  std::size_t streams = 16;            ///< connections at once, those in the queue included
  std::size_t pipe_bytes = 1U << 16U;  ///< bytes on their way, in each direction of each
};

/// Drives one host on the caller's thread, one step at a time. Whatever happens, happens inside
/// `settle`, `run_for` and `run`, in the same order every time. The clock begins at zero; entropy
/// is the same in every run.
class loop final : public net::port {
 public:
  explicit loop(loop_sizes sizes = {});
  loop(const loop&) = delete;
  loop& operator=(const loop&) = delete;
  ~loop() = default;

  /// Drives `host` from now on.
  void serve(net::service& host) noexcept { host_ = &host; }
  /// A fresh connection, in the queue of those to be accepted. Nothing when all are in use, or the
  /// host stops. `from` is what the host sees as the client's address, "192.0.2.7:51234", say, and
  /// outlives the connection; without one it is "memory:" and a number.
  [[nodiscard]] client connect(std::string_view from = {}) noexcept;

  /// Does all that can be done without time passing. False when that finds no end: something stays
  /// busy.
  bool settle();
  /// Serves until the host has stopped. Whenever it rests, time passes to the next timer at once;
  /// without one, the thread waits to be woken by another.
  void run();
  /// One turn: what is ready is handled once. False when there was nothing, and nothing is left.
  bool turn() noexcept;
  /// Lets time pass, stopping at every timer on the way.
  bool run_for(duration span);
  /// When the next timer is due, as of the latest turn.
  [[nodiscard]] std::optional<time_point> next_timer() const noexcept { return next_; }
  /// Asks the host to end, and takes no more connections. From any thread.
  void stop() noexcept;
  [[nodiscard]] bool has_stopped() const noexcept { return stopped_; }
  /// Connections that are in use.
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
  /// Takes back what neither end holds.
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
