#include <algorithm>
#include <cstdint>
#include <cstring>
#include <utility>

#include <musubi/json/internal/output.hpp>
#include <musubi/json/internal/writer.hpp>
#include <musubi/lwip/internal/stream.hpp>
#include <musubi/lwip/internal/usage.hpp>
#include <musubi/lwip/loop.hpp>

namespace musubi::lwip {

namespace {

/// Half seconds that a closed connection has to deliver its data before it is reset, so that a peer
/// that has vanished does not occupy lwIP's memory.
constexpr std::uintptr_t linger_half_seconds = 20;

err_t on_linger(void* waited, tcp_pcb* pcb) noexcept {
  const auto half_seconds = reinterpret_cast<std::uintptr_t>(waited) + 1;
  if (half_seconds < linger_half_seconds) {
    // NOLINTNEXTLINE(performance-no-int-to-ptr): lwIP stores the counter as the callback's argument
    tcp_arg(pcb, reinterpret_cast<void*>(half_seconds));
    return ERR_OK;
  }
  tcp_abort(pcb);
  return ERR_ABRT;
}

/// Half seconds of being connected and saying nothing; see `loop::keep_connection_free`.
constexpr u8_t very_long = 128;
/// Bytes of lwIP's heap reserved for acknowledgements and other packets without data.
constexpr std::size_t heap_reserve = 256;
/// Bytes of heap that a segment takes besides its data: buffer and heap headers, TCP, IP, Ethernet.
constexpr std::size_t segment_overhead = 96;
/// The room that writers wait for: a usual patch fits, and segments are not tiny.
constexpr std::size_t least_room = std::min<std::size_t>(TCP_MSS, TCP_SND_BUF / 2);
static_assert(!heap_is_known || heap_reserve + segment_overhead + least_room <= MEM_SIZE,
              "musubi: lwIP's heap has no room for a segment: raise MEM_SIZE");

}  // namespace

stream::stream(loop& owner, tcp_pcb& accepted) noexcept : loop_(owner), pcb_(&accepted) {
  pcb_->bytes_acked = 0;  // `loop::note_handshakes` has noted a time there
  tcp_arg(pcb_, this);
  tcp_recv(pcb_, &stream::on_received);
  tcp_err(pcb_, &stream::on_error);
  tcp_poll(pcb_, nullptr, 2 * very_long - 1);  // for its counter of half seconds
  tcp_nagle_disable(pcb_);
}

stream::~stream() {
  drop_held();
}

err_t stream::take_back(tcp_pcb& pcb, pbuf& data) noexcept {
  // not acknowledged yet: its sender takes it for lost
  const u16_t bytes = data.tot_len;
  pcb.rcv_nxt -= bytes;
  pcb.rcv_wnd = static_cast<tcpwnd_size_t>(pcb.rcv_wnd + bytes);
  pcb.rcv_ann_wnd = static_cast<tcpwnd_size_t>(pcb.rcv_ann_wnd + bytes);
  pbuf_free(&data);
  pcb.polltmr = very_long;  // the first to give way
  return ERR_OK;
}

bool stream::is_silent(const tcp_pcb& pcb) noexcept {
  if (pcb.recv != &stream::on_received) return false;
  const stream& here = *static_cast<const stream*>(pcb.callback_arg);
  return !here.taken_ && here.held_ == nullptr;
}

void stream::detach() noexcept {
  tcp_arg(pcb_, nullptr);
  tcp_recv(pcb_, nullptr);
  tcp_err(pcb_, nullptr);
}

void stream::on_error(void* self, err_t) noexcept {
  static_cast<stream*>(self)->pcb_ = nullptr;  // lwIP has freed it
}

err_t stream::on_received(void* self, tcp_pcb* pcb, pbuf* data, err_t) noexcept {
  stream& here = *static_cast<stream*>(self);
  if (data != nullptr) {
    if (here.taken_ || here.loop_.may_wait(here, *data)) {
      const bool unread = here.held_ != nullptr;
      here.keep(*data);
      if (!unread || here.loop_.may_hold(here)) return ERR_OK;
    } else {
      if (pcb->state == ESTABLISHED) return take_back(*pcb, *data);
      pbuf_free(data);  // its end came with it
      ++here.loop_.gave_way_;
    }
    // the host does not read this data, and other streams need the buffers
    here.detach();
    here.pcb_ = nullptr;
    here.drop_held();
    tcp_abort(pcb);
    return ERR_ABRT;
  }
  here.ended_ = true;
  if (here.shut_) {  // both directions have ended: lwIP may free it at any time
    here.detach();
    here.pcb_ = nullptr;
    (void)tcp_close(pcb);
  }
  return ERR_OK;
}

void stream::keep(pbuf& data) noexcept {
  if (held_ == nullptr) {
    held_ = &data;
    return;
  }
  // Each small segment would occupy a full-size buffer, so data that fits is appended to the last.
  pbuf* last = held_;
  while (last->next != nullptr) last = last->next;
  const auto* const payload = static_cast<const std::byte*>(last->payload);
  const auto* const end = reinterpret_cast<const std::byte*>(last) +
                          LWIP_MEM_ALIGN_SIZE(sizeof(pbuf)) + PBUF_POOL_BUFSIZE;
  const bool pooled = pbuf_match_allocsrc(last, PBUF_TYPE_ALLOC_SRC_MASK_STD_MEMP_PBUF_POOL);
  const auto used = static_cast<std::ptrdiff_t>(last->len) + data.tot_len;
  if (!pooled || end - payload < used) {
    pbuf_cat(held_, &data);
    return;
  }
  (void)pbuf_copy_partial(&data, static_cast<std::byte*>(last->payload) + last->len, data.tot_len,
                          0);
  last->len = static_cast<u16_t>(last->len + data.tot_len);
  for (pbuf* each = held_; each != nullptr; each = each->next) {
    each->tot_len = static_cast<u16_t>(each->tot_len + data.tot_len);
  }
  pbuf_free(&data);
}

void stream::drop_held() noexcept {
  if (held_ != nullptr) pbuf_free(held_);
  held_ = nullptr;
}

net::io_result stream::try_read(std::span<std::byte> into) noexcept {
  if (held_ == nullptr) {
    return {ended_ || pcb_ == nullptr ? net::io::closed : net::io::would_block, 0};
  }
  const auto most = static_cast<u16_t>(std::min<std::size_t>(into.size(), held_->tot_len));
  const u16_t bytes = pbuf_copy_partial(held_, into.data(), most, 0);
  held_ = pbuf_free_header(held_, bytes);
  if (pcb_ != nullptr) tcp_recved(pcb_, bytes);
  return {net::io::done, bytes};
}

std::size_t stream::room() const noexcept {
  const std::size_t window = tcp_sndbuf(pcb_);
  if (starved_ || window == 0 || tcp_sndqueuelen(pcb_) + 2 > TCP_SND_QUEUELEN) return 0;
  const usage queued = segments();
  const std::size_t free = free_heap();
  // The last half of the memory is reserved for streams without unacknowledged data, so that a peer
  // that does not acknowledge cannot block the others.
  const bool scarce = free < MEM_SIZE / 2 || queued.used + 2 > queued.all / 2;
  if (scarce && window != TCP_SND_BUF) return 0;
  if (free < heap_reserve + 2 * segment_overhead || queued.used + 2 > queued.all) return 0;
  return std::min(window, free - heap_reserve - segment_overhead);
}

bool stream::has_room() const noexcept {
  if (pcb_ == nullptr) return true;
  const std::size_t bytes = room();
  // a client that has acknowledged everything goes on with less: those that vanish may hold the
  // rest
  return bytes >= least_room || (bytes >= least_room / 2 && tcp_sndbuf(pcb_) == TCP_SND_BUF);
}

net::io_result stream::try_write(std::span<const std::byte> from) noexcept {
  if (pcb_ == nullptr || shut_) return {net::io::closed, 0};
  std::size_t bytes = std::min(from.size(), room());
  while (bytes != 0) {
    const err_t error =
        tcp_write(pcb_, from.data(), static_cast<u16_t>(bytes), TCP_WRITE_FLAG_COPY);
    if (error == ERR_OK) {
      written_ = true;
      unlink();  // those that wait for memory get it in turn
      loop_.open_.push_back(*this);
      return {net::io::done, bytes};
    }
    if (error != ERR_MEM) return {net::io::closed, 0};
    bytes = bytes < 64 ? 0 : bytes / 2;  // the heap may be fragmented
  }
  if (from.empty()) return {net::io::done, 0};
  starved_ = true;  // room() was too optimistic; retried in the next turn
  return {net::io::would_block, 0};
}

void stream::tell() noexcept {
  // one call at a time, because it may close the stream
  if (reading_ && readable()) {
    reading_ = false;
    if (writing_ && has_room()) loop_.tell_soon(*this);
    return user_->on_readable();
  }
  if (writing_ && has_room()) {
    writing_ = false;
    user_->on_writable();
  }
}

void stream::shutdown_write() noexcept {
  if (std::exchange(shut_, true) || pcb_ == nullptr) return;
  if (ended_) return close_gently();  // both directions have ended: lwIP frees it when it is done
  (void)tcp_shutdown(pcb_, 0, 1);
}

void stream::close_gently() noexcept {
  tcp_pcb* const pcb = pcb_;
  detach();
  pcb_ = nullptr;
  // with unread data, lwIP would reset the connection and lose the data being sent
  if (held_ != nullptr) tcp_recved(pcb, held_->tot_len);
  tcp_setprio(pcb, TCP_PRIO_MIN);  // a new connection may take its place
  tcp_poll(pcb, &on_linger, 1);
  if (tcp_close(pcb) != ERR_OK) tcp_abort(pcb);
}

void stream::close() noexcept {
  ready_.unlink();
  reading_ = false;
  writing_ = false;
  closed_ = true;
}

void stream::end_turn() noexcept {
  if (written_ && !closed_ && pcb_ != nullptr) (void)tcp_output(pcb_);
  written_ = false;
  if (!closed_) return;
  if (pcb_ != nullptr) close_gently();
  loop_.release(*this);
}

std::size_t stream::peer(std::span<char> into) const noexcept {
  json::buffer_output buffer(into.data(), into.size());
  json::writer out(buffer);
  if (pcb_ == nullptr) {
    out.raw(std::string_view("unknown"));
    return buffer.view().size();
  }
#if LWIP_IPV6
  char text[IPADDR_STRLEN_MAX];
  (void)ipaddr_ntoa_r(&pcb_->remote_ip, text, sizeof text);
  out.raw(std::string_view(text));
  out.raw(':');
#else
  const u32_t address = lwip_ntohl(ip4_addr_get_u32(ip_2_ip4(&pcb_->remote_ip)));
  for (unsigned shift = 32; shift != 0;) {
    shift -= 8;
    out.number(static_cast<unsigned>(address >> shift & 0xFFU));
    out.raw(shift != 0 ? '.' : ':');
  }
#endif
  out.number(static_cast<unsigned>(pcb_->remote_port));
  return buffer.view().size();
}

}  // namespace musubi::lwip
