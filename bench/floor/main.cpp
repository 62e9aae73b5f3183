/// The floor of the measurements: bare epoll and prepared answers, without parsing.
///
/// It does the least that any server must do: one read, and one write that answers every frame of
/// that read with a reply and a patch of the right size. A binary frame is a tick: its sender gets
/// a reply, and every other client a patch. With a certificate it does so over TLS, with the
/// settings of the host.

#include <algorithm>
#include <arpa/inet.h>
#include <cstdint>
#include <cstdio>
#include <cstdlib>
#include <cstring>
#include <netinet/in.h>
#include <netinet/tcp.h>
#include <string>
#include <string_view>
#include <sys/epoll.h>
#include <sys/resource.h>
#include <sys/socket.h>
#include <unistd.h>
#include <utility>
#include <vector>

#include <musubi/hosted/bind_address.hpp>
#include <musubi/hosted/command_line.hpp>
#if defined(MUSUBI_HAS_TLS)
#include <openssl/err.h>
#include <openssl/ssl.h>

#include <musubi/tls/identity.hpp>
#endif

namespace {

constexpr std::string_view handshake_answer =
    "HTTP/1.1 101 Switching Protocols\r\nUpgrade: websocket\r\nConnection: Upgrade\r\n"
    "Sec-WebSocket-Accept: s3pPLMBiTxaQ9kYGzzhZRbK+xOo=\r\n\r\n";

std::string frame(std::string_view text) {
  std::string made(1, '\x81');
  if (text.size() < 126) {
    made += static_cast<char>(text.size());
  } else {
    made += '\x7e';
    made += static_cast<char>(text.size() >> 8U);
    made += static_cast<char>(text.size() & 0xFFU);
  }
  return made.append(text);
}

const std::string reply = frame(
    R"(["1","12345","musubi:connection:App.Counter:c12","phx_reply",{"status":"ok","response":{}}])");
const std::string reply_and_patch =
    reply +
    frame(
        R"(["1",null,"musubi:connection:App.Counter:c12","patch",{"type":"patch",)"
        R"("root_id":"App.Counter:c12","base_version":12345,"version":12346,"ops":[{"op":"replace",)"
        R"("path":"/count","value":12345}],"stream_ops":[],"upload_ops":[],"events":[]}])");
const std::string push = frame(
    R"(["1",null,"musubi:connection:App.Sensor:c123","patch",{"type":"patch",)"
    R"("root_id":"App.Sensor:c123","base_version":1234,"version":1235,"ops":[{"op":"replace",)"
    R"("path":"/uptime","value":1234},{"op":"replace","path":"/temperature","value":23.4},)"
    R"({"op":"replace","path":"/humidity","value":45.6}],"stream_ops":[],"upload_ops":[],"events":[]}])");

[[noreturn]] void fail(const char* what) {
  std::perror(what);
  std::exit(1);
}

/// Size of the client's frame at the start of `bytes`. This load sends only whole frames.
std::size_t frame_size(std::string_view bytes) {
  const auto at = [&](std::size_t i) { return static_cast<unsigned char>(bytes[i]); };
  const std::size_t length = at(1) & 0x7FU;
  if (length != 126 || bytes.size() < 4) return 6 + length;
  return 8 + (std::size_t{at(2)} << 8U | at(3));
}

class floor_server {
 public:
  floor_server(const std::string& bound, std::uint16_t port, const std::string& certificate,
               const std::string& key)
      : epoll_(epoll_create1(0)) {
    if (!certificate.empty()) load(certificate, key);
    const int yes = 1;
    setsockopt(listener_, SOL_SOCKET, SO_REUSEADDR, &yes, sizeof yes);
    sockaddr_in address{};
    address.sin_family = AF_INET;
    address.sin_port = htons(port);
    if (inet_pton(AF_INET, bound.c_str(), &address.sin_addr) != 1) fail("not an IPv4 address");
    if (bind(listener_, reinterpret_cast<sockaddr*>(&address), sizeof address) != 0) fail("bind");
    if (listen(listener_, SOMAXCONN) != 0) fail("listen");
    watch(listener_);
    socklen_t size = sizeof address;
    (void)getsockname(listener_, reinterpret_cast<sockaddr*>(&address), &size);
    std::fprintf(stderr, "listening on %s://%s:%u/\n", certificate.empty() ? "http" : "https",
                 bound.c_str(), unsigned{ntohs(address.sin_port)});
  }

  void run() {
    epoll_event ready[1024];
    for (;;) {
      const int count = epoll_wait(epoll_, ready, std::size(ready), -1);
      for (int i = 0; i < count; ++i) {
        if (ready[i].data.fd == listener_) {
          take_client();
        } else {
          serve(ready[i].data.fd);
        }
      }
    }
  }

 private:
  void watch(int descriptor) {
    epoll_event interest{};
    interest.events = EPOLLIN;
    interest.data.fd = descriptor;
    if (epoll_ctl(epoll_, EPOLL_CTL_ADD, descriptor, &interest) != 0) fail("epoll_ctl");
  }

