#pragma once
/// One host: its memory, its loop, its clients. The untyped half; see host.hpp for the
/// application's.

#include <cstddef>
#include <cstdint>
#include <span>
#include <string_view>

#include <musubi/async/event.hpp>
#include <musubi/async/internal/member_job.hpp>
#include <musubi/async/runtime.hpp>
#include <musubi/async/worker_pool.hpp>
#include <musubi/host/attempt_limiter.hpp>
#include <musubi/host/further_metrics.hpp>
#include <musubi/host/internal/backlog.hpp>
#include <musubi/host/internal/counters.hpp>
#include <musubi/host/internal/host_memory.hpp>
#include <musubi/host/internal/outbox.hpp>
#include <musubi/host/internal/peer_book.hpp>
#include <musubi/host/internal/pool_watch.hpp>
#include <musubi/host/internal/websocket_turns.hpp>
#include <musubi/host/limits.hpp>
#include <musubi/host/websocket.hpp>
#include <musubi/memory/internal/left_out.hpp>
#include <musubi/memory/internal/short_ways.hpp>
#include <musubi/memory/intrusive_list.hpp>
#include <musubi/net/http/asset.hpp>
#include <musubi/net/http/internal/head.hpp>
#include <musubi/net/http/trusted_proxies.hpp>
#include <musubi/net/port.hpp>
#include <musubi/net/stream.hpp>
#include <musubi/net/websocket/internal/frame.hpp>
#include <musubi/store/page/internal/resources.hpp>

namespace musubi {

class connection;
class host_core;
class http_request;
class websocket;
struct routes;
struct socket_questions;

/// A WebSocket of an application's own, beside the channels: what `/path` becomes when upgraded.
struct plain_endpoint {
  std::string_view path;
  std::size_t bytes;  ///< of the WebSocket; on a board no more than a connection has
  websocket* (*make)(void* memory, host_core& host) noexcept;
};

/// The path of the metrics, and their writer, which is linked only if a program sets a path.
class metrics_route {
 public:
  constexpr metrics_route() noexcept = default;
  metrics_route(std::string_view path) noexcept;
  metrics_route(const char* path) noexcept : metrics_route(std::string_view(path)) {}
  [[nodiscard]] bool is(std::string_view requested) const noexcept {
    return !path_.empty() && path_ == requested;  // compared exactly, as by a proxy
  }
  /// Writes one part of the answer to a request for the metrics of `host`: the head of the HTTP
  /// response is part 0, each line is one; returns 0 after the last.
  std::size_t write(const host_core& host, std::size_t part, std::span<char> into) const noexcept {
    return write_(host, part, into);
  }

 private:
  std::string_view path_;
  std::size_t (*write_)(const host_core&, std::size_t, std::span<char>) noexcept = nullptr;
};

/// Options of a host. All views must outlive it.
struct host_options {
  /// phoenix.js connects to this path followed by "/websocket".
  std::string_view socket_path = "/socket";
  /// Path of the metrics in the Prometheus text format; empty: not served.
  metrics_route metrics_path = {};
  /// Origins whose pages may connect, for example "https://example.org", besides the one that
  /// matches Host.
  std::span<const std::string_view> allowed_origins = {};
  /// Whether to check an upgrade's Origin. Browsers always send one.
  bool check_origin = true;
  /// Host names to serve ("gateway.example"), without port, besides those that an attacker cannot
  /// own: addresses, and loopback names. Empty: the names of `device_name`. Requests for any other
  /// Host are refused with 403. Otherwise a page of an attacker's domain that resolves to this
  /// address (DNS rebinding) could read state, metrics and pages, and send commands.
  std::span<const std::string_view> allowed_hosts = {};
  /// The name of this machine or device: "gw.example.org" is also served as "gw" and "gw.local".
  /// Empty: the name that the port knows, unless it listens on loopback only.
  std::string_view device_name = {};
  /// Whether to check Host. Browsers always send one.
  bool check_host = true;
  /// Pages that may embed this host's pages in a frame: source expressions of the CSP's
  /// frame-ancestors, "'none'" or "'self' https://home.example".
  std::string_view frame_ancestors = net::http::default_frame_ancestors;
  /// Whether each peer address is limited to a share of the pools: see
  /// `limits::connections_per_peer` and those after it. Turn it off behind a proxy that is not one
  /// of `proxies`, because all clients then have its address. Ports of boards have no such shares.
  bool share_by_peer = true;
  /// Proxies in front of this host that are trusted to report client addresses.
  net::http::trusted_proxies proxies = {};
  /// Slows down guessing of tokens, see attempt_limiter.hpp. Must outlive the host. Null: off.
  attempt_table* attempts = nullptr;
  /// Identifies the version of the page that this program serves. Sent with each join, so that a
  /// page of an older program can reload itself. Empty: not sent.
  std::string_view build = {};
  std::span<const plain_endpoint> endpoints = {};
  /// Receives events of the host and its pages. Must outlive the host. See docs/telemetry.md.
  telemetry_option listener = {};
};

/// Creates connections with the application's socket type.
struct connection_type {
  connection* (*make)(void* memory, host_core& host) noexcept;
  const routes* routed = nullptr;          ///< the handlers of joins, events and gets
  const share_keeper* shares = nullptr;    ///< if clients have shares
  peer_book* peers = nullptr;              ///< if peer addresses have
  const socket_questions* asks = nullptr;  ///< if the socket may refuse upgrades
};

class host_core final : public net::service {
 public:
  /// `memory` must have `host_bytes(limits, sizes)` bytes, be aligned for any type, and outlive the
  /// host.
  host_core(net::port& port, const limits& configured, const host_sizes& sizes,
            const host_options& options, const connection_type& type, std::byte* memory) noexcept;
  ~host_core();
  host_core(const host_core&) = delete;
  host_core& operator=(const host_core&) = delete;

