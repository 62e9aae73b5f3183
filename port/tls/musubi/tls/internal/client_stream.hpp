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
#include <musubi/net/stream.hpp>
#include <musubi/tls/internal/network_bio.hpp>
#include <musubi/tls/trust.hpp>

struct ssl_st;

namespace musubi::tls {

class client_stream final : public net::stream, public net::stream_user, public network_side {
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

  net::io_result try_read(std::span<std::byte> into) noexcept override;
  net::io_result try_write(std::span<const std::byte> from) noexcept override;
  void want_read() noexcept override;
  void want_write() noexcept override;
  void shutdown_write() noexcept override;
  void close() noexcept override;
  std::size_t peer(std::span<char> into) const noexcept override { return network_->peer(into); }

  // --- for OpenSSL ---
  net::io_result from_network(std::span<std::byte> into) noexcept override;
  net::io_result to_network(std::span<const std::byte> from) noexcept override;

 private:
  enum class state : std::uint8_t { idle, shaking, open, ended };

  void on_readable() noexcept override;
  void on_writable() noexcept override;
  [[nodiscard]] bool expect_name() noexcept;
  void step() noexcept;
  /// OpenSSL has reported an error that ends the connection.
  void fails() noexcept;
  /// Nothing more can be moved: tells the user.
  void end() noexcept;
  void tell() noexcept;
  /// Tells the user in a moment: never from within one of its calls.
  void tell_soon() noexcept;
  /// Sends what is kept; true if nothing is left, or nothing can be sent any more.
  bool flush() noexcept;
  /// The same, and waits for the network if something is left.
  void push_out() noexcept;

  runtime& loop_;
  const trust& trusted_;
  std::string name_;
  net::stream* network_ = nullptr;
  ssl_st* ssl_ = nullptr;
  text<127> why_;
  member_job<&client_stream::tell> tell_job_{*this};
  member_job<&client_stream::finish> late_job_{*this};
  timer linger_timer_{late_job_};
  std::uint32_t begin_ = 0;  // of what is kept
  std::uint32_t end_ = 0;
  std::uint32_t may_read_ = 0;  // in this call of OpenSSL's
  state state_ = state::idle;
  bool reads_ = false;  // the user waits for it
  bool writes_ = false;
  bool drained_ = true;  // OpenSSL has nothing without the network
  bool broken_ = false;  // the network takes nothing any more
  bool shut_ = false;
  bool lingering_ = false;
  std::array<std::byte, 16384 + 2048> unsent_;
};

}  // namespace musubi::tls
