#pragma once
/// A connection to another Musubi server: a board, a gateway, the original.

#include <cstdint>
#include <optional>
#include <span>
#include <string_view>

#include <musubi/async/internal/member_job.hpp>
#include <musubi/async/runtime.hpp>
#include <musubi/memory/block_pool.hpp>
#include <musubi/memory/internal/arena.hpp>
#include <musubi/net/connector.hpp>
#include <musubi/net/http/internal/upgrade_request.hpp>
#include <musubi/net/websocket/internal/client_side.hpp>
#include <musubi/remote/remote_limits.hpp>
#include <musubi/remote/remote_root.hpp>

namespace musubi {

/// Where a server is, and what it is told.
struct remote_address {
  std::string_view host;    ///< its authority, as in the URL: "192.0.2.7:4000"
  std::string_view target;  ///< path and query of its socket: "/socket" or "/socket?user=ada"
  /// A secret that the server asks for; it is not put into the URL.
  std::string_view token = {};
  /// How long a connection, a join and a command wait for their answer.
  duration timeout = std::chrono::seconds(10);
  /// How often the server is asked whether it is still there. It has as long again to answer: a
  /// server that vanishes without a word is noticed after at most twice this time.
  duration heartbeat = std::chrono::seconds(30);
};

/// One WebSocket, and the roots mounted over it. It connects when the first root is mounted, and
/// again, with growing pauses of at most five seconds, whenever it was lost (contract section
/// 1.5). Heartbeats tell that it was.
///
/// All its memory is given to the constructor, besides what wslay allocates there. Host's thread
/// only; its roots must be destroyed before it.
class remote_server final : private net::stream_user {
 public:
  /// Bytes of memory needed.
  [[nodiscard]] static std::size_t bytes(const remote_limits& limits) noexcept;
  /// `limits` have no `violation`. `memory` has `bytes(limits)` bytes and is aligned for any type.
  /// The views of `address`, the memory and `net` must outlive it; `loop` is the host's runtime.
  remote_server(runtime& loop, net::connector& net, const remote_address& address,
                const remote_limits& limits, std::byte* memory) noexcept;
  ~remote_server();
  remote_server(const remote_server&) = delete;
  remote_server& operator=(const remote_server&) = delete;

  /// True while the WebSocket is open.
  [[nodiscard]] bool connected() const noexcept { return phase_ == phase::open; }
  /// Why it is not connected, or why it was not the last time, as a sentence; empty at first.
  [[nodiscard]] std::string_view why() const noexcept { return why_.view(); }
  /// Connections that were opened.
  [[nodiscard]] std::uint32_t opened() const noexcept { return opened_; }
  [[nodiscard]] std::string_view host() const noexcept { return address_.host; }
  [[nodiscard]] const remote_limits& limits() const noexcept { return limits_; }

 private:
  friend class remote_call;
  friend class remote_root;
  enum class phase : std::uint8_t { idle, waiting, opening, upgrading, open };

  void on_readable() noexcept override;
  void on_writable() noexcept override;

  // --- roots and calls ---
  void add(remote_root& root) noexcept;
  [[nodiscard]] replica_tools tools() noexcept { return {&tree_, text_}; }
  [[nodiscard]] std::uint32_t next_ref() noexcept { return ++refs_; }
  /// Sends `[join_ref,ref,topic,event,payload]`; false if it does not fit, or nothing is connected.
  template <class Payload>
  bool push(const remote_root& root, std::uint32_t ref, std::string_view event,
            Payload&& payload) noexcept {
    if (phase_ != phase::open) return false;
    json::buffer_output to = begin_text();
    json::writer out(to);
    out.raw("[\"");
    out.number(root.join_ref_);
    out.raw("\",\"");
    out.number(ref);
    out.raw("\",");
    root.write_topic(out);
    out.raw(",\"");
    out.raw(event);
    out.raw("\",");
    payload(out);
    out.raw(']');
    return end_text(to);
  }
  [[nodiscard]] std::uint32_t calls_under_way() noexcept;
  /// Ends the calls of `root`, or all.
  void end_calls(const remote_root* root, std::string_view why) noexcept;
  /// The server has answered: the next connection may follow soon.
  void answered() noexcept { tries_ = 0; }

  // --- the connection ---
  void connect() noexcept;
  void on_timer() noexcept;
  void on_broken() noexcept;
  void request_upgrade() noexcept;
  void lose(std::string_view why, std::string_view more = {},
            remote_status now = remote_status::reconnecting) noexcept;
  /// The stream has ended; `why` is what to say if the network says nothing.
  void ended(std::string_view why) noexcept;
  void protocol_error(std::uint16_t code, std::string_view why) noexcept;
  void process() noexcept;
  bool process_answer() noexcept;
  bool process_frame() noexcept;
  void drop_front(std::size_t begin, std::size_t count) noexcept;
  void on_message(std::span<char> text) noexcept;
  void on_close(std::span<const std::byte> payload) noexcept;
  void beat() noexcept;
  /// Room for a message in the buffer of what is to be sent; `end_text` sends it, or forgets it and
  /// returns false if it did not fit.
  [[nodiscard]] json::buffer_output begin_text() noexcept;
  bool end_text(const json::buffer_output& text) noexcept;
  bool send_control(net::websocket::opcode op, std::span<const std::byte> payload) noexcept;
  void flush() noexcept;

  runtime& loop_;
  net::connector& net_;
  remote_address address_;
  remote_limits limits_;
  std::span<std::byte> in_;
  std::span<std::byte> out_;
  std::span<char> text_;
  arena tree_;
  block_pool blocks_;
  net::websocket::frame_writer frames_;
  net::http::websocket_key key_{};
  net::stream* stream_ = nullptr;
  intrusive_list<remote_root> roots_;
  intrusive_list<remote_call> calls_;
  member_job<&remote_server::on_timer> timer_job_{*this};
  timer timer_{timer_job_};
  member_job<&remote_server::on_broken> broken_job_{*this};
  std::size_t filled_ = 0;     // bytes in in_
  std::size_t assembled_ = 0;  // of these, the message so far; then what was not looked at
  std::size_t to_send_ = 0;    // bytes in out_
  std::size_t sent_ = 0;       // of these
  remote_reason why_;
  std::uint32_t refs_ = 0;
  std::uint32_t heartbeat_ = 0;  // ref of the one that was not answered yet
  std::uint32_t opened_ = 0;
  std::uint8_t tries_ = 0;
  phase phase_ = phase::idle;
  bool in_message_ = false;
};

}  // namespace musubi