  // --- for the port ---
  [[nodiscard]] bool can_accept() const noexcept override;
  void accept(net::stream& fresh) noexcept override;
  /// Ends a connection between two requests, or else the request that has been slow for longest. If
  /// none has been slow for long enough, the port is asked to look again when one may have.
  void make_room() noexcept override;
  /// Runs what is ready; see runtime::poll.
  std::optional<time_point> poll() noexcept override;
  [[nodiscard]] runtime& loop() noexcept override { return loop_; }

  // --- for the application ---
  /// Files to serve.
  void assets(const net::http::asset_table& table) noexcept {
    assets_ = table;
    assets_.frame_ancestors = options_.frame_ancestors;
  }
  [[nodiscard]] const host_options& options() const noexcept { return options_; }
  /// Replaces `host_options::allowed_hosts`. The views must outlive the host. Host's thread only.
  void allow_hosts(std::span<const std::string_view> names) noexcept {
    options_.allowed_hosts = names;
  }
  /// Shuts down gracefully: accepts no further clients, closes all with 1012, and notifies the port
  /// when all have ended or `close_timeout` has passed. Does nothing where it is left out.
  void stop() noexcept override;
  [[nodiscard]] bool stopping() const noexcept { return can_stop && stopping_; }
  [[nodiscard]] const counters& counted() const noexcept { return counters_; }
  [[nodiscard]] std::uint32_t connected() const noexcept {
    return memory_.connections.metrics().used;
  }
  /// Writes one part of an answer with the metrics, see `metrics_route`.
  std::size_t write_metrics(std::size_t part, std::span<char> into) const noexcept;
  /// Calls `use(const pool_metrics&)` for every pool.
  template <class Use>
  void each_pool(Use&& use) const;
  /// Shows these among the metrics, too; they must outlive the host. Without an operating system it
  /// does nothing.
  void also_show(const further_metrics& more) noexcept { further_ = &more; }
  /// Calls `use(websocket&)` for every open one. It may end any of them: to close one sends what
  /// was written for others, who may be gone.
  template <class Use>
  void each_websocket(Use&& use) {
    websocket_list waiting;
    waiting.splice_back(open_);
    while (!waiting.empty()) {
      websocket& each = waiting.front();
      heard_of(each);  // back into its list, where it was
      use(each);
    }
  }