  void take_client() {
    const int client = accept4(listener_, nullptr, nullptr, SOCK_NONBLOCK);
    if (client < 0) return;
    const int yes = 1;
    setsockopt(client, IPPROTO_TCP, TCP_NODELAY, &yes, sizeof yes);
    const auto index = static_cast<std::size_t>(client);
    if (upgraded_.size() <= index) upgraded_.resize(index + 1);
    upgraded_[index] = false;
    secure(client);
    clients_.push_back(client);
    watch(client);
  }

  void serve(int client) {
    const ssize_t count = receive(client);
    if (count < 0) return;
    if (count == 0) return drop(client);
    if (!upgraded_[static_cast<std::size_t>(client)]) {
      upgraded_[static_cast<std::size_t>(client)] = true;
      return send_all_of(client, handshake_answer);
    }
    std::string_view rest(in_, static_cast<std::size_t>(count));
    std::size_t filled = 0;
    while (rest.size() >= 2 && sizeof out_ - filled >= reply_and_patch.size()) {
      const bool tick = (rest[0] & 0x0F) == 2;
      const std::string& answer = tick ? reply : reply_and_patch;
      if (tick) push_to_others(client);
      std::memcpy(out_ + filled, answer.data(), answer.size());
      filled += answer.size();
      rest.remove_prefix(std::min(rest.size(), frame_size(rest)));
    }
    send_all_of(client, {out_, filled});
  }

  void push_to_others(int sender) {
    for (const int client : clients_) {
      if (client != sender) send_all_of(client, push);
    }
  }

#if defined(MUSUBI_HAS_TLS)
  void load(const std::string& certificate, const std::string& key) {
    const std::string wrong = identity_.load(certificate, key);
    if (!wrong.empty()) fail(wrong.c_str());
  }
  void secure(int client) {
    if (identity_.generation() == 0) return;
    const auto index = static_cast<std::size_t>(client);
    if (secured_.size() <= index) secured_.resize(index + 1);
    SSL_CTX* const context = identity_.context();
    secured_[index] = SSL_new(context);
    SSL_CTX_free(context);
    SSL_set_fd(secured_[index], client);
    SSL_set_accept_state(secured_[index]);
  }
  void unsecure(int client) {
    if (identity_.generation() == 0) return;
    SSL_free(std::exchange(secured_[static_cast<std::size_t>(client)], nullptr));
  }
  /// Of what has come: its size; 0 at the end, -1 if there is nothing to answer.
  ssize_t receive(int client) {
    if (identity_.generation() == 0) return recv(client, in_, sizeof in_, 0);
    SSL* const connection = secured_[static_cast<std::size_t>(client)];
    int filled = 0;
    do {
      ERR_clear_error();
      const int count = SSL_read(connection, in_ + filled, static_cast<int>(sizeof in_) - filled);
      if (count <= 0) {
        if (SSL_get_error(connection, count) != SSL_ERROR_WANT_READ) return filled;
        break;
      }
      filled += count;
    } while (SSL_has_pending(connection) != 0);
    return filled == 0 ? -1 : filled;
  }
  void send_all_of(int client, std::string_view bytes) {
    if (identity_.generation() == 0) {
      (void)::send(client, bytes.data(), bytes.size(), MSG_NOSIGNAL);
    } else {
      (void)SSL_write(secured_[static_cast<std::size_t>(client)], bytes.data(),
                      static_cast<int>(bytes.size()));
    }
  }
#else
  [[noreturn]] static void load(const std::string&, const std::string&) {
    fail("this build has no TLS");
  }
  static void secure(int) {}
  static void unsecure(int) {}
  ssize_t receive(int client) {
    return recv(client, in_, sizeof in_, 0);
  }
  static void send_all_of(int client, std::string_view bytes) {
    (void)::send(client, bytes.data(), bytes.size(), MSG_NOSIGNAL);
  }
#endif

  void drop(int client) {
    unsecure(client);
    ::close(client);
    for (int& each : clients_) {
      if (each != client) continue;
      each = clients_.back();
      return clients_.pop_back();
    }
  }

  int listener_ = socket(AF_INET, SOCK_STREAM, 0);
  int epoll_;
  std::vector<int> clients_;
  std::vector<bool> upgraded_;  // by descriptor
#if defined(MUSUBI_HAS_TLS)
  musubi::tls::identity identity_;
  std::vector<SSL*> secured_;  // by descriptor
#endif
  char in_[65536];
  char out_[65536 * 8];  // an answer is less than eight times as long as its command
};

}  // namespace

int main(int argc, char** argv) {
  std::string bind = "127.0.0.1";
  std::uint16_t port = 4101;
  std::string certificate;
  std::string key;
  musubi::program::read(
      argc, argv, "The physical floor: what a server without a runtime costs.",
      {{"--bind ADDRESS", bind, musubi::program::take_address, "listen on this IPv4 address", bind},
       {"--port NUMBER", port, "listen on this port; 0: any free port"},
       {"--certificate FILE", certificate, "speak TLS, with this certificate (PEM)"},
       {"--key FILE", key, "the private key of the certificate (PEM)"}});
  rlimit descriptors{};
  getrlimit(RLIMIT_NOFILE, &descriptors);
  descriptors.rlim_cur = descriptors.rlim_max;
  (void)setrlimit(RLIMIT_NOFILE, &descriptors);
  static floor_server server(bind, port, certificate, key);
  server.run();
}
