#pragma once
/// One connection with TLS that this program has opened: the user's stream over the port's.
///
///   idle --begin--> shaking --> open --> ended --close--> idle
///                                 \--close, with something to send--> lingering --> idle
///
/// What the network does not take is kept here, at most one record and an answer of the handshake;
/// the user may write again when all of it has left.

#include <array>
#include <cstddef>
#include <cstdint>
#include <span>
#include <string>
#include <string_view>

#include <musubi/async/internal/member_job.hpp>
#include <musubi/async/internal/timer.hpp>
#include <musubi/async/runtime.hpp>
#include <musubi/memory/text.hpp>
#include <musubi/tls/internal/record_stream.hpp>
#include <musubi/tls/trust.hpp>

namespace musubi::tls {

class client_stream final : public record_stream {
 public:
  client_stream(runtime& loop, const trust& trusted, std::string name) noexcept;
  ~client_stream() { finish(); }
  client_stream(const client_stream&) = delete;
  client_stream& operator=(const client_stream&) = delete;

  /// Begins anew over this stream of the network, and owns it. Returns false, and closes it, when
  /// OpenSSL has no memory.
  bool begin(net::stream& network) noexcept;
  /// Ends at once what `close` has left to be sent. No-op if there is nothing.
  void finish() noexcept;
  /// Why TLS has ended the latest connection, as a sentence; empty if it has not.
  [[nodiscard]] std::string_view why() const noexcept { return why_.view(); }

  void want_read() noexcept override;
  void want_write() noexcept override;
  void close() noexcept override;

 private:
  void on_readable() noexcept override;
  void on_writable() noexcept override;
  [[nodiscard]] bool expect_name() noexcept;
  void step() noexcept;
  void fails() noexcept override;
  [[nodiscard]] std::byte* allocate_block() noexcept override { return unsent_.data(); }
  void deallocate_block(std::byte*) noexcept override {}
  /// Nothing more can be moved: tells the user.
  void end() noexcept;
  void tell() noexcept;
  /// Tells the user in a moment: never from within one of its calls.
  void tell_soon() noexcept;

  runtime& loop_;
  const trust& trusted_;
  std::string name_;
  text<127> why_;
  member_job<&client_stream::tell> tell_job_{*this};
  member_job<&client_stream::finish> late_job_{*this};
  timer linger_timer_{late_job_};
  std::array<std::byte, unsent_bytes> unsent_;
};

}  // namespace musubi::tls
