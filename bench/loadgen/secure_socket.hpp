#pragma once
/// TLS over a client's socket.

#include <span>
#include <string_view>
#include <sys/types.h>

struct ssl_st;
struct ssl_ctx_st;

namespace loadgen {

/// What all of them share. Certificates are not verified.
class secure_sockets {
 public:
  secure_sockets() noexcept = default;
  ~secure_sockets();
  secure_sockets(const secure_sockets&) = delete;
  secure_sockets& operator=(const secure_sockets&) = delete;

 private:
  friend class secure_socket;
  ssl_ctx_st* context_ = nullptr;  // made by the first
};

/// One record is read at a time, and none is left in memory that epoll does not know.
class secure_socket {
 public:
  secure_socket() noexcept = default;
  ~secure_socket();
  secure_socket(const secure_socket&) = delete;
  secure_socket& operator=(const secure_socket&) = delete;

  [[nodiscard]] explicit operator bool() const noexcept { return connection_ != nullptr; }
  /// Makes the handshake over a connected socket, waiting for it. Ends the program if it fails.
  void open(secure_sockets& shared, int socket);
  /// Waits until all is written. Ends the program if that fails.
  void write(std::string_view bytes);
  /// As `recv`: 0 at the end, or -1 with EAGAIN in `errno` if no record is complete. `into` has
  /// room for a record.
  [[nodiscard]] ssize_t read(std::span<char> into);

 private:
  ssl_st* connection_ = nullptr;
};

}  // namespace loadgen
