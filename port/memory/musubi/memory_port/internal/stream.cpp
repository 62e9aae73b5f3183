#include <algorithm>
#include <utility>

#include <musubi/json/internal/output.hpp>
#include <musubi/json/internal/writer.hpp>
#include <musubi/memory_port/internal/stream.hpp>
#include <musubi/memory_port/loop.hpp>

namespace musubi::memory_port {

using net::io;
using net::io_result;

void stream::connected(loop& owner, std::span<std::byte> room, std::uint32_t number,
                       std::string_view from) noexcept {
  from_ = from;
  loop_ = &owner;
  to_host_ = pipe(room.first(room.size() / 2));
  to_client_ = pipe(room.subspan(room.size() / 2));
  number_ = number;
  writes_ = 0;
  place_ = place::queued;
  client_ = client_end::open;
  held_ = true;
  user_ = nullptr;
  broken_ = host_ended_ = host_closed_ = reading_ = writing_ = false;
}

bool stream::readable() const noexcept {
  return broken_ || !to_host_.empty() || client_ == client_end::ended ||
         client_ == client_end::closed;
}

bool stream::has_room() const noexcept {
  return !loop_->faults().no_room;
}

bool stream::writable() const noexcept {
  if (!has_room()) return false;
  return broken_ || client_ == client_end::closed || !to_client_.full();
}

io_result stream::try_read(std::span<std::byte> into) noexcept {
  faults& trouble = loop_->faults();
  const failure injected = trouble.next(operation::read);
  if (injected == failure::disconnect) breaks();
  if (broken_) return {io::closed, 0};
  if (injected == failure::stall) return {io::would_block, 0};
  const std::size_t most = injected == failure::one_byte ? 1 : trouble.most_read;
  const std::size_t moved = to_host_.read(into.first(std::min(into.size(), most)));
  if (moved != 0) return {io::done, moved};
  return {readable() ? io::closed : io::would_block, 0};
}

io_result stream::try_write(std::span<const std::byte> from) noexcept {
  faults& trouble = loop_->faults();
  const failure injected = trouble.next(operation::write);
  if (injected == failure::disconnect) breaks();
  if (broken_ || host_ended_ || client_ == client_end::closed) return {io::closed, 0};
  if (injected == failure::stall) return {io::would_block, 0};
  const std::size_t most = injected == failure::one_byte ? 1 : trouble.most_written;
  const std::size_t taken = to_client_.write(from.first(std::min(from.size(), most)));
  if (taken != 0) ++writes_;
  return {taken != 0 || from.empty() ? io::done : io::would_block, taken};
}

void stream::want_read() noexcept {
  if (loop_->faults().next(operation::wait) == failure::disconnect) breaks();
  reading_ = true;
}

void stream::want_write() noexcept {
  if (loop_->faults().next(operation::wait) == failure::disconnect) breaks();
  writing_ = true;
}

void stream::close() noexcept {
  host_ended_ = host_closed_ = true;
  reading_ = writing_ = false;
  user_ = nullptr;
  loop_->release(*this);
}

std::size_t stream::peer(std::span<char> into) const noexcept {
  json::buffer_output buffer(into.data(), into.size());
  json::writer out(buffer);
  if (from_.empty()) {
    out.raw("memory:");
    out.number(number_);
  } else {
    out.raw(from_);
  }
  return buffer.view().size();
}

bool stream::tell() noexcept {
  bool told = false;
  if (place_ == place::open && reading_ && readable()) {
    reading_ = false;
    told = true;
    user_->on_readable();
  }
  if (place_ == place::open && writing_ && writable()) {
    writing_ = false;
    told = true;
    user_->on_writable();
  }
  return told;
}

}  // namespace musubi::memory_port
