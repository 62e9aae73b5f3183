#pragma once
/// lwIP in this process, and a client's end of its connections.

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <cstring>
#include <deque>
#include <functional>
#include <lwip/init.h>
#include <lwip/netif.h>
#include <lwip/pbuf.h>
#include <lwip/priv/tcp_priv.h>
#include <lwip/stats.h>
#include <lwip/tcp.h>
#include <memory>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include <musubi/async/clock.hpp>

namespace musubi::test {

/// The one lwIP of this process, with one interface: what it sends is what it receives. Its time is
/// what a test makes of it, and goes on from one test to the next.
class lwip_stack {
 public:
  using frame = std::vector<std::byte>;

  static lwip_stack& get() {
    static lwip_stack only;
    return only;
  }

  [[nodiscard]] bool waiting() const { return !on_its_way_.empty(); }
  /// Hands one frame to lwIP; false when none is on its way.
  bool deliver() {
    if (!waiting()) return false;
    const frame next = std::move(on_its_way_.front());
    on_its_way_.pop_front();
    const auto bytes = static_cast<u16_t>(next.size());
    pbuf* const received = pbuf_alloc(PBUF_RAW, bytes, PBUF_POOL);
    if (received == nullptr) return true;
    (void)pbuf_take(received, next.data(), bytes);
    if (interface_.input(received, &interface_) != ERR_OK) pbuf_free(received);
    return true;
  }
  void deliver_all() {
    while (deliver()) {
    }
  }
  /// Ends all connections, and forgets what is on its way.
  void reset() {
    for (tcp_pcb** const list : {&tcp_active_pcbs, &tcp_tw_pcbs, &tcp_bound_pcbs}) {
      while (*list != nullptr) tcp_abort(*list);
    }
    while (tcp_listen_pcbs.pcbs != nullptr) (void)tcp_close(tcp_listen_pcbs.pcbs);
    on_its_way_.clear();
    loses = nullptr;
  }

  static std::uint32_t used(memp_t pool) { return lwip_stats.memp[pool]->used; }
  static std::uint32_t heap_used() { return static_cast<std::uint32_t>(lwip_stats.mem.used); }
  [[nodiscard]] const ip_addr_t& address() const { return *netif_ip_addr4(&interface_); }

  time_point now{};
  /// Whether the next frame is lost.
  std::function<bool()> loses;

 private:
  lwip_stack() {
    lwip_init();
    ip4_addr_t own, mask;
    IP4_ADDR(&own, 10, 0, 0, 1);
    IP4_ADDR(&mask, 255, 255, 255, 0);
    netif_add(&interface_, &own, &mask, nullptr, this, &lwip_stack::prepare, &ip_input);
    netif_set_default(&interface_);
    netif_set_up(&interface_);
  }
  static err_t prepare(netif* fresh) noexcept {
    fresh->output = &lwip_stack::send;
    fresh->mtu = 576;
    fresh->flags = NETIF_FLAG_LINK_UP;
    return ERR_OK;
  }
  static err_t send(netif* from, pbuf* packet, const ip4_addr_t*) noexcept {
    auto& here = *static_cast<lwip_stack*>(from->state);
    if (here.loses && here.loses()) return ERR_OK;
    frame copy(packet->tot_len);
    (void)pbuf_copy_partial(packet, copy.data(), packet->tot_len, 0);
    here.on_its_way_.push_back(std::move(copy));
    return ERR_OK;
  }

  netif interface_{};
  std::deque<frame> on_its_way_;
};

/// A client's end, on lwIP's raw API; as `socket_end` is on sockets.
class lwip_end {
 public:
  lwip_end() noexcept = default;
  lwip_end(lwip_end&&) noexcept = default;
  lwip_end& operator=(lwip_end&& other) noexcept {
    close();
    here_ = std::move(other.here_);
    return *this;
  }
  ~lwip_end() { close(); }

  [[nodiscard]] static lwip_end to_port(std::uint16_t port) {
    lwip_end made;
    made.here_ = std::make_unique<state>();
    state& here = *made.here_;
    here.pcb = tcp_new_ip_type(IPADDR_TYPE_V4);
    if (here.pcb == nullptr) return made;
    tcp_arg(here.pcb, &here);
    tcp_recv(here.pcb, &lwip_end::on_received);
    tcp_err(here.pcb, &lwip_end::on_error);
    tcp_nagle_disable(here.pcb);
    (void)tcp_connect(here.pcb, &lwip_stack::get().address(), port,
                      [](void*, tcp_pcb*, err_t) -> err_t { return ERR_OK; });
    lwip_stack::get().deliver_all();
    return made;
  }

  /// Takes a prefix of `bytes`; answers its length.
  std::size_t write(std::string_view bytes) {
    if (!here_ || here_->pcb == nullptr) return 0;
    const std::size_t room = std::min<std::size_t>(bytes.size(), tcp_sndbuf(here_->pcb));
    const auto taken = static_cast<u16_t>(room);
    if (taken == 0 || tcp_write(here_->pcb, bytes.data(), taken, TCP_WRITE_FLAG_COPY) != ERR_OK) {
      return 0;
    }
    (void)tcp_output(here_->pcb);
    lwip_stack::get().deliver_all();
    return taken;
  }
  std::size_t read(std::span<std::byte> into) {
    if (!here_) return 0;
    const std::size_t bytes = std::min(into.size(), here_->received.size());
    std::memcpy(into.data(), here_->received.data(), bytes);
    here_->received.erase(0, bytes);
    if (here_->pcb != nullptr && bytes != 0) tcp_recved(here_->pcb, static_cast<u16_t>(bytes));
    here_->seen_end = here_->finished && here_->received.empty();
    lwip_stack::get().deliver_all();
    return bytes;
  }
  /// True once `read` met the end, or the connection broke.
  [[nodiscard]] bool ended() const { return here_ && here_->seen_end; }
  /// True when it broke.
  [[nodiscard]] bool broken() const { return here_ && here_->pcb == nullptr; }
  void shutdown() {
    if (here_ && here_->pcb != nullptr) (void)tcp_shutdown(here_->pcb, 0, 1);
    lwip_stack::get().deliver_all();
  }
  void reset() {
    if (here_ && here_->pcb != nullptr) tcp_abort(here_->pcb);
    lwip_stack::get().deliver_all();
  }
  void close() {
    if (!here_) return;
    if (here_->pcb != nullptr) {
      tcp_arg(here_->pcb, nullptr);
      tcp_recv(here_->pcb, nullptr);
      tcp_err(here_->pcb, nullptr);
      if (tcp_close(here_->pcb) != ERR_OK) tcp_abort(here_->pcb);
    }
    here_.reset();
    lwip_stack::get().deliver_all();
  }

 private:
  struct state {
    tcp_pcb* pcb = nullptr;
    std::string received;  // and not acknowledged to be read
    bool finished = false;
    bool seen_end = false;
  };
  static err_t on_received(void* self, tcp_pcb*, pbuf* data, err_t) noexcept {
    state& here = *static_cast<state*>(self);
    here.finished = data == nullptr;
    for (const pbuf* each = data; each != nullptr; each = each->next) {
      here.received.append(static_cast<const char*>(each->payload), each->len);
    }
    if (data != nullptr) pbuf_free(data);
    return ERR_OK;
  }
  static void on_error(void* self, err_t) noexcept {
    state& here = *static_cast<state*>(self);
    here.pcb = nullptr;
    here.finished = here.seen_end = true;
  }

  std::unique_ptr<state> here_;
};

}  // namespace musubi::test