  // --- for WebSockets ---
  /// Counts a connection that is ended or refused. `reason` is the name of the limit, or a few
  /// words. Every such end is reported here; `whose` may be null.
  void note(tally counters::*counter, std::string_view reason, const net::stream* whose) noexcept;
  [[nodiscard]] counters& counted() noexcept { return counters_; }
  [[nodiscard]] const limits& configured() const noexcept { return limits_; }
  [[nodiscard]] outbox& box() noexcept { return outbox_; }
  [[nodiscard]] websocket_turns& turns() noexcept { return turns_; }
  /// The message that is being handled begins with `head` (`phoenix::frame::head`).
  void request_head(std::string_view head) noexcept { request_head_ = head; }
  /// That, if `ref` is a part of it; else empty.
  [[nodiscard]] std::string_view head_with(std::string_view ref) const noexcept {
    if constexpr (short_ways) {
      const std::string_view head = request_head_;
      const auto at = reinterpret_cast<std::uintptr_t>(ref.data());
      if (at - reinterpret_cast<std::uintptr_t>(head.data()) < head.size()) return head;
    }
    return {};
  }
  [[nodiscard]] net::websocket::frame_decoder& frames() noexcept { return frames_; }
  [[nodiscard]] backlog_pool& backlogs() noexcept { return memory_.backlogs; }
  [[nodiscard]] block_pool& drains() noexcept { return memory_.drains; }
  [[nodiscard]] receive_buffers& buffers() noexcept { return buffers_; }
  [[nodiscard]] block_pool& pages() noexcept { return memory_.pages; }
  [[nodiscard]] arena& decode_arena() noexcept { return memory_.decode; }
  [[nodiscard]] page_resources& for_pages() noexcept { return for_pages_; }
  [[nodiscard]] const routes& routed() const noexcept { return *type_.routed; }
  [[nodiscard]] void* socket_copy() const noexcept { return memory_.socket_copy; }
  [[nodiscard]] std::size_t read_bytes() const noexcept { return limits_.read_bytes; }
  [[nodiscard]] std::size_t large_bytes() const noexcept { return limits_.large_bytes(); }
  [[nodiscard]] std::size_t message_bytes() const noexcept { return limits_.message_bytes; }
  [[nodiscard]] std::string_view build() const noexcept { return options_.build; }
  [[nodiscard]] const metrics_route& metrics() const noexcept { return options_.metrics_path; }
  [[nodiscard]] const net::http::asset_table& assets() const noexcept { return assets_; }
  [[nodiscard]] std::uint32_t retry_after() const noexcept {
    return static_cast<std::uint32_t>(limits_.retry_after.count());
  }
  /// A WebSocket begins at `path`.
  [[nodiscard]] bool is_endpoint(std::string_view path) const noexcept;
  /// Whether a page of `origin` may connect although it is not this server's own.
  [[nodiscard]] bool origin_allowed(std::string_view origin) const noexcept;
  [[nodiscard]] bool host_allowed(const net::http::head& request) const noexcept;
  [[nodiscard]] bool observed() const noexcept { return listener() != nullptr; }
  /// The listener for events of this host, or null.
  [[nodiscard]] telemetry* listener() const noexcept { return for_pages_.observed.listener(); }
  /// Counts a refused request, and notifies the listener.
  void turned_away(const net::http::request_refusal& refused) noexcept;
  /// Makes the WebSocket for an upgrade of `path`; null when no slot is free. `phoenix` is set when
  /// it is a connection.
  [[nodiscard]] websocket* make_websocket(std::string_view path, connection*& phoenix) noexcept;
  /// Releases the slot of a WebSocket that was never started.
  void discard(websocket& unused) noexcept;
  /// Releases a WebSocket that has ended. Called from the run queue.
  void release(websocket& ended) noexcept;
  void release(http_request& ended) noexcept;
  /// A client is between two requests: it is closed if another one waits for its slot.
  void may_yield() noexcept {
    if (accepting_paused_) port_.resume_accepting();
  }
  /// The peers of this host; null if it does not track them.
  [[nodiscard]] peer_book* peers() const noexcept { return tracks_peers ? type_.peers : nullptr; }
  /// Lets the socket refuse upgrades; null if it has no function for that.
  [[nodiscard]] const socket_questions* questions() const noexcept { return type_.asks; }
  /// Calls `use(http_request&)` for every request under way.
  template <class Use>
  void each_request(Use&& use) noexcept {
    for (http_request& each : requests_) use(each);
  }
  /// The request that has to make room first, if before `at`, which is set to that time; or null.
  [[nodiscard]] http_request* first_request_to_yield(bool with_buffer, time_point& at) noexcept;
  /// Lets requests that wait for a read buffer try again.
  void requests_read_again() noexcept;
  /// Ends a request, because others need the resource of `limit`.
  void make_room_of(http_request& slow, std::string_view limit) noexcept;
  /// The WebSocket that has been silent for longest among those that satisfy `condition`; or null.
  template <class Condition>
  [[nodiscard]] websocket* first_websocket(Condition&& condition) noexcept {
    for (websocket_place& place : open_) {
      auto& each = static_cast<websocket&>(place);
      if (condition(each)) return &each;
    }
    return nullptr;
  }
  /// Ends the client that reads least, so that `other` gets its blocks of the backlog. Returns
  /// false if all clients make progress, or if it is `other` itself.
  [[nodiscard]] bool make_backlog_room(const websocket& other) noexcept;
  void heard_of(websocket& alive) noexcept;
  void closing(websocket& leaving) noexcept;
  /// Releases it later, from the run queue.
  void ended(websocket& gone) noexcept;
  /// Releases immediately what would be released from the run queue. Must not be called from a
  /// function of such an object.
  void release_ended() noexcept;

