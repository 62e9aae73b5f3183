#include <algorithm>
#include <limits>
#include <openssl/bio.h>
#include <openssl/ssl.h>

#include <musubi/tls/internal/network_bio.hpp>

namespace musubi::tls {

namespace {

network_side& network_of(BIO* bio) noexcept {
  return *static_cast<network_side*>(BIO_get_data(bio));
}

int read_network(BIO* bio, char* into, std::size_t size, std::size_t* moved) {
  BIO_clear_retry_flags(bio);
  const net::io_result result =
      network_of(bio).from_network(std::as_writable_bytes(std::span(into, size)));
  *moved = result.bytes;
  if (result.outcome == net::io::done && result.bytes != 0) return 1;
  if (result.outcome != net::io::closed) {
    BIO_set_retry_read(bio);
    return -1;
  }
  return 0;
}

int write_network(BIO* bio, const char* from, std::size_t size, std::size_t* moved) {
  BIO_clear_retry_flags(bio);
  const net::io_result result = network_of(bio).to_network(std::as_bytes(std::span(from, size)));
  *moved = result.bytes;
  if (result.outcome == net::io::done) return 1;
  if (result.outcome != net::io::closed) BIO_set_retry_write(bio);
  return -1;
}

long control(BIO*, int what, long, void*) {
  return what == BIO_CTRL_FLUSH ? 1 : 0;
}

int create(BIO* bio) {
  BIO_set_init(bio, 1);
  return 1;
}

/// One for the process, made before any connection.
BIO_METHOD* network_method() noexcept {
  static BIO_METHOD* const method = [] {
    BIO_METHOD* const made = BIO_meth_new(BIO_get_new_index() | BIO_TYPE_SOURCE_SINK, "musubi");
    if (made == nullptr) return made;
    BIO_meth_set_read_ex(made, &read_network);
    BIO_meth_set_write_ex(made, &write_network);
    BIO_meth_set_ctrl(made, &control);
    BIO_meth_set_create(made, &create);
    return made;
  }();
  return method;
}

}  // namespace

bool use_network(ssl_st& connection, network_side& with) noexcept {
  BIO_METHOD* const method = network_method();
  BIO* const bio = method == nullptr ? nullptr : BIO_new(method);
  if (bio == nullptr) return false;
  BIO_set_data(bio, &with);
  SSL_set_bio(&connection, bio, bio);
  return true;
}

}  // namespace musubi::tls
