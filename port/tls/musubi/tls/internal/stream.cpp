#include <algorithm>
#include <openssl/err.h>
#include <openssl/ssl.h>
#include <utility>

#include <musubi/tls/guard.hpp>
#include <musubi/tls/internal/block_limit.hpp>
#include <musubi/tls/internal/network_bio.hpp>
#include <musubi/tls/internal/plain_answer.hpp>
#include <musubi/tls/internal/settings.hpp>
#include <musubi/tls/internal/stream.hpp>

namespace musubi::tls {

using net::io;
using net::io_result;

namespace {

/// The largest block for a handshake. OpenSSL would take a hello of 128 KB, and allocate that and a
/// third when it is announced; this is enough for one of 18 KB. Browsers send 2 KB.
constexpr std::size_t handshake_block_bytes = 24576;
/// Of a plain request's head; what is longer gets no answer.
constexpr std::size_t plain_head_bytes = 8192;
/// The first byte of TLS.
constexpr std::byte handshake_record{22};

failure failure_of(unsigned long error) noexcept {
  if (ERR_GET_LIB(error) != ERR_LIB_SSL) {
    return ERR_GET_REASON(error) == ERR_R_MALLOC_FAILURE ? failure::memory : failure::violation;
  }
  switch (ERR_GET_REASON(error)) {
    case SSL_R_UNSUPPORTED_PROTOCOL:
    case SSL_R_VERSION_TOO_LOW:
    case SSL_R_WRONG_VERSION_NUMBER:
    case SSL_R_WRONG_SSL_VERSION:
    case SSL_R_TLSV1_ALERT_PROTOCOL_VERSION:
      return failure::version;
    case SSL_R_NO_SHARED_CIPHER:
    case SSL_R_NO_SUITABLE_KEY_SHARE:
    case SSL_R_NO_SHARED_GROUPS:
    case SSL_R_NO_SUITABLE_SIGNATURE_ALGORITHM:
    case SSL_R_SSLV3_ALERT_HANDSHAKE_FAILURE:
      return failure::cipher;
    case SSL_R_NO_APPLICATION_PROTOCOL:
      return failure::protocol;
    case SSL_R_TLSV1_ALERT_UNKNOWN_CA:
    case SSL_R_SSLV3_ALERT_BAD_CERTIFICATE:
    case SSL_R_SSLV3_ALERT_CERTIFICATE_UNKNOWN:
    case SSL_R_SSLV3_ALERT_CERTIFICATE_EXPIRED:
    case SSL_R_SSLV3_ALERT_UNSUPPORTED_CERTIFICATE:
      return failure::untrusted;
    case ERR_R_MALLOC_FAILURE:
      return failure::memory;
    default:
      return failure::violation;
  }
}

}  // namespace

stream::stream(guard& owner, net::stream& network) noexcept
    : owner_(owner), since_(owner.loop().now()) {
  network_ = &network;
  network.attach(*this);
  owner_.count_handshake(1);
}

// --- the user's side ---

void stream::want_read() noexcept {
  reads_ = true;
  const bool has_more = state_ == state::open && !drained_ && SSL_has_pending(ssl_) != 0;
  if (has_more || state_ == state::ended) {
    queue();
  } else if (state_ != state::plain) {
    network_->want_read();
  }
}

void stream::want_write() noexcept {
  writes_ = true;
  if (state_ == state::ended || broken_) {
    queue();
  } else {
    network_->want_write();
  }
}

void stream::close() noexcept {
  reads_ = writes_ = false;
  if (counted_) owner_.note(failure::late, *this);
  left_handshake();
  if (state_ == state::plain) drop_block();  // a request, not what is to be sent
  if (take_leave()) return finish();
  // what the user has written is still sent, for a limited time
  lingering_ = true;
  since_ = owner_.loop().now();
  unlink();
  owner_.lingering_.push_back(*this);
  owner_.end_late_ones();
  network_->want_write();
}

void stream::finish() noexcept {
  left_handshake();
  unlink();
  drop_block();
  if (ssl_ != nullptr) SSL_free(std::exchange(ssl_, nullptr));
  std::exchange(network_, nullptr)->close();
  if (!queued()) owner_.gone_.push(*this);  // else the guard finds it in the other queue
}

// --- the network's side ---

void stream::on_readable() noexcept {
  if (lingering_) return;
  switch (state_) {
    case state::fresh:
      return look();
    case state::shaking:
      return queue();
    case state::plain:
      return answer_plain();
    case state::open:
    case state::ended:
      if (std::exchange(reads_, false)) user_->on_readable();
  }
}

void stream::on_writable() noexcept {
  const bool empty = flush();
  if (!empty) return network_->want_write();
  if (lingering_) return finish();
  if (state_ == state::shaking) return queue();
  if (shut_) network_->shutdown_write();
  if (std::exchange(writes_, false)) user_->on_writable();
}

void stream::queue() noexcept {
  if (!queued()) owner_.ready_.push(*this);
}

void stream::tell() noexcept {
  if (lingering_) return;
  if (state_ == state::shaking) return owner_.may_step() ? step() : queue();
  if (reads_) {
    reads_ = false;
    user_->on_readable();
  }
  if (!closed() && !lingering_ && writes_ && (state_ == state::ended || broken_)) {
    writes_ = false;
    user_->on_writable();
  }
}

io_result stream::from_network(std::span<std::byte> into) noexcept {
  if (!std::exchange(has_first_, false)) return record_stream::from_network(into);
  into.front() = first_;
  return {io::done, 1};
}

std::byte* stream::allocate_block() noexcept {
  return static_cast<std::byte*>(owner_.unsent_.allocate());
}

void stream::deallocate_block(std::byte* block) noexcept {
  owner_.unsent_.deallocate(block);
}

// --- the handshake ---

void stream::look() noexcept {
  const io_result result = network_->try_read({&first_, 1});
  if (result.outcome == io::closed) {
    fails(failure::left);
  } else if (result.bytes == 0) {
    network_->want_read();
  } else if (first_ == handshake_record) {
    has_first_ = true;
    begin_handshake();
  } else if (first_ >= std::byte{'A'} && first_ <= std::byte{'Z'} && take_block()) {
    state_ = state::plain;
    block_[end_++] = first_;
    answer_plain();
  } else {
    fails(failure::not_tls);
  }
}

void stream::begin_handshake() noexcept {
  ERR_clear_error();
  ssl_ = SSL_new(owner_.context_);
  if (ssl_ == nullptr) return fails(failure::memory);
  if (!use_network(*ssl_, *this)) return fails(failure::memory);
  SSL_set_accept_state(ssl_);
  state_ = state::shaking;
  queue();
}

void stream::step() noexcept {
  const block_limit limited(handshake_block_bytes);
  ERR_clear_error();
  may_read_ = bytes_per_call;
  const int done = SSL_do_handshake(ssl_);
  if (done == 1) return opened();
  const int error = SSL_get_error(ssl_, done);
  if (error != SSL_ERROR_WANT_READ && error != SSL_ERROR_WANT_WRITE) return fails();
  push_out();
  if (broken_) return fails(failure::left);
  network_->want_read();
}

void stream::opened() noexcept {
  state_ = state::open;
  drained_ = false;
  left_handshake();
  owner_.open_.push_back(*this);
  counters& count = owner_.counters_;
  ++(SSL_version(ssl_) == TLS1_3_VERSION ? count.tls_1_3 : count.tls_1_2);
  if (SSL_session_reused(ssl_) != 0) ++count.resumed;
  push_out();
  if (reads_) want_read();
  if (writes_) want_write();
}

void stream::left_handshake() noexcept {
  if (!std::exchange(counted_, false)) return;
  unlink();
  owner_.count_handshake(-1);
}

void stream::fails() noexcept {
  const unsigned long error = ERR_peek_error();
  // no error of OpenSSL's: the network has ended
  const bool gone =
      error == 0 || broken_ || ERR_GET_REASON(error) == SSL_R_UNEXPECTED_EOF_WHILE_READING;
  ERR_clear_error();
  if (gone && state_ == state::open) return end();  // as a client of plain HTTP may go
  if (gone) return fails(failure::left);
  fails(state_ == state::open ? failure::violation : failure_of(error));
}

void stream::fails(failure why) noexcept {
  owner_.note(why, *this);
  end();
}

void stream::end() noexcept {
  state_ = state::ended;
  left_handshake();
  push_out();  // an alert says why
  queue();
}

void stream::give_up() noexcept {
  fails(failure::late);
}

void stream::renegotiation_refused() noexcept {
  ++owner_.counters_.renegotiations;
}

// --- plain HTTP ---

void stream::answer_plain() noexcept {
  while (!shut_) {
    const std::span room(block_ + end_, plain_head_bytes - end_);
    const std::size_t written = write_plain_answer(
        {reinterpret_cast<const char*>(block_), end_},
        owner_.authority_ == nullptr ? std::string_view() : std::string_view(*owner_.authority_),
        {reinterpret_cast<char*>(block_) + plain_head_bytes, unsent_bytes - plain_head_bytes});
    if (written != 0) {
      ++owner_.counters_.redirected;
      begin_ = plain_head_bytes;
      end_ = static_cast<std::uint32_t>(plain_head_bytes + written);
      state_ = state::ended;
      left_handshake();
      shut_ = true;
      push_out();
      if (block_ == nullptr) network_->shutdown_write();
      return queue();
    }
    const io_result result = room.empty() ? io_result{io::closed, 0} : network_->try_read(room);
    if (result.outcome == io::closed) {
      drop_block();
      return fails(room.empty() ? failure::not_tls : failure::left);
    }
    if (result.bytes == 0) return network_->want_read();
    end_ += static_cast<std::uint32_t>(result.bytes);
  }
}

}  // namespace musubi::tls
