#pragma once
/// An IP network between lwIP and any number of TCP peers, in virtual time: it has a round-trip
/// time, jitter and a bandwidth. It keeps the order of packets and loses none unless a test says
/// so.

#include <algorithm>
#include <chrono>
#include <cstddef>
#include <cstdint>
#include <deque>
#include <functional>
#include <lwip/init.h>
#include <lwip/netif.h>
#include <lwip/pbuf.h>
#include <lwip/priv/tcp_priv.h>
#include <optional>
#include <random>
#include <span>
#include <utility>
#include <vector>

#include <musubi/async/clock.hpp>

namespace musubi::test {

using packet = std::vector<std::byte>;

/// A node of the network besides the board.
class network_node {
 public:
  virtual void receive(std::span<const std::byte> from_board) = 0;
  /// When `act` is to be called; `time_point::max()`: never.
  [[nodiscard]] virtual time_point due() const = 0;
  virtual void act() = 0;

 protected:
  ~network_node() = default;
};

/// There is one, as there is one lwIP. Its time goes on from one test to the next.
class network {
 public:
  /// The line between the board and everybody else.
  struct quality {
    duration one_way{};
    duration jitter{};                   ///< added to `one_way`: up to this, at random
    std::uint32_t bytes_per_second = 0;  ///< in each direction; 0: no limit
  };

  static network& get() {
    static network only;
    return only;
  }

  time_point now{};
  quality line;
  /// Whether a packet is lost: a test's choice.
  std::function<bool(bool to_board)> loses;

  void add(network_node& node) { nodes_.push_back(&node); }
  void remove(network_node& node) { std::erase(nodes_, &node); }
  void to_board(packet sent) { enter(to_board_, std::move(sent), true); }

  /// Hands one packet to lwIP; false when none has arrived.
  bool deliver_to_board() {
    if (to_board_.next() > now) return false;
    const packet arrived = to_board_.take();
    const auto bytes = static_cast<u16_t>(arrived.size());
    pbuf* const received = pbuf_alloc(PBUF_RAW, bytes, PBUF_POOL);
    if (received == nullptr) return true;
    (void)pbuf_take(received, arrived.data(), bytes);
    if (interface_.input(received, &interface_) != ERR_OK) pbuf_free(received);
    return true;
  }
  /// Lets all others do what they have to do by now.
  void run_nodes() {
    while (from_board_.next() <= now) {
      const packet arrived = from_board_.take();
      for (network_node* const each : std::vector(nodes_)) each->receive(arrived);
    }
    for (network_node* const each : std::vector(nodes_)) {
      if (each->due() <= now) each->act();
    }
  }
  /// When something happens next.
  [[nodiscard]] time_point next() const {
    time_point first = std::min(to_board_.next(), from_board_.next());
    for (const network_node* const each : nodes_) first = std::min(first, each->due());
    return first;
  }
  /// Ends all connections, forgets what is on its way, and lets lwIP's clock tick and the dice be
  /// as at the start: no test depends on those before it.
  void reset() {
    for (tcp_pcb** const list : {&tcp_active_pcbs, &tcp_tw_pcbs, &tcp_bound_pcbs}) {
      while (*list != nullptr) tcp_abort(*list);
    }
    while (tcp_listen_pcbs.pcbs != nullptr) (void)tcp_close(tcp_listen_pcbs.pcbs);
    to_board_ = from_board_ = {};
    line = {};
    loses = nullptr;
    random_.seed(seed);
    for (const u32_t before = tcp_ticks; tcp_ticks == before;) tcp_tmr();
  }

 private:
  class direction {
   public:
    void enter(packet sent, time_point at, const quality& over, duration jitter) {
      free_at_ = std::max(free_at_, at);
      if (over.bytes_per_second != 0) {
        free_at_ += duration(std::chrono::seconds(1)) * sent.size() / over.bytes_per_second;
      }
      last_ = std::max(last_, free_at_ + over.one_way + jitter);
      on_its_way_.emplace_back(last_, std::move(sent));
    }
    [[nodiscard]] time_point next() const {
      return on_its_way_.empty() ? time_point::max() : on_its_way_.front().first;
    }
    packet take() {
      packet first = std::move(on_its_way_.front().second);
      on_its_way_.pop_front();
      return first;
    }

   private:
    std::deque<std::pair<time_point, packet>> on_its_way_;
    time_point free_at_{};  // when the line has taken what was sent before
    time_point last_{};
  };

  network() {
    lwip_init();
    ip4_addr_t own, mask;
    IP4_ADDR(&own, 10, 0, 0, 1);
    IP4_ADDR(&mask, 255, 255, 255, 0);
    netif_add(&interface_, &own, &mask, nullptr, this, &network::prepare, &ip_input);
    netif_set_default(&interface_);
    netif_set_up(&interface_);
  }
  static err_t prepare(netif* fresh) noexcept {
    fresh->output = &network::send;
    fresh->mtu = 1500;
    fresh->flags = NETIF_FLAG_LINK_UP;
    return ERR_OK;
  }
  static err_t send(netif* from, pbuf* sent, const ip4_addr_t*) noexcept {
    auto& here = *static_cast<network*>(from->state);
    packet copy(sent->tot_len);
    (void)pbuf_copy_partial(sent, copy.data(), sent->tot_len, 0);
    here.enter(here.from_board_, std::move(copy), false);
    return ERR_OK;
  }
  void enter(direction& way, packet sent, bool to_board) {
    if (loses && loses(to_board)) return;
    const auto most = static_cast<std::uint64_t>(line.jitter.count());
    const duration jitter(most == 0 ? 0 : static_cast<std::int64_t>(random_() % most));
    way.enter(std::move(sent), now, line, jitter);
  }

  netif interface_{};
  direction to_board_;
  direction from_board_;
  std::vector<network_node*> nodes_;
  static constexpr int seed = 11;
  std::mt19937_64 random_{seed};
};

}  // namespace musubi::test
