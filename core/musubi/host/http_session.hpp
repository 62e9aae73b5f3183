#pragma once
/// A stream that speaks HTTP: serves files and metrics, or becomes a WebSocket.

#include <cstddef>
#include <cstdint>
#include <optional>
#include <span>
#include <string_view>

#include <musubi/async/member_job.hpp>
#include <musubi/async/timer.hpp>
#include <musubi/host/pace.hpp>
#include <musubi/memory/intrusive_list.hpp>
#include <musubi/net/http_head.hpp>
#include <musubi/net/request_refusal.hpp>
#include <musubi/net/response.hpp>
#include <musubi/net/stream.hpp>

namespace musubi {

class connection;
class host_core;
class request_sender;
class session;
struct peer;

class http_session;

/// How an upgrade is put to the application's socket. A host has this, and what it needs is linked,
/// only where the socket has a function for it: `handle_connect` or `load_session`.
struct socket_questions {
  std::size_t (http_session::*token)(const net::http::head&, const request_sender&,
                                     std::optional<std::string_view>&) noexcept;
  std::size_t (http_session::*connect)(const net::http::head&, const request_sender&,
                                       std::optional<std::string_view>, connection&) noexcept;
};

/// From the accepted stream to its end or its upgrade. A request whose head came in one read and
/// whose answer left in one write is done within `on_readable`, with a read buffer that it gives
/// back there:
///
///   reading ---- head is whole ----> answering --- all taken ---> nothing, lingering, or a session
///      ^  \--- more is to come --+       |                           |
///      |   <---------------------+       +--- only a part taken --> sending
///      +------------------- the next request ------------------------+
class http_session final : public link, public net::stream_user {
 public:
  /// Serves `stream` from now on. `sender` is who it counts for; null: nobody.
  http_session(host_core& host, net::stream& stream, peer* sender) noexcept;
  ~http_session();

  /// True between two requests.
  [[nodiscard]] bool idle() const noexcept { return doing_ == doing::nothing; }
  [[nodiscard]] bool holds_buffer() const noexcept { return buffer_ != nullptr; }
  /// True while it waits for a read buffer; `read_again` when there may be one.
  [[nodiscard]] bool wants_buffer() const noexcept { return wants_buffer_; }
  void read_again() noexcept;
  static const socket_questions ask_socket;
  [[nodiscard]] const net::stream* stream() const noexcept { return stream_; }
  /// From when on it may have to make room for others: of several, the first of these times goes.
  /// Between two requests before all others, since that costs the client nothing but a new
  /// connection; then those that are due of peers that have more than their share. A head has
  /// `patience` to arrive; an answer is to be taken at a good rate and without long pauses. Never
  /// while it is the host's turn.
  [[nodiscard]] time_point yields_at(duration patience) const noexcept;

 private:
  /// What the client is to do next.
  enum class doing : std::uint8_t {
    reading,    ///< send a request head; a fresh connection may be silent before it
    nothing,    ///< send another, or leave
    answering,  ///< wait for us
    sending,    ///< take the answer, which it does not take as fast as it could be sent
    lingering,  ///< leave: the answer is out
    gone,       ///< it has left: the run queue releases this
  };
  /// What follows when the answer is out.
  enum class then : std::uint8_t { linger, next_request, more_metrics, start_session };

  void on_readable() noexcept override;
  void on_writable() noexcept override { go_on(); }
  void take_turn() noexcept;

  void begin(doing what, duration limit) noexcept;
  void expire() noexcept;
  void finish() noexcept;
  /// Looks whether the head is whole, and answers it then.
  void process() noexcept;
  void answer(const net::http::head& request) noexcept;
  void answer_metrics(bool head_only) noexcept;
  /// Answers an upgrade with 101, or says why not.
  void upgrade(const net::http::head& request) noexcept;
  /// Sends the first `head` bytes of `answer_room`, then `body`.
  void send(std::size_t head, then next, std::span<const unsigned char> body = {}) noexcept;
  /// Sends what is left, and does what follows.
  void go_on() noexcept;
  /// False when the client did not take all of it.
  [[nodiscard]] bool sent(std::span<const std::byte>& rest) noexcept;
  void next_request() noexcept;
  void start_session() noexcept;
  void linger() noexcept;

  // Each writes its refusal into `answer_room` and answers its size; 0: nothing to refuse.
  /// A request that was not understood, or is for another server.
  std::size_t screen(const net::http::head_outcome& outcome,
                     const net::http::head& request) noexcept;
  /// An upgrade that no session is made for; else `admitted` is that session.
  std::size_t admit(const net::http::head& request, session*& admitted,
                    std::string_view& protocol) noexcept;
  std::size_t refuse_origin(const net::http::head& request) noexcept;
  /// A malformed token, or a peer that has tried too many wrong ones.
  std::size_t read_token(const net::http::head& request, const request_sender& sender,
                         std::optional<std::string_view>& token) noexcept;
  std::size_t refuse_attempt(const net::http::head& request, const request_sender& sender) noexcept;
  /// What the application's socket refuses.
  std::size_t connect(const net::http::head& request, const request_sender& sender,
                      std::optional<std::string_view> token, connection& phoenix) noexcept;
  struct rejection {
    net::http::request_refusal::cause why;
    std::uint16_t status;
    std::string_view reason;        // static; empty: an empty body
    net::http::sentence body = {};  // more than the reason, when there is more to say
    std::uint32_t retry_after = 0;  // of 503 the host's own
    bool silent = false;            // the reason is not for the client
  };
  std::size_t refuse(const net::http::head* request, const rejection& what) noexcept;
  std::size_t refuse(const net::http::head& request, net::http::request_refusal::cause why,
                     std::uint16_t status, std::string_view reason) noexcept;

  [[nodiscard]] std::span<char> answer_room() noexcept;
  void release_buffer() noexcept;

  host_core& host_;
  net::stream* stream_;
  peer* sender_;
  session* admitted_ = nullptr;  // of an upgrade whose 101 is not out yet
  std::byte* buffer_ = nullptr;
  std::uint32_t filled_ = 0;
  std::uint32_t consumed_ = 0;  // of them by the request that is answered
  net::http::head_progress progress_;
  std::span<const std::byte> head_;  // to be sent: in `answer_room`
  std::span<const std::byte> body_;
  std::string_view path_;  // of an upgrade
  std::uint32_t metrics_line_ = 0;
  pace pace_;  // of what it is doing
  doing doing_ = doing::reading;
  then then_ = then::linger;
  bool asks_why_ = false;  // the request is no upgrade: a page wants to know why its socket failed
  bool wants_buffer_ = false;
  member_job<&http_session::take_turn> turn_{*this};
  member_job<&http_session::expire> expired_{*this};
  timer deadline_{expired_};
};

}  // namespace musubi
