#pragma once
/// Slows down who guesses at a token.
///
///     constinit musubi::attempt_limiter<64> attempts;
///     musubi::asio::host<home_socket> host{{.serve = {.attempts = &attempts}}};
///
/// Then the host does the rest: an upgrade that brings a token (`connect_info::auth_token`) and is
/// refused by `handle_connect` is a wrong attempt of its peer; after a few of them the peer has to
/// wait, longer each time, and is answered 429 with Retry-After meanwhile. A program that takes
/// secrets in another way calls `wait`, `failed` and `succeeded` itself.

#include <atomic>
#include <cstddef>
#include <cstdint>
#include <span>
#include <string_view>

#include <musubi/async/clock.hpp>
#include <musubi/net/peer_key.hpp>

namespace musubi {

/// How a peer that guesses is slowed down.
struct attempt_policy {
  /// Wrong attempts that cost nothing: people mistype.
  std::uint16_t free = 4;
  /// The wait after the next one; it doubles with each further one.
  duration first_wait = std::chrono::seconds(1);
  /// The longest wait.
  duration longest_wait = std::chrono::minutes(5);
  /// A peer that has been quiet for so long starts anew.
  duration forgiven_after = std::chrono::hours(1);
};

/// Counts wrong attempts by peer; see `attempt_limiter` for the memory. May be called from any
/// thread, and shared by the hosts of several cores: it holds a lock for a walk along the table.
class attempt_table {
 public:
  attempt_table(const attempt_table&) = delete;
  attempt_table& operator=(const attempt_table&) = delete;

  /// How long `peer` has to wait until it may try again; zero: not at all.
  [[nodiscard]] duration wait(const net::peer_key& peer, time_point now) noexcept;
  /// `peer` has tried `secret`, which was wrong. Trying the one before again tells a guesser
  /// nothing, and is what a page with an old token does each time it reconnects: it does not count.
  void failed(const net::peer_key& peer, std::string_view secret, time_point now) noexcept;
  /// `peer` has tried the right one: it starts anew.
  void succeeded(const net::peer_key& peer) noexcept;
  /// What a host asks: `wait`, rounded up. `address` is one that `net::key_of_peer` reads.
  [[nodiscard]] std::uint32_t seconds_to_wait(std::string_view address, time_point now) noexcept {
    return code_->wait(*this, address, now);
  }
  /// What a host tells: `failed`, or `succeeded` if it was `right`.
  void tried(std::string_view address, std::string_view secret, bool right,
             time_point now) noexcept {
    code_->tried(*this, address, secret, right, now);
  }
  /// Peers that were forgotten early, because the table was full: the one quiet for longest goes.
  [[nodiscard]] std::uint32_t evicted() noexcept;

 protected:
  struct entry {
    net::peer_key peer;
    time_point latest{};       // when it failed last
    time_point until{};        // when it may try again
    std::uint64_t secret = 0;  // a hash of what it tried last
    std::uint16_t count = 0;   // wrong attempts; 0: this entry is free
  };
  constexpr attempt_table(std::span<entry> entries, const attempt_policy& policy) noexcept
      : entries_(entries), policy_(policy) {}
  ~attempt_table() = default;

 private:
  class guard;
  /// Behind a pointer, so that only a program that has such a table links it.
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

/// The same with room for `Peers` of them.
template <std::size_t Peers>
class attempt_limiter final : public attempt_table {
  static_assert(Peers != 0, "musubi: an attempt_limiter has room for at least one peer");

 public:
  constexpr explicit attempt_limiter(const attempt_policy& policy = {}) noexcept
      : attempt_table(memory_, policy) {}

 private:
  entry memory_[Peers]{};
};

}  // namespace musubi
