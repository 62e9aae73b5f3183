#include <algorithm>
#include <new>
#include <utility>

#include <musubi/mbedtls/guard.hpp>
#include <musubi/mbedtls/internal/failure_of.hpp>
#include <musubi/mbedtls/internal/library.hpp>
#include <musubi/mbedtls/internal/stream.hpp>
#include <musubi/mbedtls/memory.hpp>
#include <musubi/mbedtls/sizes.hpp>

namespace musubi::mbedtls {

using net::io;
using net::io_result;
using tls::failure;

namespace {

/// Read from the network in one call of Mbed TLS's, so that messages without content cannot keep it
/// from returning.
constexpr std::uint16_t bytes_per_call = 32768;
/// The first byte of TLS.
constexpr std::byte handshake_record{MBEDTLS_SSL_MSG_HANDSHAKE};
/// What `send` returns when the network has failed; any error that Mbed TLS hands through.
constexpr int network_failed = MBEDTLS_ERR_SSL_CONN_EOF;

bool would_block(int result) noexcept {
  return result == MBEDTLS_ERR_SSL_WANT_READ || result == MBEDTLS_ERR_SSL_WANT_WRITE;
}

/// The steps of a handshake that multiply on the curve, and take a hundred times as long as all
/// others together.
bool is_slow(int state) noexcept {
  return state == MBEDTLS_SSL_SERVER_KEY_EXCHANGE || state == MBEDTLS_SSL_CLIENT_KEY_EXCHANGE;
}

}  // namespace

stream::stream(guard& owner, net::stream& network) noexcept
    : owner_(owner), network_(&network), since_(owner.loop().now()) {
  network.attach(*this);
}

// --- the user's side ---

io_result stream::try_read(std::span<std::byte> into) noexcept {
  if (state_ == state::ended) return {io::closed, 0};
  if (state_ != state::open || into.empty()) return {io::would_block, 0};
  may_read_ = bytes_per_call;
  const unsigned char written_before = ssl_->cur_out_ctr[7];
  const int read =
      mbedtls_ssl_read(ssl_, reinterpret_cast<unsigned char*>(into.data()), into.size());
  const auto answers = static_cast<unsigned char>(ssl_->cur_out_ctr[7] - written_before);
  push_out();
  if (read > 0 || would_block(read)) {
    owner_.counters_.renegotiations += answers;  // it writes nothing else without failing
    return {read > 0 ? io::done : io::would_block, read > 0 ? static_cast<std::size_t>(read) : 0};
  }
  // the end, which leaves the other direction open; without close_notify, as browsers may go, too
  if (read != 0 && read != MBEDTLS_ERR_SSL_PEER_CLOSE_NOTIFY) fails(read);
  return {io::closed, 0};
}

io_result stream::try_write(std::span<const std::byte> from) noexcept {
  if (state_ == state::ended || shut_ || broken_) return {io::closed, 0};
  if (state_ != state::open) return {io::would_block, 0};
  std::size_t taken = 0;
  while (taken != from.size() && flush()) {
    const auto piece = from.subspan(taken, std::min(from.size() - taken, sent_record_bytes));
    const int written =
        mbedtls_ssl_write(ssl_, reinterpret_cast<const unsigned char*>(piece.data()), piece.size());
    if (written < 0 && !would_block(written)) {
      if (!broken_) fails(written);
      break;
    }
    taken += written < 0 ? piece.size() : static_cast<std::size_t>(written);
  }
  push_out();
  if (broken_ || state_ == state::ended) return {io::closed, 0};
  return {taken != 0 || from.empty() ? io::done : io::would_block, taken};
}

void stream::want_read() noexcept {
  reads_ = true;
  const bool has_more = state_ == state::open && mbedtls_ssl_get_bytes_avail(ssl_) != 0;
  if (has_more || state_ == state::ended) {
    queue();
  } else if (state_ != state::waiting) {
    network_->want_read();
  }
}

void stream::want_write() noexcept {
  writes_ = true;
  if (state_ == state::ended || broken_) {
    queue();
  } else if (state_ == state::open) {
    network_->want_write();
  }
}

bool stream::has_room() const noexcept {
  if (state_ == state::ended || broken_) return true;
  return state_ == state::open && ssl_->out_left == 0 && network_->has_room();
}

void stream::shutdown_write() noexcept {
  if (std::exchange(shut_, true)) return;
  if (say_end()) {
    network_->shutdown_write();
  } else {
    network_->want_write();
  }
}

void stream::close() noexcept {
  reads_ = writes_ = false;
  if (!greeted()) owner_.note(failure::late, *this);
  owner_.leaves_handshake(*this);
  shut_ = true;
  if (say_end()) return finish();
  // what the user has written is still sent, for a limited time
  lingering_ = true;
  since_ = owner_.loop().now();
  unlink();
  owner_.lingering_.push_back(*this);
  owner_.end_late_ones();
  network_->want_write();
}

void stream::finish() noexcept {
  owner_.leaves_handshake(*this);
  unlink();
  free_session();
  std::exchange(network_, nullptr)->close();
  if (!queued()) owner_.gone_.push(*this);  // else the guard finds it in the other queue
}

void stream::free_session() noexcept {
  if (ssl_ == nullptr) return;
  mbedtls_ssl_free(ssl_);
  memory::deallocate(std::exchange(ssl_, nullptr));
}

// --- the network's side ---

void stream::on_readable() noexcept {
  if (lingering_) return;
  switch (state_) {
    case state::fresh:
      return look();
    case state::waiting:
      return;
    case state::shaking:
      return queue();
    case state::open:
    case state::ended:
      if (std::exchange(reads_, false)) user_->on_readable();
  }
}

void stream::on_writable() noexcept {
  const bool empty = shut_ ? say_end() : flush();
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
  if (state_ == state::shaking) return step();
  if (std::exchange(reads_, false)) user_->on_readable();
  if (!closed() && !lingering_ && writes_ && (state_ == state::ended || broken_)) {
    writes_ = false;
    user_->on_writable();
  }
}

int stream::receive(void* self, unsigned char* into, std::size_t size) {
  stream& here = *static_cast<stream*>(self);
  const auto most = std::min<std::size_t>(size, here.may_read_);
  if (most == 0) return MBEDTLS_ERR_SSL_WANT_READ;
  if (std::exchange(here.has_first_, false)) {
    *into = static_cast<unsigned char>(handshake_record);
    return 1;
  }
  const io_result result = here.network_->try_read(std::as_writable_bytes(std::span(into, most)));
  if (result.outcome == io::closed) return 0;
  if (result.bytes == 0) return MBEDTLS_ERR_SSL_WANT_READ;
  here.may_read_ = static_cast<std::uint16_t>(here.may_read_ - result.bytes);
  return static_cast<int>(result.bytes);
}

int stream::send(void* self, const unsigned char* from, std::size_t size) {
  stream& here = *static_cast<stream*>(self);
  if (here.broken_) return network_failed;
  const io_result result = here.network_->try_write(std::as_bytes(std::span(from, size)));
  if (result.outcome == io::closed) {
    here.broken_ = true;
    return network_failed;
  }
  return result.bytes == 0 ? MBEDTLS_ERR_SSL_WANT_WRITE : static_cast<int>(result.bytes);
}

bool stream::flush() noexcept {
  if (ssl_ == nullptr || broken_ || ssl_->out_left == 0) return true;
  return mbedtls_ssl_flush_output(ssl_) == 0 || broken_;
}

void stream::push_out() noexcept {
  if (!flush()) network_->want_write();
}

bool stream::say_end() noexcept {
  if (!flush()) return false;
  if (state_ != state::open || broken_ || std::exchange(said_end_, true)) return true;
  (void)mbedtls_ssl_close_notify(ssl_);
  return flush();
}

// --- the handshake ---

void stream::look() noexcept {
  std::byte first{};
  const io_result result = network_->try_read({&first, 1});
  if (result.outcome == io::closed) return fails(failure::left);
  if (result.bytes == 0) return network_->want_read();
  if (first != handshake_record) return fails(failure::not_tls);
  has_first_ = true;
  state_ = state::waiting;
  owner_.waits_for_turn(*this);
}

void stream::begin_handshake() noexcept {
  since_ = owner_.loop().now();
  state_ = state::shaking;
  void* const room = memory::allocate(sizeof(mbedtls_ssl_context));
  if (room == nullptr) return fails(failure::memory);
  ssl_ = new (room) mbedtls_ssl_context;
  mbedtls_ssl_init(ssl_);
  if (mbedtls_ssl_setup(ssl_, &owner_.shown_.settings()) != 0) return fails(failure::memory);
  mbedtls_ssl_set_bio(ssl_, this, &stream::send, &stream::receive, nullptr);
  queue();
}

void stream::step() noexcept {
  may_read_ = bytes_per_call;
  for (;;) {
    const int before = ssl_->state;
    const int error = mbedtls_ssl_handshake_step(ssl_);
    if (broken_) return fails(failure::left);
    if (error != 0 && !would_block(error)) return fails(error);
    if (ssl_->state == MBEDTLS_SSL_HANDSHAKE_OVER) return opened();
    if (error == MBEDTLS_ERR_SSL_WANT_WRITE) return network_->want_write();
    if (error == MBEDTLS_ERR_SSL_WANT_READ && may_read_ != 0) {
      push_out();
      return network_->want_read();
    }
    if (error != 0 || is_slow(before)) return queue();  // others have their turn in between
  }
}

void stream::opened() noexcept {
  state_ = state::open;
  owner_.leaves_handshake(*this);
  owner_.open_.push_back(*this);
  ++owner_.counters_.tls_1_2;
  push_out();
  if (reads_) want_read();
  if (writes_) want_write();
}

void stream::fails(int error) noexcept {
  const bool gone = error == MBEDTLS_ERR_SSL_CONN_EOF || broken_;
  if (gone && state_ == state::open) return end();  // as a client of plain HTTP may go
  if (gone) return fails(failure::left);
  const failure why = failure_of(error, *ssl_);
  if (why == failure::record) {
    (void)mbedtls_ssl_send_alert_message(ssl_, MBEDTLS_SSL_ALERT_LEVEL_FATAL,
                                         MBEDTLS_SSL_ALERT_MSG_RECORD_OVERFLOW);
  }
  fails(why);
}

void stream::fails(failure why) noexcept {
  owner_.note(why, *this);
  end();
}

void stream::end() noexcept {
  const bool was_open = state_ == state::open;
  state_ = state::ended;
  push_out();                     // an alert says why
  if (!was_open) free_session();  // the next handshake takes this memory
  owner_.leaves_handshake(*this);
  queue();
}

}  // namespace musubi::mbedtls