 private:
  void sweep() noexcept;
  void look_again() noexcept { port_.resume_accepting(); }
  [[nodiscard]] bool is_channel_socket(std::string_view path) const noexcept;
  void check_stopped() noexcept;
  /// Calls the functions of the listener that are called once a second.
  void tell_second() noexcept;
  [[nodiscard]] peer* sender_of(const net::stream& fresh) const noexcept;

  net::port& port_;
  limits limits_;
  host_options options_;
  connection_type type_;
  carver carver_;
  host_memory memory_;
  runtime loop_;
  websocket_turns turns_{loop_};
  receive_buffers buffers_{*this, memory_.read_buffers, memory_.large_messages};
  outbox outbox_;
  [[no_unique_address]] of_short_way<std::string_view> request_head_;
  net::websocket::frame_decoder frames_;
  counters counters_{};
  page_resources for_pages_;
#if defined(MUSUBI_TELEMETRY)
  pool_watch pools_;
#endif
  [[no_unique_address]] of_short_way<const further_metrics*> further_ = nullptr;
  net::http::asset_table assets_{};
  websocket_list open_;     // the WebSocket that has been silent for longest first
  websocket_list closing_;  // in the order of closing
  websocket_list ended_;
  intrusive_list<http_request> requests_;
  member_job<&host_core::sweep> sweep_{*this};
  timer sweep_timer_{sweep_};
  member_job<&host_core::look_again> look_again_{*this};
  timer room_timer_{look_again_};
  bool accepting_paused_ = false;
  bool stopping_ = false;
  bool stopped_ = false;
};

inline metrics_route::metrics_route(std::string_view path) noexcept
    : path_(path),
      write_([](const host_core& host, std::size_t part, std::span<char> into) noexcept {
        return host.write_metrics(part, into);
      }) {}

template <class Use>
void host_core::each_pool(Use&& use) const {
  const host_memory& m = memory_;
  const auto tell = [&use](const char* name, pool_metrics pool) {
    if constexpr (!short_ways) pool.name = name;
    use(pool);
  };
  tell("connections", m.connections.metrics());
  tell("requests", m.requests.metrics());
  tell("pages", m.pages.metrics());
  tell("subscriptions", m.subscriptions.metrics());
  tell("nodes", m.nodes.metrics());
  tell("asyncs", m.asyncs.metrics());
  tell("outgoing", m.outgoing.metrics());
  tell("uploads", m.uploads.metrics());
  tell("read_buffers", m.read_buffers.metrics());
  tell("large_messages", m.large_messages.metrics());
  tell("drains", m.drains.metrics());
  tell("backlog_blocks", m.backlogs.blocks.metrics());
  if (type_.peers != nullptr) use(type_.peers->metrics());
  tell("decode", m.decode.metrics());
  for (const block_pool& pool : m.mail.pools()) tell("mail", pool.metrics());
  for (const block_pool& pool : const_cast<runtime&>(loop_).frames().pools()) use(pool.metrics());
  use(loop_.posts().metrics());
  if (const worker_pool* const workers = loop_.workers()) use(workers->metrics());
  if (const further_metrics* const more = further_) {
    pool_metrics pool;
    for (std::size_t i = 0; more->pool(i, pool); ++i) use(pool);
  }
}

}  // namespace musubi
