#pragma once
/// Slows down guessing of tokens.
///
///     constinit musubi::attempt_limiter<64> attempts;
///     musubi::asio::host<home_socket> host{{.serve = {.attempts = &attempts}}};
///
/// The host does the rest: an upgrade that carries a token (`connect_info::auth_token`) and is
/// refused by `handle_connect` counts as a wrong attempt of its peer. After a few of them the peer
/// has to wait, longer each time, and gets 429 with Retry-After until then. A program that accepts
/// secrets in another way calls `wait`, `failed` and `succeeded` itself.

#include <atomic>
#include <cstddef>
#include <cstdint>
#include <span>
#include <string_view>

#include <musubi/async/clock.hpp>
#include <musubi/net/internal/peer_key.hpp>

namespace musubi {

/// How long a guessing peer has to wait.
struct attempt_policy {
  /// Wrong attempts without a wait, for typing errors.
  std::uint16_t free = 4;
  /// The wait after the next wrong attempt; doubles with each further one.
  duration first_wait = std::chrono::seconds(1);
  /// The longest wait.
  duration longest_wait = std::chrono::minutes(5);
  /// After so long without a wrong attempt, a peer's count is reset.
  duration forgiven_after = std::chrono::hours(1);
};

/// Counts wrong attempts by peer; `attempt_limiter` provides the memory. Thread-safe, so hosts of
/// several cores may share it: it holds a lock while it scans the table.
class attempt_table {
 public:
  attempt_table(const attempt_table&) = delete;
  attempt_table& operator=(const attempt_table&) = delete;

  /// How long `peer` has to wait before it may try again; zero if it need not wait.
  [[nodiscard]] duration wait(const net::peer_key& peer, time_point now) noexcept;
  /// Reports that `peer` tried `secret`, which was wrong. Repeating the previous secret does not
  /// count: it tells a guesser nothing, and a page with an old token does it on each reconnect.
  void failed(const net::peer_key& peer, std::string_view secret, time_point now) noexcept;
  /// Reports that `peer` tried the right secret: resets its count.
  void succeeded(const net::peer_key& peer) noexcept;
  /// `wait` in seconds, rounded up, for the host. `net::key_of_peer` must be able to read
  /// `address`.
  [[nodiscard]] std::uint32_t seconds_to_wait(std::string_view address, time_point now) noexcept {
    return code_->wait(*this, address, now);
  }
  /// Calls `succeeded` if the secret was `right`, otherwise `failed`. For the host.
  void tried(std::string_view address, std::string_view secret, bool right,
             time_point now) noexcept {
    code_->tried(*this, address, secret, right, now);
  }
  /// Number of peers evicted because the table was full. The one quiet for longest is evicted
  /// first.
  [[nodiscard]] std::uint32_t evicted() noexcept;

 protected:
  struct entry {
    net::peer_key peer;
    time_point latest{};       // time of its last wrong attempt
    time_point until{};        // when it may try again
    std::uint64_t secret = 0;  // hash of the secret it tried last
    std::uint16_t count = 0;   // wrong attempts; 0: the entry is free
  };
  constexpr attempt_table(std::span<entry> entries, const attempt_policy& policy) noexcept
      : entries_(entries), policy_(policy) {}
  ~attempt_table() = default;

 private:
  class guard;
  /// Behind a pointer, so that only a program with such a table links it.
  struct code {
    std::uint32_t (*wait)(attempt_table& self, std::string_view address, time_point now) noexcept;
    void (*tried)(attempt_table& self, std::string_view address, std::string_view secret,
                  bool right, time_point now) noexcept;
  };
  static const code all_code;

  [[nodiscard]] entry* find(const net::peer_key& peer, time_point now) noexcept;
  [[nodiscard]] entry& make(const net::peer_key& peer) noexcept;

  const code* code_ = &all_code;
  std::span<entry> entries_;
  attempt_policy policy_;
  std::uint32_t evicted_ = 0;
  std::atomic_flag busy_;
};

/// An `attempt_table` with memory for `Peers` peers.
template <std::size_t Peers>
class attempt_limiter final : public attempt_table {
  static_assert(Peers != 0, "musubi: an attempt_limiter needs room for at least one peer");

 public:
  constexpr explicit attempt_limiter(const attempt_policy& policy = {}) noexcept
      : attempt_table(memory_, policy) {}

 private:
  entry memory_[Peers]{};
};

}  // namespace musubi
