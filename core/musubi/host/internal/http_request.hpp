#pragma once
/// A request for a file, the metrics or a WebSocket, and those that follow it on the same stream.

#include <cstddef>
#include <cstdint>
#include <optional>
#include <span>
#include <string_view>

#include <musubi/async/internal/member_job.hpp>
#include <musubi/async/internal/timer.hpp>
#include <musubi/host/internal/pace.hpp>
#include <musubi/memory/internal/left_out.hpp>
#include <musubi/memory/intrusive_list.hpp>
#include <musubi/net/http/internal/head.hpp>
#include <musubi/net/http/internal/response.hpp>
#include <musubi/net/http/request_refusal.hpp>
#include <musubi/net/stream.hpp>

namespace musubi {

class connection;
class host_core;
class request_sender;
class websocket;
class status;
struct get_answer;
struct get_call;
struct get_response;
struct get_route;
struct peer;

class http_request;

/// How an upgrade is passed to the application's socket. A host has this, and its code is linked,
/// only if the socket has `handle_connect` or `load_session`.
struct socket_questions {
  std::size_t (http_request::*token)(const net::http::head&, const request_sender&,
                                     std::optional<std::string_view>&) noexcept;
  std::size_t (http_request::*connect)(const net::http::head&, const request_sender&,
                                       std::optional<std::string_view>, connection&) noexcept;
};

/// From the accepted stream to its end or its upgrade. A request whose head came in one read and
/// whose answer left in one write is done within `on_readable`, with a read buffer that it gives
/// back there:
///
///   reading ---- head is whole ----> answering --- all taken ---> nothing, lingering, or a
///   WebSocket
///      ^  \--- more is to come --+       |                           |
///      |   <---------------------+       +--- only a part taken --> sending
///      +------------------- the next request ------------------------+
class http_request final : public link, public net::stream_user {
 public:
  /// Serves `stream`. It counts toward the shares of `sender`, if that is not null.
  http_request(host_core& host, net::stream& stream, peer* sender) noexcept;
  ~http_request();

  /// True between two requests.
  [[nodiscard]] bool idle() const noexcept { return doing_ == doing::nothing; }
  [[nodiscard]] bool holds_buffer() const noexcept { return buffer_ != nullptr; }
  /// True while it waits for a read buffer; call `read_again` when there may be one.
  [[nodiscard]] bool wants_buffer() const noexcept { return wants_buffer_; }
  void read_again() noexcept;
  static const socket_questions ask_socket;
  // for the table of a host with gets: get_response.cpp
  static bool answer_get(http_request& of, const net::http::head& request) noexcept;
  static bool more_of_get(http_request& of) noexcept;
  static void end_get(http_request& of) noexcept { of.end_get(); }
  /// Asks the socket of `visitor` whether it may have what it asks for. Returns 0, or the size of a
  /// refusal.
  std::size_t let_in(const get_call& call, connection& visitor) noexcept;
  [[nodiscard]] const net::stream* stream() const noexcept { return stream_; }
  /// The time from which it may be closed to make room for others; the earliest is closed first. A
  /// client between two requests comes before all others, because it loses only a connection; then
  /// late clients of peers that use more than their share. A head has `patience` to arrive; an
  /// answer must be read at a good rate and without long pauses. Never while the host has to act.
  [[nodiscard]] time_point yields_at(duration patience) const noexcept;

 private:
  /// What the client has to do next.
  enum class doing : std::uint8_t {
    reading,    ///< send a request head; a new connection may be silent before it
    nothing,    ///< send another, or leave
    answering,  ///< wait for the host
    sending,    ///< read the answer, which it reads more slowly than it is sent
    lingering,  ///< close, because the answer is complete
    gone,       ///< nothing: it has closed, and the run queue releases this
  };
  /// What follows when the answer has been sent.
  enum class then : std::uint8_t {
    linger,
    next_request,
    more_metrics,
    more_of_get,
    start_websocket
  };

  /// What the socket is asked for.
  enum class asking : std::uint8_t {
    upgrade,
    why,      ///< a plain GET of its path: a page wants to know why its socket failed
    content,  ///< a get of the application's
  };

  void on_readable() noexcept override;
  void on_writable() noexcept override { go_on(); }
  void take_turn() noexcept;

