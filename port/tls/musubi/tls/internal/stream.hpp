#pragma once
/// One connection with TLS: the user's stream over the port's stream.
///
///   fresh --first byte--> shaking --> open ---> ended
///      \---------------> plain HTTP: answered with a redirect
///
/// OpenSSL reads and writes by `from_network` and `to_network`. What the network does not take is
/// kept in a block of the guard's pool, at most one record and an answer of the handshake; the user
/// may write again when it is empty. So OpenSSL never has to be asked to write the same again.

#include <cstddef>
#include <cstdint>
#include <span>

#include <musubi/async/clock.hpp>
#include <musubi/memory/internal/link_queue.hpp>
#include <musubi/memory/intrusive_list.hpp>
#include <musubi/net/tls/counters.hpp>
#include <musubi/tls/internal/record_stream.hpp>

namespace musubi::tls {

class guard;

class stream final : public record_stream, public link, public queue_link<stream> {
 public:
  stream(guard& owner, net::stream& network) noexcept;

  void want_read() noexcept override;
  void want_write() noexcept override;
  void close() noexcept override;

  // --- for the guard ---
  [[nodiscard]] bool closed() const noexcept { return network_ == nullptr; }
  [[nodiscard]] time_point since() const noexcept { return since_; }
  /// Does what it was queued for.
  void tell() noexcept;
  /// Ends a handshake that others need the room of; its user is told.
  void give_up() noexcept;
  /// Ends at once what `close` has left to be sent.
  void finish() noexcept;
  void renegotiation_refused() noexcept;

  // --- for OpenSSL ---
  net::io_result from_network(std::span<std::byte> into) noexcept override;

 private:
  void on_readable() noexcept override;
  void on_writable() noexcept override;
  /// Looks at the first byte, to know what the client speaks.
  void look() noexcept;
  void begin_handshake() noexcept;
  void step() noexcept;
  void opened() noexcept;
  void fails() noexcept override;
  void fails(failure why) noexcept;
  /// Nothing more can be moved: tells the user.
  void end() noexcept;
  void left_handshake() noexcept;
  void answer_plain() noexcept;
  void queue() noexcept;
  [[nodiscard]] std::byte* allocate_block() noexcept override;
  void deallocate_block(std::byte* block) noexcept override;

  guard& owner_;
  time_point since_;  // of its handshake, then of `close`
  std::byte first_{};
  bool has_first_ = false;
  bool counted_ = true;  // as a handshake
};

}  // namespace musubi::tls
