#include <algorithm>
#include <cstring>
#include <utility>

#include <musubi/host/host_core.hpp>
#include <musubi/host/websocket.hpp>
#include <musubi/memory/internal/left_out.hpp>
#include <musubi/memory/internal/short_ways.hpp>
#include <musubi/net/internal/peer_text.hpp>

namespace musubi {

using ws_event = net::websocket::event;

void websocket::give_back() noexcept {
  release_read_buffer();
  release_backlog();
  if (peer* const left = from()) {
    --left->connections;
    host_.peers()->settle(*left);
  }
}

void websocket::comes_from(peer& one) noexcept {
  ++one.connections;
  peer_ = host_.peers()->number_of(one) & peer_book::most_number;
}

peer* websocket::from() const noexcept {
  return !tracks_peers || peer_ == 0 ? nullptr : &host_.peers()->numbered(peer_);
}

websocket::draining::draining(websocket& owner, backlog_pool& pool) noexcept
    : job(&draining::stalled), owner_(&owner), queue(pool, *this) {}

void websocket::draining::stalled(job& self) noexcept {
  auto& late = static_cast<draining&>(self);
  host_core& host = late.owner_->host_;
  const duration patience = host.configured().write_timeout;
  const bool stalled = late.taking.moved_at + patience <= host.loop().now();
  host.note(&counters::closed_stalled, stalled ? "write_timeout" : "least_rate",
            late.owner_->stream_);
  late.owner_->end();
}

void websocket::start(net::stream& stream, std::byte* buffer,
                      std::span<const std::byte> received) noexcept {
  stream_ = &stream;
  stream.attach(*this);
  host_.heard_of(*this);
  last_heard_ = coarse_time(host_.loop().now());
  if (received.empty()) {
    host_.buffers().give(buffer);
    return stream.want_read();
  }
  std::memmove(buffer, received.data(), received.size());
  in_ = &receive_buffers::hand_over(buffer, *this);
  in_->filled = received.size();
  process();
}

outbox& websocket::selected_outbox() noexcept {
  outbox& box = host_.box();
  box.select(*this);
  return box;
}

void websocket::written() noexcept {
  if (!processing_ && !ended()) host_.turns().push(*this);
}

void websocket::service_wanted() noexcept {
  service_wanted_ = true;
  if (!processing_ && !ended()) host_.turns().push(*this);
}

void websocket::take_turn() noexcept {
  if (ended()) return host_.release(*this);
  if (unprocessed_) return process();
  serve();
  if (ended()) return host_.release(*this);
  host_.box().finish(*this);
}

void websocket::serve() noexcept {
  if (!service_wanted_ || !writable()) return;
  service_wanted_ = false;
  processing_ = true;
  on_service();
  processing_ = false;
  // what had no room is made when there is some
  if (service_wanted_ && writable()) stream_->want_write();
}

std::size_t websocket::room() const noexcept {
  return in_->large ? host_.large_bytes() : host_.read_bytes();
}

bool websocket::make_read_room(std::size_t need) noexcept {
  if (in_ != nullptr && need <= room()) return true;
  incoming* const fresh = host_.buffers().take(*this, need > host_.read_bytes());
  if (fresh == nullptr) return false;
  use_buffer(*fresh);
  return true;
}

void websocket::use_buffer(incoming& fresh) noexcept {
  if (in_ != nullptr) {
    std::memcpy(fresh.bytes(), in_->bytes(), in_->filled);
    fresh.filled = in_->filled;
    fresh.assembler = in_->assembler;
    if (in_->partial) {
      host_.buffers().keep(fresh, host_.loop().now());
      fresh.arriving = in_->arriving;
    }
    release_read_buffer();
  }
  if (deaf_) fresh.assembler.end();
  in_ = &fresh;
}

void websocket::release_read_buffer() noexcept {
  if (in_ == nullptr) return;
  wants_large_ = false;
  if (in_->assembler.ended()) deaf_ = true;
  host_.buffers().give(*std::exchange(in_, nullptr));
}

void websocket::keep_part(bool fresh) noexcept {
  const time_point now = host_.loop().now();
  host_.buffers().keep(*in_, now);
  pace& arriving = in_->arriving;
  if (fresh) arriving.begin(now);
  // what is skipped is not kept, and was counted when it came
  if (!in_->assembler.skipping()) arriving.bytes = static_cast<std::uint32_t>(in_->filled);
  arriving.moved_at = now;
}

void websocket::move_to(incoming& large) noexcept {
  use_buffer(large);
  keep_part(true);  // its time was not running while it waited
  stream_->want_read();
}

void websocket::too_slow() noexcept {
  if (backlog_ != nullptr || unprocessed_)
    return keep_part(true);  // nobody reads it, which is ours
  host_.note(&counters::message_timeouts, "message_timeout", stream_);
  give_up_message(net::websocket::close_code::policy, "message too slow");
}

void websocket::make_room(std::string_view limit) noexcept {
  host_.note(&counters::closed_for_room, limit, stream_);
  give_up_message(net::websocket::close_code::try_again_later, "others wait for a slow message");
}

void websocket::no_room_for_message() noexcept {
  host_.note(&counters::closed_overload, "large_messages", stream_);
  give_up_message(net::websocket::close_code::try_again_later, "too many large messages at once");
}

void websocket::give_up_message(std::uint16_t code, std::string_view reason) noexcept {
  close(code, reason);
  deaf_ = true;
  unprocessed_ = false;
  release_read_buffer();
}

void websocket::heard() noexcept {
  const coarse_time now(host_.loop().now());
  // once a second: its neighbours in the list are in memory that is otherwise not needed now
  if (!now.same_second(last_heard_)) host_.heard_of(*this);
  last_heard_ = now;
}

void websocket::on_readable() noexcept {
  if (ended()) return;
  // behind since it asked; asks again when the client has caught up
  if (short_ways && backlog_ != nullptr && !closing_) return;
  if (!make_read_room(1)) {
    if (!wants_buffer_) host_.buffers().wait();
    wants_buffer_ = true;
    return;  // read_again() comes back
  }
  const std::size_t most =
      std::min<std::size_t>(room() - in_->filled, host_.configured().turn_bytes);
  const net::io_result result = stream_->try_read(std::span(in_->bytes() + in_->filled, most));
  if (result.outcome == net::io::closed) {
    ++host_.counted().closed_by_peer;
    return end();
  }
  if (result.bytes != 0) {
    host_.counted().bytes_in += result.bytes;
    if (!closing_) heard();
    in_->filled += result.bytes;
    in_->arriving.bytes += static_cast<std::uint32_t>(result.bytes);
  }
  process();
}

void websocket::read_again() noexcept {
  wants_buffer_ = false;
  stream_->want_read();
}

void websocket::process() noexcept {
  processing_ = true;
  unprocessed_ = false;
  bool whole = false;
  bool fresh = false;  // what is left in the buffer is of another message than before
  std::uint32_t frames = host_.configured().turn_frames;
  while (!ended() && (backlog_ == nullptr || closing_)) {
    const std::span buffer(in_->bytes(), room());
    const ws_event next =
        in_->assembler.next(host_.frames(), buffer, in_->filled, host_.message_bytes(), frames);
    if (next.what == ws_event::kind::paused) {
      unprocessed_ = true;
      host_.turns().defer(*this);
      break;
    }
    if (next.what == ws_event::kind::need_more) {
      whole = true;
      if (in_->filled == 0 && in_->assembler.at_rest()) {
        release_read_buffer();
        break;
      }
      keep_part(fresh);
      if (!wants_large_ && !make_read_room(next.need)) {
        wants_large_ = true;
        host_.buffers().wait_for_large(*in_);
      }
      break;
    }
    dispatch(next);
    fresh = fresh || !in_->assembler.inside_message();
  }
  processing_ = false;
  serve();
  if (!ended()) host_.box().finish(*this);
  // a client that is behind is read again when it has caught up
  if (ended() || unprocessed_ || wants_large_) return;
  if (whole && (backlog_ == nullptr || closing_)) return stream_->want_read();
  if (!whole && in_ != nullptr) keep_part(fresh);
}

void websocket::dispatch(const ws_event& next) noexcept {
  switch (next.what) {
    case ws_event::kind::text:
      ++host_.counted().messages_in;
      if (!closing_) on_text(next.writable_text());
      return;
    case ws_event::kind::binary:
      ++host_.counted().messages_in;
      if (!closing_) on_binary(next.payload);
      return;
    case ws_event::kind::oversized_text:
    case ws_event::kind::oversized_binary:
      if constexpr (!skips_oversized) return;
      ++host_.counted().messages_in;
      if (!closing_) {
        on_oversized(next.payload, next.what == ws_event::kind::oversized_binary);
      }
      return;
    case ws_event::kind::ping:
      if (!closing_) selected_outbox().message(net::websocket::opcode::pong, next.payload);
      return;
    case ws_event::kind::close:
      if (!closing_) {
        close(next.code, {});
      }
      if (!ended() && backlog_ == nullptr) {
        host_.box().flush();
        ++host_.counted().closed_by_peer;
        end();
      }
      return;
    case ws_event::kind::violation:
      host_.note(&counters::closed_violation, next.reason, stream_);
      return close(next.code, next.reason);
    case ws_event::kind::pong:
    case ws_event::kind::need_more:
    case ws_event::kind::paused:
      return;
  }
}

void websocket::on_oversized(std::span<std::byte>, bool) noexcept {
  if constexpr (!skips_oversized) return;
  host_.note(&counters::closed_violation, "message_bytes", stream_);
  close(net::websocket::close_code::too_big, "message too big");
}

bool websocket::send(std::span<const std::byte> bytes) noexcept {
  if (ended()) return false;
  if (backlog_ == nullptr) {
    const net::io_result result = stream_->try_write(bytes);
    if (result.outcome == net::io::closed) return closed_by_peer();
    host_.counted().bytes_out += result.bytes;
    if (result.bytes == bytes.size()) return true;
    bytes = bytes.subspan(result.bytes);
  }
  return send_later(bytes);
}

// What follows is in several functions, none inlined, so that as little as possible is on the stack
// while this or another stream is closed.
[[gnu::noinline]] bool websocket::send_later(std::span<const std::byte> bytes) noexcept {
  const char* const missing = keep_for_later(bytes);
  return missing == nullptr || too_far_behind(missing);
}

[[gnu::noinline]] bool websocket::begin_backlog() noexcept {
  void* memory = host_.drains().allocate();
  if (memory == nullptr) return false;
  backlog_ = new (memory) draining(*this, host_.backlogs());
  backlog_->taking.begin(host_.loop().now());
  host_.loop().arm_after(backlog_->queue.stall_timer(), host_.configured().write_timeout);
  stream_->want_write();
  return true;
}

[[gnu::noinline]] const char* websocket::keep_for_later(std::span<const std::byte> bytes) noexcept {
  if (backlog_ == nullptr && !begin_backlog()) return "drains";
  while (!backlog_->queue.append(bytes)) {
    const bool within = backlog_->queue.within_limit(bytes.size());
    if (within && host_.make_backlog_room(*this)) continue;
    return within ? "backlog_blocks" : "backlog_bytes";
  }
  return nullptr;
}

[[gnu::noinline]] bool websocket::closed_by_peer() noexcept {
  ++host_.counted().closed_by_peer;
  end();
  return false;
}

time_point websocket::yields_backlog_at() const noexcept {
  if (backlog_ == nullptr || !backlog_->queue.shares()) return time_point::max();
  return backlog_->taking.yields_at(std::chrono::seconds(1), host_.configured().brisk_rate());
}

[[gnu::noinline]] bool websocket::too_far_behind(std::string_view limit) noexcept {
  // half a message is out: nothing more can be said on this WebSocket
  host_.note(&counters::closed_behind, limit, stream_);
  end();
  return false;
}

void websocket::on_writable() noexcept {
  if (ended()) return;
  if (backlog_ == nullptr) {
    if (service_wanted_) host_.turns().push(*this);
    return;
  }
  std::size_t written = 0;
  const net::io outcome = backlog_->queue.drain(*stream_, written);
  host_.counted().bytes_out += written;
  if (outcome == net::io::closed) {
    ++host_.counted().closed_by_peer;
    return end();
  }
  if (written != 0 && !closing_) {
    // a client that is behind is not read, so its silence does not count
    heard();
  }
  if (outcome == net::io::would_block) {
    if (written != 0) {
      const limits& limit = host_.configured();
      const time_point now = host_.loop().now();
      backlog_->taking.moved(written, now);
      host_.loop().arm(backlog_->queue.stall_timer(),
                       std::min(now + limit.write_timeout,
                                backlog_->taking.due(limit.write_timeout, limit.least_rate)));
    }
    return stream_->want_write();
  }
  release_backlog();
  if (closing_) return stream_->shutdown_write();
  service_wanted_ = true;
  if (in_ != nullptr && in_->filled != 0) return process();
  stream_->want_read();
  host_.turns().push(*this);
}

void websocket::release_backlog() noexcept {
  if (backlog_ == nullptr) return;
  backlog_->~draining();
  host_.drains().deallocate(backlog_);
  backlog_ = nullptr;
}

void websocket::close(std::uint16_t code, std::string_view reason) noexcept {
  if (ended() || closing_) return;
  if (telemetry* to = host_.listener()) {
    to->on_connection_closing({net::peer_text(stream_), code, reason});
  }
  if constexpr (!writes_reasons) reason = {};
  std::byte frame[net::websocket::max_close_frame];
  const std::size_t size = net::websocket::write_close(frame, code, reason);
  outbox& box = selected_outbox();
  box.raw(std::span(frame).first(size));
  box.flush();
  if (ended()) return;
  closing_ = true;
  last_heard_ = coarse_time(host_.loop().now());
  host_.closing(*this);
  if (backlog_ == nullptr) stream_->shutdown_write();
  if (!processing_) stream_->want_read();
}

void websocket::end() noexcept {
  if (ended()) return;
  host_.box().forget(*this);
  if (in_ != nullptr) in_->unlink();
  if (telemetry* to = host_.listener()) to->on_connection_closed({net::peer_text(stream_)});
  std::exchange(stream_, nullptr)->close();
  host_.ended(*this);
  release_backlog();
  // not from inside one of its own functions, or of its pages': from the run queue
  host_.turns().push(*this);
}

}  // namespace musubi
