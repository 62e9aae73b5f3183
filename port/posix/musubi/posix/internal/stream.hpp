#pragma once
/// One accepted socket as a stream of the core.

#include <musubi/async/internal/member_job.hpp>
#include <musubi/memory/intrusive_list.hpp>
#include <musubi/net/stream.hpp>
#include <musubi/posix/system.hpp>

namespace musubi::posix {

class loop;

/// Lives in the loop's pool from accept to close, in the list of streams that the loop waits for.
/// The loop records the result of `poll`; the user is notified from the host's run queue.
class stream final : public net::stream, public link {
 public:
  /// Owns `socket`.
  stream(loop& owner, int socket) noexcept : loop_(owner), socket_(socket) {}
  stream(const stream&) = delete;
  stream& operator=(const stream&) = delete;

  net::io_result try_read(std::span<std::byte> into) noexcept override;
  net::io_result try_write(std::span<const std::byte> from) noexcept override;
  void want_read() noexcept override { reading_ = true; }
  void want_write() noexcept override { writing_ = true; }
  void shutdown_write() noexcept override;
  void close() noexcept override;
  std::size_t peer(std::span<char> into) const noexcept override;

 private:
  friend class loop;
  /// The events to wait for, as for `poll`; 0 if none is requested.
  [[nodiscard]] short events() const noexcept;
  /// Records the result of `poll`.
  void became(short events) noexcept;
  void tell() noexcept;

  loop& loop_;
  sys::descriptor socket_;
  member_job<&stream::tell> ready_{*this};
  bool reading_ = false;  // requested by the user
  bool writing_ = false;
  bool readable_ = false;  // requested and ready: the user is about to be notified
  bool writable_ = false;
  bool starved_ = false;  // the system had no memory for the written data
};

}  // namespace musubi::posix
