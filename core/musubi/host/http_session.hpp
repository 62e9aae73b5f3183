#pragma once
/// A stream that speaks HTTP: serves files and metrics, or becomes a WebSocket.

#include <coroutine>
#include <cstddef>
#include <cstdint>
#include <optional>
#include <span>
#include <string_view>

#include <musubi/async/task.hpp>
#include <musubi/host/pace.hpp>
#include <musubi/memory/intrusive_list.hpp>
#include <musubi/net/http_head.hpp>
#include <musubi/net/request_refusal.hpp>
#include <musubi/net/response.hpp>
#include <musubi/net/stream.hpp>

namespace musubi {

class connect_info;
class connection;
class host_core;
class session;
struct peer;

/// One coroutine, from the accepted stream to its end or its upgrade.
class http_session final : public link, public net::stream_user {
 public:
  /// `sender` is who it counts for; null: nobody.
  http_session(host_core& host, net::stream& stream, peer* sender) noexcept;
  ~http_session();

  /// Starts serving; false when there is no coroutine frame left for it.
  [[nodiscard]] bool start() noexcept;
  /// True between two requests.
  [[nodiscard]] bool idle() const noexcept { return doing_ == doing::nothing; }
  [[nodiscard]] bool holds_buffer() const noexcept { return buffer_ != nullptr; }
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
  };
  /// What `co_await readable()` and `co_await writable()` wait on.
  struct readiness {
    http_session* owner;
    bool write;
    bool await_ready() const noexcept { return false; }
    void await_suspend(std::coroutine_handle<> self) const noexcept;
    void await_resume() const noexcept {}
  };
  /// What `co_await turn_of_others()` waits on: the next turn.
  struct next_turn {
    http_session* owner;
    bool await_ready() const noexcept { return false; }
    void await_suspend(std::coroutine_handle<> self) const noexcept;
    void await_resume() const noexcept {}
  };
  struct action : job {
    action(http_session& owner, function body) noexcept : job(body), session_(&owner) {}
    http_session* session_;
  };

  void on_readable() noexcept override;
  void on_writable() noexcept override;
  readiness readable() noexcept { return {this, false}; }
  next_turn turn_of_others() noexcept { return {this}; }
  readiness writable() noexcept { return {this, true}; }

  void begin(doing what, duration limit) noexcept;
  void expire() noexcept;
  task<> serve();
  task<bool> read_head(net::http::head& request, net::http::head_outcome& outcome);
  task<bool> send(std::span<const std::byte> bytes);
  task<bool> send_metrics(bool head_only);
  task<> linger();
  task<bool> answer(const net::http::head& request);
  /// Answers an upgrade; true when the stream has become a session's.
  task<bool> upgrade(const net::http::head& request, std::size_t consumed);

  // Each writes its refusal into `answer_room` and answers its size; 0: nothing to refuse.
  /// A request that was not understood, or is for another server.
  std::size_t screen(const net::http::head_outcome& outcome,
                     const net::http::head& request) noexcept;
  /// An upgrade that no session is made for; else `admitted` is that session.
  std::size_t admit(const net::http::head& request, session*& admitted,
                    std::string_view& protocol) noexcept;
  std::size_t refuse_origin(const net::http::head& request) noexcept;
  std::size_t read_token(const net::http::head& request, std::optional<std::string_view>& token,
                         std::string_view& protocol) noexcept;
  /// A peer that has tried too many wrong tokens.
  std::size_t refuse_attempt(const net::http::head& request, std::string_view client) noexcept;
  std::size_t connect(const net::http::head& request, connection& phoenix,
                      const connect_info& info) noexcept;
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
  std::byte* buffer_ = nullptr;
  std::size_t filled_ = 0;
  pace pace_;  // of what it is doing
  doing doing_ = doing::reading;
  resume_job ready_;
  action expired_;
  timer deadline_{expired_};
  action finished_;
  bool asks_why_ = false;  // the request is no upgrade: a page wants to know why its socket failed
  task<> work_;
};

}  // namespace musubi
