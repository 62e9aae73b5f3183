#include "loadgen/secure_socket.hpp"

#include "loadgen/process.hpp"

#include <cerrno>
#include <poll.h>
#if defined(MUSUBI_HAS_TLS)
#include <openssl/err.h>
#include <openssl/ssl.h>
#endif

namespace loadgen {

#if defined(MUSUBI_HAS_TLS)

namespace {

/// Waits for what the last call lacked; `outcome` is what it returned.
void wait_for(SSL* connection, int outcome, const char* what) {
  const int error = SSL_get_error(connection, outcome);
  if (error != SSL_ERROR_WANT_READ && error != SSL_ERROR_WANT_WRITE) fail(what);
  const short events = error == SSL_ERROR_WANT_READ ? POLLIN : POLLOUT;
  pollfd ready{SSL_get_fd(connection), events, 0};
  (void)::poll(&ready, 1, 1000);
}

}  // namespace

secure_sockets::~secure_sockets() {
  SSL_CTX_free(context_);
}

secure_socket::~secure_socket() {
  SSL_free(connection_);
}

void secure_socket::open(secure_sockets& shared, int socket) {
  if (shared.context_ == nullptr) shared.context_ = SSL_CTX_new(TLS_client_method());
  connection_ = SSL_new(shared.context_);
  if (connection_ == nullptr || SSL_set_fd(connection_, socket) != 1) fail("no memory for TLS");
  SSL_set_connect_state(connection_);
  for (int done = 0; (done = SSL_do_handshake(connection_)) != 1;) {
    wait_for(connection_, done, "the handshake failed");
  }
}

void secure_socket::write(std::string_view bytes) {
  for (int done = 0;
       (done = SSL_write(connection_, bytes.data(), static_cast<int>(bytes.size()))) <= 0;) {
    wait_for(connection_, done, "send");
  }
}

ssize_t secure_socket::read(std::span<char> into) {
  ERR_clear_error();
  const int count = SSL_read(connection_, into.data(), static_cast<int>(into.size()));
  if (count > 0) return count;
  const int error = SSL_get_error(connection_, count);
  errno = error == SSL_ERROR_WANT_READ ? EAGAIN : EIO;
  return error == SSL_ERROR_ZERO_RETURN ? 0 : -1;
}

#else

secure_sockets::~secure_sockets() = default;
secure_socket::~secure_socket() = default;
void secure_socket::open(secure_sockets&, int) {
  errno = 0;
  fail("this build has no TLS");
}
void secure_socket::write(std::string_view) {}
ssize_t secure_socket::read(std::span<char>) {
  return 0;
}

#endif

}  // namespace loadgen
