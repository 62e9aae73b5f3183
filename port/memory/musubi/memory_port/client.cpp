#include <musubi/memory_port/client.hpp>
#include <musubi/memory_port/loop.hpp>

namespace musubi::memory_port {

std::size_t client::write(std::span<const std::byte> bytes) noexcept {
  if (stream_ == nullptr || stream_->broken_ || stream_->host_closed_ ||
      stream_->client_ != stream::client_end::open) {
    return 0;
  }
  return stream_->to_host_.write(bytes);
}

std::size_t client::read(std::span<std::byte> into) noexcept {
  return stream_ == nullptr ? 0 : stream_->to_client_.read(into);
}

std::size_t client::waiting() const noexcept {
  return stream_ == nullptr ? 0 : stream_->to_client_.size();
}

std::size_t client::underway() const noexcept {
  return stream_ == nullptr ? 0 : stream_->to_host_.size();
}

bool client::ended() const noexcept {
  return stream_ == nullptr ||
         (stream_->to_client_.empty() && (stream_->host_ended_ || stream_->broken_));
}

bool client::dropped() const noexcept {
  return stream_ == nullptr || stream_->host_closed_;
}

void client::shutdown() noexcept {
  if (stream_ != nullptr && stream_->client_ == stream::client_end::open) {
    stream_->client_ = stream::client_end::ended;
  }
}

void client::close() noexcept {
  leave(stream::client_end::closed);
}

void client::reset() noexcept {
  if (stream_ != nullptr) stream_->breaks();
  leave(stream::client_end::closed);
}

void client::vanish() noexcept {
  leave(stream::client_end::vanished);
}

void client::leave(stream::client_end how) noexcept {
  if (stream_ == nullptr) return;
  stream& left = *std::exchange(stream_, nullptr);
  left.client_ = how;
  left.held_ = false;
  left.loop_->release(left);
}

}  // namespace musubi::memory_port
