#include <chrono>
#include <openssl/err.h>
#include <openssl/ssl.h>
#include <openssl/x509_vfy.h>
#include <openssl/x509v3.h>
#include <utility>

#include <musubi/tls/internal/client_stream.hpp>
#include <musubi/tls/internal/settings.hpp>

namespace musubi::tls {

using net::io;
using net::io_result;

namespace {

std::string_view sentence_of(const char* text) noexcept {
  return text == nullptr ? std::string_view("unknown") : std::string_view(text);
}

text<127> why_not_trusted(long verdict, std::string_view name) noexcept {
  switch (verdict) {
    case X509_V_ERR_HOSTNAME_MISMATCH:
    case X509_V_ERR_IP_ADDRESS_MISMATCH:
      return text<127>::clipped("the server's certificate is not for ", name);
    case X509_V_ERR_CERT_HAS_EXPIRED:
      return "the server's certificate has expired";
    case X509_V_ERR_CERT_NOT_YET_VALID:
      return "the server's certificate is not valid yet: is the clock right?";
    default:
      return text<127>::clipped("the server's certificate is not trusted: ",
                                sentence_of(X509_verify_cert_error_string(verdict)));
  }
}

text<127> why_failed(unsigned long error) noexcept {
  switch (ERR_GET_REASON(error)) {
    case SSL_R_WRONG_VERSION_NUMBER:
    case SSL_R_HTTP_REQUEST:
    case SSL_R_PACKET_LENGTH_TOO_LONG:
      return "the server does not speak TLS";
    case SSL_R_UNSUPPORTED_PROTOCOL:
    case SSL_R_TLSV1_ALERT_PROTOCOL_VERSION:
      return "the server speaks nothing from TLS 1.2 on";
    case ERR_R_MALLOC_FAILURE:
      return "tls: OpenSSL has no memory";
    default:
      return text<127>::clipped("TLS with the server has failed: ",
                                sentence_of(ERR_reason_error_string(error)));
  }
}

}  // namespace

client_stream::client_stream(runtime& loop, const trust& trusted, std::string name) noexcept
    : loop_(loop), trusted_(trusted), name_(std::move(name)) {}

bool client_stream::begin(net::stream& network) noexcept {
  why_.clear();
  drop_block();
  reads_ = writes_ = broken_ = shut_ = lingering_ = false;
  drained_ = true;
  network_ = &network;
  network.attach(*this);
  ERR_clear_error();
  ssl_ = SSL_new(trusted_.context());
  if (ssl_ == nullptr || !use_network(*ssl_, *this) || !expect_name()) {
    why_ = "tls: OpenSSL has no memory";
    finish();
    return false;
  }
  SSL_set_connect_state(ssl_);
  state_ = state::shaking;
  return true;
}

bool client_stream::expect_name() noexcept {
  if (X509_VERIFY_PARAM_set1_ip_asc(SSL_get0_param(ssl_), name_.c_str()) == 1) return true;
  ERR_clear_error();
  SSL_set_hostflags(ssl_, X509_CHECK_FLAG_NO_PARTIAL_WILDCARDS);
  return SSL_set1_host(ssl_, name_.c_str()) == 1 &&
         SSL_set_tlsext_host_name(ssl_, name_.c_str()) == 1;
}

void client_stream::finish() noexcept {
  if (network_ == nullptr) return;
  linger_timer_.cancel();
  tell_job_.unlink();
  if (ssl_ != nullptr) SSL_free(std::exchange(ssl_, nullptr));
  state_ = state::fresh;
  lingering_ = false;
  std::exchange(network_, nullptr)->close();
}

// --- the user's side ---

void client_stream::want_read() noexcept {
  reads_ = true;
  const bool has_more = state_ == state::open && !drained_ && SSL_has_pending(ssl_) != 0;
  if (has_more || state_ == state::ended) return tell_soon();
  if (state_ == state::open) network_->want_read();  // while shaking, that is for `step` to decide
}

void client_stream::want_write() noexcept {
  writes_ = true;
  if (state_ == state::ended || broken_) return tell_soon();
  network_->want_write();
}

void client_stream::close() noexcept {
  reads_ = writes_ = false;
  if (take_leave()) return finish();
  // what the user has written is still sent, for a limited time
  lingering_ = true;
  loop_.arm_after(linger_timer_, linger);
  network_->want_write();
}

void client_stream::tell_soon() noexcept {
  loop_.push(tell_job_);
}

void client_stream::tell() noexcept {
  if (network_ == nullptr || lingering_) return;
  if (state_ == state::shaking) return;
  if (std::exchange(reads_, false)) user_->on_readable();
  if (network_ == nullptr || lingering_) return;
  if (std::exchange(writes_, false)) user_->on_writable();
}

// --- the network's side ---

void client_stream::on_readable() noexcept {
  if (lingering_) return;
  if (state_ == state::shaking) return step();
  if (std::exchange(reads_, false)) user_->on_readable();
}

void client_stream::on_writable() noexcept {
  if (!flush()) return network_->want_write();
  if (lingering_) return finish();
  if (state_ == state::shaking) return broken_ ? end() : step();
  if (shut_) network_->shutdown_write();
  if (std::exchange(writes_, false)) user_->on_writable();
}

// --- the handshake ---

void client_stream::step() noexcept {
  ERR_clear_error();
  may_read_ = bytes_per_call;
  const int done = SSL_do_handshake(ssl_);
  if (done == 1) {
    state_ = state::open;
    drained_ = false;
    push_out();
    return tell_soon();
  }
  const int error = SSL_get_error(ssl_, done);
  if (error != SSL_ERROR_WANT_READ && error != SSL_ERROR_WANT_WRITE) return fails();
  if (broken_) return end();
  if (flush()) {
    network_->want_read();
  } else {
    network_->want_write();
  }
}

void client_stream::fails() noexcept {
  const unsigned long error = ERR_peek_error();
  const long verdict = SSL_get_verify_result(ssl_);
  // no error of OpenSSL's: the network has ended
  const bool gone =
      error == 0 || broken_ || ERR_GET_REASON(error) == SSL_R_UNEXPECTED_EOF_WHILE_READING;
  if (state_ == state::shaking && verdict != X509_V_OK) {
    why_ = why_not_trusted(verdict, name_);
  } else if (!gone) {
    why_ = why_failed(error);
  } else if (state_ == state::shaking && !broken_) {
    why_ = "the server has ended the TLS handshake";
  }
  ERR_clear_error();
  end();
}

void client_stream::end() noexcept {
  state_ = state::ended;
  push_out();  // an alert says why
  tell_soon();
}

}  // namespace musubi::tls
