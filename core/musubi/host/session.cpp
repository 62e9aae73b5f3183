#include <algorithm>
#include <cstring>
#include <utility>

#include <musubi/host/host_core.hpp>
#include <musubi/host/session.hpp>

namespace musubi {

using ws_event = net::websocket::event;

session::session(host_core& host) noexcept : host_(host) {
  ++host_.backlogs().reserved;
}

session::~session() {
  release_read_buffer();
  release_backlog();
  --host_.backlogs().reserved;
}

session::draining::draining(session& owner, backlog_pool& pool) noexcept
    : job(&draining::stalled), owner_(&owner), queue(pool, *this) {}

void session::draining::stalled(job& self) noexcept {
  session& owner = *static_cast<draining&>(self).owner_;
  ++owner.host_.counted().closed_stalled;
  owner.end();
}

void session::start(net::stream& stream, std::span<const std::byte> received) noexcept {
  stream_ = &stream;
  stream.attach(*this);
  host_.heard_of(*this);
  last_heard_ = host_.loop().now();
  if (!received.empty()) {
    if (!make_read_room(received.size())) return overloaded();
    std::memcpy(buffer_, received.data(), received.size());
    filled_ = received.size();
    process();
    return;
  }
  stream.want_read();
}

outbox& session::selected_outbox() noexcept {
  outbox& box = host_.box();
  box.select(*this);
  return box;
}

void session::written() noexcept {
  if (!processing_) host_.loop().push(turn_);
}

void session::service_wanted() noexcept {
  service_wanted_ = true;
  if (!processing_) host_.loop().push(turn_);
}

void session::run_turn() noexcept {
  if (ended()) return host_.release(*this);
  if (unprocessed_) return process();
  if (service_wanted_ && writable()) {
    service_wanted_ = false;
    processing_ = true;
    on_service();
    processing_ = false;
  }
  if (ended()) return host_.release(*this);
  host_.box().flush(*this);
}

bool session::make_read_room(std::size_t need) noexcept {
  const std::size_t have =
      buffer_ == nullptr ? 0 : (large_ ? host_.large_bytes() : host_.read_bytes());
  if (need <= have) return true;
  const bool large = need > host_.read_bytes();
  void* fresh = large ? host_.large_messages().allocate() : host_.read_buffers().allocate();
  if (fresh == nullptr) return false;
  if (filled_ != 0) std::memcpy(fresh, buffer_, filled_);
  const std::size_t kept = filled_;
  release_read_buffer();
  buffer_ = static_cast<std::byte*>(fresh);
  large_ = large;
  filled_ = kept;
  return true;
}

void session::release_read_buffer() noexcept {
  if (buffer_ == nullptr) return;
  if (large_) {
    host_.large_messages().deallocate(buffer_);
  } else {
    host_.read_buffers().deallocate(buffer_);
    host_.read_buffer_freed();
  }
  buffer_ = nullptr;
  filled_ = 0;
  large_ = false;
}

void session::on_readable() noexcept {
  if (ended()) return;
  if (!make_read_room(1)) {
    if (!std::exchange(wants_buffer_, true)) host_.buffer_awaited();
    return;  // read_buffer_freed() comes back
  }
  const std::size_t room = (large_ ? host_.large_bytes() : host_.read_bytes()) - filled_;
  const std::size_t most = std::min<std::size_t>(room, host_.configured().turn_bytes);
  const net::io_result result = stream_->try_read(std::span(buffer_ + filled_, most));
  if (result.outcome == net::io::closed) {
    ++host_.counted().closed_by_peer;
    return end();
  }
  if (result.bytes != 0) {
    host_.counted().bytes_in += result.bytes;
    if (!closing_) {
      last_heard_ = host_.loop().now();
      host_.heard_of(*this);
    }
    filled_ += result.bytes;
  }
  process();
}

void session::read_again() noexcept {
  wants_buffer_ = false;
  stream_->want_read();
}

void session::process() noexcept {
  processing_ = true;
  unprocessed_ = false;
  bool whole = false;
  std::uint32_t frames = host_.configured().turn_frames;
  while (!ended() && (backlog_ == nullptr || closing_)) {
    const std::size_t size = large_ ? host_.large_bytes() : host_.read_bytes();
    const ws_event next = assembler_.next(host_.frames(), std::span(buffer_, size), filled_,
                                          host_.message_bytes(), frames);
    if (next.what == ws_event::kind::paused) {
      unprocessed_ = true;
      host_.loop().defer(turn_);
      break;
    }
    if (next.what == ws_event::kind::need_more) {
      whole = true;
      if (filled_ == 0) {
        release_read_buffer();
      } else if (!make_read_room(next.need)) {
        ++host_.counted().closed_overload;
        close(net::websocket::close_code::try_again_later, "too many large messages at once");
      }
      break;
    }
    dispatch(next);
  }
  processing_ = false;
  if (service_wanted_ && writable()) {
    service_wanted_ = false;
    processing_ = true;
    on_service();
    processing_ = false;
  }
  if (!ended()) host_.box().flush(*this);
  // a client that is behind is read again when it has caught up
  if (!ended() && whole && (backlog_ == nullptr || closing_)) return stream_->want_read();
}

void session::dispatch(const ws_event& next) noexcept {
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
        host_.box().flush(*this);
        ++host_.counted().closed_by_peer;
        end();
      }
      return;
    case ws_event::kind::violation:
      ++host_.counted().closed_violation;
      return close(next.code, next.reason);
    case ws_event::kind::pong:
    case ws_event::kind::need_more:
    case ws_event::kind::paused:
      return;
  }
}

