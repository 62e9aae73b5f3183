#pragma once
/// One TCP connection of lwIP's as a stream of the core.

#include <lwip/pbuf.h>
#include <lwip/tcp.h>

#include <musubi/async/run_queue.hpp>
#include <musubi/memory/intrusive_list.hpp>
#include <musubi/net/stream.hpp>

namespace musubi::lwip {

class loop;

/// Lives in the loop's pool from the moment lwIP accepts it. lwIP's callbacks only note what
/// happened; the loop tells the user, from the host's run queue, once lwIP has returned.
///
/// What was received stays in lwIP's buffers until it is read, and until then the peer's window
/// stays that much smaller. What is written is copied to lwIP's heap and sent when the turn ends,
/// so that everything written in one turn leaves in as few segments as possible.
class stream final : public net::stream, public link {
 public:
  stream(loop& owner, tcp_pcb& accepted) noexcept;
  ~stream();
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
  struct readiness : job {
    explicit readiness(stream& owner) noexcept : job(&readiness::tell), owner_(&owner) {}
    static void tell(job& self) noexcept { static_cast<readiness&>(self).owner_->tell(); }
    stream* owner_;
  };

  static err_t on_received(void* self, tcp_pcb* pcb, pbuf* data, err_t error) noexcept;
  static void on_error(void* self, err_t error) noexcept;

  /// From now on lwIP calls nobody for this connection.
  void detach() noexcept;
  /// Closes; lwIP has ten seconds to get out what was taken.
  void let_go() noexcept;
  void keep(pbuf& data) noexcept;
  void drop_held() noexcept;
  [[nodiscard]] bool readable() const noexcept {
    return held_ != nullptr || ended_ || pcb_ == nullptr;
  }
  [[nodiscard]] bool writable() const noexcept { return pcb_ == nullptr || room() != 0; }
  /// Bytes that may be written now.
  [[nodiscard]] std::size_t room() const noexcept;
  /// True when there is something to tell the user.
  [[nodiscard]] bool due() const noexcept {
    return (reading_ && readable()) || (writing_ && writable());
  }
  void tell() noexcept;
  void send_written() noexcept;

  loop& loop_;
  tcp_pcb* pcb_;
  pbuf* held_ = nullptr;  // received, not read yet
  readiness ready_{*this};
  bool taken_ = false;  // by the host; until then it waits its turn
  bool reading_ = false;
  bool writing_ = false;
  bool ended_ = false;    // by the peer
  bool shut_ = false;     // by us
  bool starved_ = false;  // lwIP had no memory in this turn
  bool written_ = false;  // something waits for tcp_output
};

}  // namespace musubi::lwip
