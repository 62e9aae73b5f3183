#pragma once
/// TLS between a port and its host, on a board.
///
///   network <--> port's stream <--> mbedtls::stream <--> HTTP, WebSocket
///
/// As `tls::guard` is for gateways, with memory that the program owns and one handshake at a time.

#include <cstddef>
#include <cstdint>
#include <optional>

#include <musubi/async/internal/member_job.hpp>
#include <musubi/async/internal/timer.hpp>
#include <musubi/host/host_core.hpp>
#include <musubi/mbedtls/identity.hpp>
#include <musubi/mbedtls/internal/stream.hpp>
#include <musubi/mbedtls/sizes.hpp>
#include <musubi/memory/block_pool.hpp>
#include <musubi/memory/internal/link_queue.hpp>
#include <musubi/memory/intrusive_list.hpp>
#include <musubi/net/port.hpp>
#include <musubi/net/tls/counters.hpp>

namespace musubi::mbedtls {

/// Takes the port's streams, and passes them to the host as streams of what they decrypt. The host
/// has them from the beginning: its limits and deadlines for requests are those of the handshakes,
/// and of those who wait for theirs. On the host's thread only.
class guard final : public net::service {
 public:
  /// For at most `connections`. `behind` is the host. `memory` has `bytes(connections)` bytes and
  /// is aligned for any type. `listener` is told of failures; may be null. All must outlive this
  /// guard, except that the host may be destroyed before it.
  guard(net::port& port, net::service& behind, const identity& shown, std::uint32_t connections,
        duration handshake_patience, std::byte* memory, telemetry* listener = nullptr) noexcept;
  ~guard();
  guard(const guard&) = delete;
  guard& operator=(const guard&) = delete;

  [[nodiscard]] static constexpr std::size_t bytes(std::size_t connections) noexcept {
    carver measure;
    (void)block_pool("tls_connections", measure, sizeof(stream), connections);
    return measure.used();
  }

  [[nodiscard]] bool can_accept() const noexcept override {
    return !streams_.exhausted() && host_.can_accept();
  }
  void accept(net::stream& fresh) noexcept override;
  void make_room() noexcept override;
  [[nodiscard]] runtime& loop() noexcept override { return host_.loop(); }
  std::optional<time_point> poll() noexcept override;
  void stop() noexcept override { host_.stop(); }

  [[nodiscard]] const tls::counters& counted() const noexcept { return counters_; }
  [[nodiscard]] const pool_metrics& connections() const noexcept { return streams_.metrics(); }
  /// A failure is a client that had to wait for the handshake of another.
  [[nodiscard]] const pool_metrics& handshakes() const noexcept { return handshakes_; }

 private:
  friend class stream;

  /// Something came from a client that has not begun its handshake.
  void waits_for_turn(stream& which) noexcept;
  /// Its handshake has ended, or it does not wait for one any more.
  void leaves_handshake(stream& which) noexcept;
  void begin_next() noexcept;
  void note(tls::failure why, const net::stream& whose) noexcept;
  void sweep() noexcept;
  void end_late_ones() noexcept;
  void end_slow_handshake() noexcept;

  net::port& port_;
  net::service& host_;
  const identity& shown_;
  duration patience_;
  telemetry* listener_;
  block_pool streams_;
  pool_metrics handshakes_;
  stream* shaking_ = nullptr;
  bool paused_ = false;
  tls::counters counters_;
  intrusive_list<stream> silent_;     // nothing came from them yet
  intrusive_list<stream> waiting_;    // for the handshake of another; the first in front
  intrusive_list<stream> open_;       // and those that have ended
  intrusive_list<stream> lingering_;  // closed by the host; the one that did first in front
  link_queue<stream> ready_;          // to be told in the next turn
  link_queue<stream> gone_;           // to be freed
  member_job<&guard::end_slow_handshake> slow_{*this};
  timer patience_timer_{slow_};
  member_job<&guard::end_late_ones> late_{*this};
  timer linger_timer_{late_};
};

}  // namespace musubi::mbedtls
