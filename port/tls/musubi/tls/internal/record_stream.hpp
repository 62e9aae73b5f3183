#pragma once
/// What the TLS streams of a host and of a client have in common.

#include <cstddef>
#include <cstdint>
#include <span>

#include <musubi/net/stream.hpp>
#include <musubi/tls/internal/network_bio.hpp>

struct ssl_st;

namespace musubi::tls {

/// Moves bytes between a user, OpenSSL's records and a stream of the network. Keeps what the
/// network did not take in a block, which the derived class provides. The derived class does the
/// handshake, and tells the user.
class record_stream : public net::stream, public net::stream_user, public network_side {
 public:
  /// Bytes of the block: the largest record, and an answer of the handshake besides.
  static constexpr std::size_t unsent_bytes = 16384 + 2048;

  net::io_result try_read(std::span<std::byte> into) noexcept final;
  net::io_result try_write(std::span<const std::byte> from) noexcept final;
  void shutdown_write() noexcept final;
  std::size_t peer(std::span<char> into) const noexcept final { return network_->peer(into); }

  // --- for OpenSSL ---
  net::io_result from_network(std::span<std::byte> into) noexcept override;
  net::io_result to_network(std::span<const std::byte> from) noexcept final;

 protected:
  enum class state : std::uint8_t { fresh, shaking, open, plain, ended };

  record_stream() noexcept = default;
  record_stream(const record_stream&) = delete;
  record_stream& operator=(const record_stream&) = delete;
  ~record_stream() = default;

  /// OpenSSL has reported an error that ends the connection.
  virtual void fails() noexcept = 0;
  /// A block of `unsent_bytes`; null if there is none.
  [[nodiscard]] virtual std::byte* allocate_block() noexcept = 0;
  virtual void deallocate_block(std::byte* block) noexcept = 0;

  [[nodiscard]] bool take_block() noexcept;
  void drop_block() noexcept;
  /// Sends what is kept; true if nothing is left, or nothing can be sent any more.
  bool flush() noexcept;
  /// The same, and waits for the network if something is left.
  void push_out() noexcept;
  /// Says close_notify, once, and does what `flush` does.
  bool take_leave() noexcept;

  net::stream* network_ = nullptr;
  ssl_st* ssl_ = nullptr;
  std::byte* block_ = nullptr;  // what is kept: [begin_, end_)
  std::uint32_t begin_ = 0;
  std::uint32_t end_ = 0;
  std::uint32_t may_read_ = 0;  // in this call of OpenSSL's
  state state_ = state::fresh;
  bool reads_ = false;  // the user waits for it
  bool writes_ = false;
  bool drained_ = true;  // OpenSSL has nothing without the network
  bool broken_ = false;  // the network takes nothing any more
  bool shut_ = false;
  bool lingering_ = false;
};

}  // namespace musubi::tls
