#include <asio/io_context.hpp>
#include <asio/ip/host_name.hpp>
#include <asio/ip/tcp.hpp>
#include <asio/local/stream_protocol.hpp>
#include <sys/stat.h>
#include <sys/un.h>
#include <unistd.h>

#include <musubi/asio/internal/listener.hpp>

namespace musubi::asio {

namespace {

using ::asio::error_code;

/// Removes the socket that a crashed program left behind, but never one that is still being served.
void remove_stale(const std::string& path) {
  struct stat status {};
  if (::lstat(path.c_str(), &status) != 0 || !S_ISSOCK(status.st_mode)) return;
  ::asio::io_context context;
  ::asio::local::stream_protocol::socket probe(context);
  error_code error;
  probe.connect(::asio::local::stream_protocol::endpoint(path), error);
  if (error == ::asio::error::connection_refused) ::unlink(path.c_str());
}

template <class Protocol>
listener open_on(const typename Protocol::endpoint& endpoint, [[maybe_unused]] bool shared) {
  ::asio::io_context context;
  typename Protocol::acceptor acceptor(context);
  listener opened;
  opened.family = endpoint.protocol().family();
  error_code& error = opened.error;
  acceptor.open(endpoint.protocol(), error);
  if (!error) acceptor.set_option(::asio::socket_base::reuse_address(true), error);
#if defined(SO_REUSEPORT)
  using reuse_port = ::asio::detail::socket_option::boolean<SOL_SOCKET, SO_REUSEPORT>;
  if (!error && shared) acceptor.set_option(reuse_port(true), error);
#endif
  if (!error) acceptor.bind(endpoint, error);
  if (!error) acceptor.listen(::asio::socket_base::max_listen_connections, error);
  if (error) return opened;
  if constexpr (requires { acceptor.local_endpoint().port(); }) {
    opened.port = acceptor.local_endpoint(error).port();
  }
  opened.socket = acceptor.release();
  return opened;
}

}  // namespace

std::string own_name() {
  error_code error;
  std::string name = ::asio::ip::host_name(error);
  return error ? std::string() : name;
}

std::string reason_of(const listener& failed) {
  return failed.not_an_address ? "not an IP address" : failed.error.message();
}

listener open_listener(const listen_address& address) {
  listener failed;
  if (!address.unix_path.empty()) {
    if (address.unix_path.size() >= sizeof(sockaddr_un::sun_path)) {  // an endpoint would throw
      failed.error = ::asio::error::name_too_long;
      return failed;
    }
    remove_stale(address.unix_path);
    return open_on<::asio::local::stream_protocol>(
        ::asio::local::stream_protocol::endpoint(address.unix_path), false);
  }
  const auto parsed = ::asio::ip::make_address(address.bind, failed.error);
  if (failed.error) {
    failed.not_an_address = true;
    return failed;
  }
  return open_on<::asio::ip::tcp>({parsed, address.port}, address.shared);
}

bool can_share(const listen_address& address) noexcept {
#if defined(SO_REUSEPORT)
  return address.unix_path.empty();
#else
  return false;
#endif
}

listening_socket duplicate(const listener& original) {
  return ::dup(original.socket);
}

void close_listener(const listener& original, const listen_address& address) noexcept {
  if (original.socket < 0) return;
  ::close(original.socket);
  if (!address.unix_path.empty()) ::unlink(address.unix_path.c_str());
}

}  // namespace musubi::asio
