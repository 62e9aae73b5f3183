#pragma once
/// TLS between a port and its host, whichever port that is.
///
///   network <--> port's stream <--> tls::stream (OpenSSL) <--> HTTP, WebSocket
///
/// A port drives a `guard` as it would drive the host:
///
///     tls::guard guard(port, host.core(), identity, {.connections = 64, .handshakes = 8});
///     port.serve(guard);

#include <cstddef>
#include <cstdint>
#include <memory>
#include <optional>
#include <span>
#include <string>

#include <musubi/async/internal/member_job.hpp>
#include <musubi/async/internal/timer.hpp>
#include <musubi/host/host_core.hpp>
#include <musubi/host/internal/tls_metrics.hpp>
#include <musubi/memory/block_pool.hpp>
#include <musubi/memory/internal/link_queue.hpp>
#include <musubi/memory/intrusive_list.hpp>
#include <musubi/net/port.hpp>
#include <musubi/net/tls/counters.hpp>
#include <musubi/tls/identity.hpp>

struct ssl_ctx_st;

namespace musubi::tls {

class stream;

/// The limits of one guard.
struct sizes {
  std::uint32_t connections = 1088;  ///< open at once, handshakes included
  std::uint32_t handshakes = 64;     ///< of them those whose handshake is not complete
};

/// Takes the port's streams, and passes them to the host as streams of what they decrypt. The host
/// has them from the beginning: its limits and deadlines for requests are those of the handshakes,
/// too. The constructor allocates all memory but OpenSSL's own. On the host's thread only.
class guard final : public net::service {
 public:
  /// `behind` is the host. `listener` is told of failures; may be null. All must outlive this
  /// guard, except that the host may be destroyed before it.
  guard(net::port& port, net::service& behind, const identity& shown, const sizes& limit,
        telemetry* listener = nullptr);
  ~guard();
  guard(const guard&) = delete;
  guard& operator=(const guard&) = delete;

  [[nodiscard]] bool can_accept() const noexcept override;
  void accept(net::stream& fresh) noexcept override;
  void make_room() noexcept override;
  [[nodiscard]] runtime& loop() noexcept override { return host_.loop(); }
  std::optional<time_point> poll() noexcept override;
  void stop() noexcept override { host_.stop(); }

  [[nodiscard]] const counters& counted() const noexcept { return counters_; }
  [[nodiscard]] const pool_metrics& connections() const noexcept { return streams_.metrics(); }
  /// A failure is a client that had to wait because so many handshakes were under way.
  [[nodiscard]] const pool_metrics& handshakes() const noexcept { return handshakes_; }
  /// All of this, for `host_core::also_show`.
  [[nodiscard]] const further_metrics& metrics() const noexcept { return metrics_; }

 private:
  friend class stream;

  /// A handshake has begun or ended.
  void count_handshake(int change) noexcept;
  /// Whether a step of a handshake may be computed in this turn.
  [[nodiscard]] bool may_step() noexcept { return steps_left_ != 0 && steps_left_-- != 0; }
  void note(failure why, const net::stream& whose) noexcept;
  void look_again() noexcept { port_.resume_accepting(); }
  void sweep() noexcept;
  void end_late_ones() noexcept;
  [[nodiscard]] static std::size_t bytes(const sizes& limit) noexcept;

  net::port& port_;
  net::service& host_;
  const identity& shown_;
  sizes limit_;
  telemetry* listener_;
  std::unique_ptr<std::byte[]> memory_;
  block_pool streams_;
  block_pool unsent_;  // what the network did not take yet
  ssl_ctx_st* context_ = nullptr;
  std::shared_ptr<const std::string> authority_;  // for clients of plain HTTP
  std::uint32_t generation_ = 0;
  pool_metrics handshakes_;
  std::uint32_t steps_left_ = 0;
  bool paused_ = false;
  counters counters_;
  intrusive_list<stream> shaking_;  // the one that began first in front
  intrusive_list<stream> open_;
  intrusive_list<stream> lingering_;  // closed by the host; the one that did first in front
  link_queue<stream> ready_;          // to be told in the next turn
  link_queue<stream> gone_;           // to be freed
  member_job<&guard::look_again> look_again_{*this};
  timer room_timer_{look_again_};
  member_job<&guard::end_late_ones> late_{*this};
  timer linger_timer_{late_};
  tls_metrics metrics_;
};

}  // namespace musubi::tls