void session::on_oversized(std::span<std::byte>, bool) noexcept {
  ++host_.counted().closed_violation;
  close(net::websocket::close_code::too_big, "message too big");
}

bool session::send(std::span<const std::byte> bytes) noexcept {
  if (ended()) return false;
  std::size_t taken = 0;
  if (backlog_ == nullptr) {
    const net::io_result result = stream_->try_write(bytes);
    if (result.outcome == net::io::closed) {
      ++host_.counted().closed_by_peer;
      end();
      return false;
    }
    taken = result.bytes;
    host_.counted().bytes_out += taken;
    if (taken == bytes.size()) return true;
    void* memory = host_.drains().allocate();
    if (memory == nullptr) {
      overloaded();
      return false;
    }
    backlog_ = new (memory) draining(*this, host_.backlogs());
    host_.loop().arm_after(backlog_->queue.stall_timer(), host_.configured().write_timeout);
    stream_->want_write();
  }
  if (backlog_->queue.append(bytes.subspan(taken))) return true;
  overloaded();
  return false;
}

void session::overloaded() noexcept {
  // half a message is out: nothing more can be said on this WebSocket
  ++host_.counted().closed_overload;
  end();
}

void session::on_writable() noexcept {
  if (ended() || backlog_ == nullptr) return;
  std::size_t written = 0;
  const net::io outcome = backlog_->queue.drain(*stream_, written);
  host_.counted().bytes_out += written;
  if (outcome == net::io::closed) {
    ++host_.counted().closed_by_peer;
    return end();
  }
  if (written != 0 && !closing_) {
    last_heard_ = host_.loop().now();  // it is not read meanwhile, which is not its fault
    host_.heard_of(*this);
  }
  if (outcome == net::io::would_block) {
    if (written != 0) {
      host_.loop().arm_after(backlog_->queue.stall_timer(), host_.configured().write_timeout);
    }
    return stream_->want_write();
  }
  release_backlog();
  if (closing_) return stream_->shutdown_write();
  service_wanted_ = true;
  if (filled_ != 0) return process();
  stream_->want_read();
  host_.loop().push(turn_);
}

void session::release_backlog() noexcept {
  if (backlog_ == nullptr) return;
  backlog_->~draining();
  host_.drains().deallocate(backlog_);
  backlog_ = nullptr;
}

void session::close(std::uint16_t code, std::string_view reason) noexcept {
  if (ended() || closing_) return;
  std::byte frame[net::websocket::max_close_frame];
  const std::size_t size = net::websocket::write_close(frame, code, reason);
  outbox& box = selected_outbox();
  box.raw(std::span(frame).first(size));
  box.flush(*this);
  if (ended()) return;
  closing_ = true;
  last_heard_ = host_.loop().now();
  host_.closing(*this);
  if (backlog_ == nullptr) stream_->shutdown_write();
  if (!processing_) stream_->want_read();
}

void session::end() noexcept {
  if (ended()) return;
  host_.box().forget(*this);
  std::exchange(stream_, nullptr)->close();
  host_.ended(*this);
  release_backlog();
  // not from inside one of its own functions, or of its pages': from the run queue
  host_.loop().push(turn_);
}

}  // namespace musubi
