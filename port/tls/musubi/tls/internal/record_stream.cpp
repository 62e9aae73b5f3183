#include <algorithm>
#include <cstring>
#include <openssl/err.h>
#include <openssl/ssl.h>
#include <utility>

#include <musubi/tls/internal/record_stream.hpp>
#include <musubi/tls/internal/settings.hpp>

namespace musubi::tls {

using net::io;
using net::io_result;

// --- the user's side ---

io_result record_stream::try_read(std::span<std::byte> into) noexcept {
  if (state_ == state::ended) return {io::closed, 0};
  if (state_ != state::open || into.empty()) return {io::would_block, 0};
  ERR_clear_error();
  may_read_ = bytes_per_call;
  std::size_t bytes = 0;
  const int read = SSL_read_ex(ssl_, into.data(), into.size(), &bytes);
  push_out();  // answers of OpenSSL's own
  if (read == 1) {
    drained_ = false;
    return {io::done, bytes};
  }
  switch (SSL_get_error(ssl_, read)) {
    case SSL_ERROR_WANT_READ:
    case SSL_ERROR_WANT_WRITE:
      drained_ = true;
      return {io::would_block, 0};
    case SSL_ERROR_ZERO_RETURN:
      return {io::closed, 0};  // it may still be written to
    default:
      fails();
      return {io::closed, 0};
  }
}

io_result record_stream::try_write(std::span<const std::byte> from) noexcept {
  if (state_ == state::ended || shut_ || broken_) return {io::closed, 0};
  if (state_ != state::open) return {io::would_block, 0};
  std::size_t taken = 0;
  while (taken != from.size() && flush()) {
    const auto piece = from.subspan(taken, std::min(from.size() - taken, record_bytes));
    ERR_clear_error();
    may_read_ = 0;
    std::size_t bytes = 0;
    if (const int written = SSL_write_ex(ssl_, piece.data(), piece.size(), &bytes); written != 1) {
      const int error = SSL_get_error(ssl_, written);
      if (error != SSL_ERROR_WANT_READ && error != SSL_ERROR_WANT_WRITE) fails();
      break;
    }
    taken += bytes;
  }
  push_out();
  if (broken_ || state_ == state::ended) return {io::closed, 0};
  return {taken != 0 || from.empty() ? io::done : io::would_block, taken};
}

void record_stream::shutdown_write() noexcept {
  if (std::exchange(shut_, true)) return;
  if (state_ == state::open) {
    ERR_clear_error();
    (void)SSL_shutdown(ssl_);  // close_notify, once
  }
  push_out();
  if (block_ == nullptr) network_->shutdown_write();
}

// --- the network's side ---

io_result record_stream::from_network(std::span<std::byte> into) noexcept {
  const std::size_t most = std::min<std::size_t>(into.size(), may_read_);
  if (most == 0) return {io::would_block, 0};
  const io_result result = network_->try_read(into.first(most));
  may_read_ -= static_cast<std::uint32_t>(result.bytes);
  return result;
}

io_result record_stream::to_network(std::span<const std::byte> from) noexcept {
  if (broken_) return {io::closed, 0};
  std::size_t taken = 0;
  if (block_ == nullptr) {
    const io_result result = network_->try_write(from);
    if (result.outcome == io::closed) {
      broken_ = true;
      return result;
    }
    taken = result.bytes;
    if (taken == from.size()) return {io::done, taken};
    if (!take_block()) return {taken != 0 ? io::done : io::would_block, taken};
  }
  if (begin_ != 0) {
    std::memmove(block_, block_ + begin_, end_ - begin_);
    end_ -= std::exchange(begin_, 0);
  }
  const std::size_t kept = std::min(from.size() - taken, unsent_bytes - end_);
  std::memcpy(block_ + end_, from.data() + taken, kept);
  end_ += static_cast<std::uint32_t>(kept);
  taken += kept;
  return {taken != 0 ? io::done : io::would_block, taken};
}

// --- what the network did not take ---

bool record_stream::take_block() noexcept {
  block_ = allocate_block();
  begin_ = end_ = 0;
  return block_ != nullptr;
}

void record_stream::drop_block() noexcept {
  if (block_ != nullptr) deallocate_block(std::exchange(block_, nullptr));
  begin_ = end_ = 0;
}

bool record_stream::flush() noexcept {
  while (block_ != nullptr && begin_ != end_) {
    const io_result result = network_->try_write({block_ + begin_, end_ - begin_});
    if (result.outcome == io::closed) {
      broken_ = true;
      break;
    }
    if (result.bytes == 0) return false;
    begin_ += static_cast<std::uint32_t>(result.bytes);
  }
  drop_block();
  return true;
}

void record_stream::push_out() noexcept {
  if (block_ != nullptr && !flush()) network_->want_write();
}

bool record_stream::take_leave() noexcept {
  if (state_ == state::open && !std::exchange(shut_, true)) {
    ERR_clear_error();
    (void)SSL_shutdown(ssl_);
  }
  return flush();
}

}  // namespace musubi::tls
