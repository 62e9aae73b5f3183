#pragma once
/// A client of TLS, over any wire.

#include "support/byte_pipe.hpp"

#include <memory>
#include <openssl/bio.h>
#include <openssl/err.h>
#include <openssl/ssl.h>
#include <string>
#include <string_view>

namespace musubi::test {

/// What a client asks for.
struct tls_wishes {
  int least = TLS1_2_VERSION;
  int most = TLS1_3_VERSION;
  const char* ciphers_of_1_2 = nullptr;
  std::string_view protocols = "\x08http/1.1";  ///< ALPN; empty: none
  SSL_SESSION* session = nullptr;               ///< to be resumed
  /// Whether `read` goes on until the host rests, as over the memory port; else until something
  /// came.
  bool reads_until_it_rests = true;
};

/// Encrypts what is written and decrypts what is read. The handshake is made by the first of them,
/// or by `connect`.
class tls_pipe final : public byte_pipe {
 public:
  explicit tls_pipe(std::unique_ptr<byte_pipe> wire, const tls_wishes& wanted = {})
      : wire_(std::move(wire)),
        reads_until_it_rests_(wanted.reads_until_it_rests),
        context_(SSL_CTX_new(TLS_client_method())) {
    SSL_CTX_set_security_level(context_, 0);  // this client speaks whatever the test wants
    SSL_CTX_set_min_proto_version(context_, wanted.least);
    SSL_CTX_set_max_proto_version(context_, wanted.most);
    if (wanted.ciphers_of_1_2 != nullptr) SSL_CTX_set_cipher_list(context_, wanted.ciphers_of_1_2);
    ssl_ = SSL_new(context_);
    SSL_set_bio(ssl_, BIO_new(BIO_s_mem()), BIO_new(BIO_s_mem()));
    if (!wanted.protocols.empty()) {
      SSL_set_alpn_protos(ssl_, reinterpret_cast<const unsigned char*>(wanted.protocols.data()),
                          static_cast<unsigned>(wanted.protocols.size()));
    }
    if (wanted.session != nullptr) SSL_set_session(ssl_, wanted.session);
    SSL_set_connect_state(ssl_);
  }
  ~tls_pipe() override {
    SSL_free(ssl_);
    SSL_CTX_free(context_);
  }

  /// True once the handshake is complete on this side.
  bool connect() {
    for (int i = 0; i < 1000 && SSL_is_init_finished(ssl_) == 0; ++i) {
      ERR_clear_error();
      const int done = SSL_do_handshake(ssl_);
      const bool fatal = done != 1 && SSL_get_error(ssl_, done) != SSL_ERROR_WANT_READ;
      const bool sent = send_out();
      if (done == 1) return true;
      const bool came = take_in();
      if (fatal || (!sent && !came)) return false;
    }
    return SSL_is_init_finished(ssl_) != 0;
  }
  /// What this client would send next, without sending it.
  std::string outgoing() {
    ERR_clear_error();
    (void)SSL_do_handshake(ssl_);
    return taken_out();
  }
  /// The record that carries `bytes`, without sending it.
  std::string record(std::string_view bytes) {
    (void)SSL_write(ssl_, bytes.data(), static_cast<int>(bytes.size()));
    return taken_out();
  }
  std::string taken_out() {
    std::string all(BIO_ctrl_pending(SSL_get_wbio(ssl_)), '\0');
    if (!all.empty()) BIO_read(SSL_get_wbio(ssl_), all.data(), static_cast<int>(all.size()));
    return all;
  }

  void write(std::string_view bytes) override {
    if (!connect()) return;
    while (!bytes.empty()) {
      const int taken = SSL_write(ssl_, bytes.data(), static_cast<int>(bytes.size()));
      if (taken <= 0) return;
      bytes.remove_prefix(static_cast<std::size_t>(taken));
      send_out();
    }
  }
  std::string read() override {
    std::string all;
    if (!connect()) return all;
    char piece[4096];
    do {
      for (int bytes = 0; (bytes = SSL_read(ssl_, piece, sizeof piece)) > 0;) {
        all.append(piece, static_cast<std::size_t>(bytes));
      }
      ERR_clear_error();
      send_out();
    } while ((all.empty() || reads_until_it_rests_) && take_in());
    return all;
  }
  bool ended() override { return wire_->ended(); }
  void close() override { wire_->close(); }
  /// Ends in order: says so, and then ends the wire.
  void say_goodbye() {
    (void)SSL_shutdown(ssl_);
    send_out();
  }
  /// True once the host has said that it sends nothing more.
  [[nodiscard]] bool was_told_the_end() const {
    return (SSL_get_shutdown(ssl_) & SSL_RECEIVED_SHUTDOWN) != 0;
  }
  [[nodiscard]] SSL& ssl() { return *ssl_; }
  [[nodiscard]] byte_pipe& wire() { return *wire_; }
  bool send_out() {
    const std::string bytes = taken_out();
    if (!bytes.empty()) wire_->write(bytes);
    return !bytes.empty();
  }
  bool take_in() {
    const std::string bytes = wire_->read();
    if (!bytes.empty()) BIO_write(SSL_get_rbio(ssl_), bytes.data(), static_cast<int>(bytes.size()));
    return !bytes.empty();
  }

 private:
  std::unique_ptr<byte_pipe> wire_;
  bool reads_until_it_rests_;
  SSL_CTX* context_;
  SSL* ssl_ = nullptr;
};

}  // namespace musubi::test