  void begin(doing what, duration limit) noexcept;
  void expire() noexcept;
  void finish() noexcept;
  /// Answers the request if its head is complete.
  void process() noexcept;
  // These return true if an answer is prepared, which `go_on` sends.
  [[nodiscard]] bool respond() noexcept;
  [[nodiscard]] bool answer(const net::http::head& request) noexcept;
  void answer_metrics(bool head_only) noexcept;

  // also there
  /// Answers with what the application's object gives, or with its refusal.
  void open_get(const get_route& route, const net::http::head& request,
                std::span<std::string_view> segments) noexcept;
  void refuse_get(const net::http::head& request, const get_answer& answer,
                  const status& why) noexcept;
  void send_get(const net::http::head& request, get_answer& answer) noexcept;
  [[nodiscard]] std::uint32_t retry_after_of(const get_answer& answer) const noexcept;
  /// No further response of several pieces may begin.
  [[nodiscard]] bool has_no_room_for_download() noexcept;
  [[nodiscard]] bool more_of_get() noexcept;
  void keep_pace() noexcept;
  [[nodiscard]] std::size_t read_piece(std::span<char> into, bool begun) noexcept;
  void end_get() noexcept;
  /// An answer without content, to a request that was read completely.
  void send_error(const net::http::head& request, std::uint16_t status,
                  net::http::sentence text) noexcept;
  /// Where a response is behind this; only in a host with gets.
  [[nodiscard]] get_response& response() noexcept;
  /// Prepares the answer to an upgrade: 101, or a refusal.
  void upgrade(const net::http::head& request) noexcept;
  /// The answer is the first `head` bytes of `answer_room`, then `body`.
  void prepare(std::size_t head, then next, std::span<const unsigned char> body = {}) noexcept;
  /// Sends an answer without body.
  void send(std::size_t head, then next) noexcept;
  /// Sends the rest, and then does what follows.
  void go_on() noexcept;
  /// Returns false if the client did not accept all of it.
  [[nodiscard]] bool sent(std::span<const std::byte>& rest) noexcept;
  void next_request() noexcept;
  void start_websocket() noexcept;
  void linger() noexcept;

  // Each writes its refusal to `answer_room` and returns its size; 0: not refused.
  /// Refuses a malformed request, or one for another server.
  std::size_t screen(const net::http::head_outcome& outcome,
                     const net::http::head& request) noexcept;
  /// Refuses an upgrade, or sets `admitted` to its WebSocket.
  std::size_t admit(const net::http::head& request, websocket*& admitted,
                    std::string_view& protocol) noexcept;
  std::size_t refuse_origin(const net::http::head& request) noexcept;
  /// Refuses a malformed token, and a peer that has tried too many wrong ones.
  std::size_t read_token(const net::http::head& request, const request_sender& sender,
                         std::optional<std::string_view>& token) noexcept;
  std::size_t refuse_attempt(const net::http::head& request, const request_sender& sender) noexcept;
  /// Refuses what the application's socket refuses.
  std::size_t connect(const net::http::head& request, const request_sender& sender,
                      std::optional<std::string_view> token, connection& phoenix) noexcept;
  struct rejection {
    net::http::request_refusal::cause why;
    std::uint16_t status;
    std::string_view reason = {};   // static; empty: an empty body
    net::http::sentence body = {};  // a longer text than the reason, if not empty
    std::uint32_t retry_after = 0;  // for 503, the host's own value
    bool silent = false;            // do not tell the client the reason
  };
  std::size_t refuse(const net::http::head* request, const rejection& what) noexcept;
  std::size_t refuse(const net::http::head& request, net::http::request_refusal::cause why,
                     std::uint16_t status, std::string_view reason) noexcept;
  /// For a cause of which one sentence is told.
  std::size_t refuse(const net::http::head& request,
                     net::http::request_refusal::cause why) noexcept;

  /// Null where it counts for no peer.
  [[nodiscard]] peer* from() const noexcept { return tracks_peers ? sender_ : nullptr; }
  [[nodiscard]] std::span<char> answer_room() noexcept;
  void release_buffer() noexcept;

  host_core& host_;
  net::stream* stream_;
  peer* sender_;
  websocket* admitted_ = nullptr;  // of an upgrade whose 101 has not been sent completely
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
  asking asking_ = asking::upgrade;
  bool wants_buffer_ = false;
  member_job<&http_request::take_turn> turn_{*this};
  member_job<&http_request::expire> expired_{*this};
  timer deadline_{expired_};
};

}  // namespace musubi
