#include <algorithm>

#include <musubi/host/host_core.hpp>
#include <musubi/host/internal/connection.hpp>
#include <musubi/host/internal/http_request.hpp>
#include <musubi/host/internal/upload_channel.hpp>
#include <musubi/host/websocket.hpp>
#include <musubi/net/http/authority.hpp>
#include <musubi/net/http/internal/host_name.hpp>
#include <musubi/net/http/internal/path.hpp>
#include <musubi/net/internal/peer_text.hpp>

namespace musubi {

namespace {
/// How often deadlines are checked, and how late they may be noticed.
constexpr duration sweep_interval = std::chrono::seconds(1);
constexpr std::uint16_t service_restart = 1012;
/// The same while a connection waits for room.
constexpr duration look_again_after = std::chrono::milliseconds(250);
/// The bytes of a chunk's message that are not the file's: the head, two refs, topic and event.
constexpr std::uint32_t chunk_frame_bytes = 96;
}  // namespace

host_core::host_core(net::port& port, const limits& configured, const host_sizes& sizes,
                     const host_options& options, const connection_type& type,
                     std::byte* memory) noexcept
    : port_(port),
      limits_(configured),
      options_(options),
      type_(type),
      carver_(memory),
      memory_(carver_, configured, sizes),
      loop_(carver_, configured.frames, port, configured.posts),
      outbox_(carver_, configured.transmit_bytes),
      for_pages_{.host = &loop_,
                 .mail = &memory_.mail,
                 .subscriptions = &memory_.subscriptions,
                 .nodes = &memory_.nodes,
                 .index = &memory_.index,
                 .asyncs = &memory_.asyncs,
                 .outgoing = &memory_.outgoing,
                 .decode = &memory_.decode,
                 .render = {memory_.render, memory_.render_bytes},
                 .counters = &counters_.pages,
                 .handler_timeout = configured.handler_timeout,
                 .mailbox = configured.mailbox,
                 .outgoing_per_page = configured.outgoing_per_page,
                 .subscriptions_per_page = configured.subscriptions_of_page(),
                 .shares = type.shares} {
#if defined(MUSUBI_TELEMETRY)
  for_pages_.observed = observer(options.listener, port);
#endif
  if (sizes.upload != 0) {
    for_pages_.uploads = new (memory_.upload_services)
        upload_services{.files = &memory_.uploads,
                        .meta_bytes = sizes.upload_meta,
                        .line_bytes = upload_channel::bytes(),
                        .name_bytes = configured.upload_name_bytes,
                        .chunk_bytes = configured.message_bytes - chunk_frame_bytes,
                        .per_page = configured.uploads_per_page,
                        .port = &port};
  }
  loop_.make_current();
  loop_.advance(port.now());
  loop_.arm_after(sweep_timer_, sweep_interval);
}

host_core::~host_core() {
  loop_.make_current();
  while (!requests_.empty()) release(requests_.front());
  while (!open_.empty()) open_.front().abort();
  while (!closing_.empty()) closing_.front().abort();
  release_ended();
}

void host_core::release_ended() noexcept {
  if (ended_.empty()) return;
  turns_.drop_ended();
  while (!ended_.empty()) release(ended_.front());
}

std::optional<time_point> host_core::poll() noexcept {
  if constexpr (short_ways) {
    loop_.poll(port_.now());
    outbox_.flush();
    return loop_.next();  // a client may not have taken it all
  } else {
    return loop_.poll(port_.now());
  }
}

bool host_core::can_accept() const noexcept {
  return !stopping() && !memory_.requests.exhausted();
}

void host_core::accept(net::stream& fresh) noexcept {
  loop_.make_current();
  loop_.advance(port_.now());
  ++counters_.accepted;
  auto* const request = make_in<http_request>(memory_.requests, *this, fresh, sender_of(fresh));
  if (request == nullptr) return fresh.close();
  requests_.push_back(*request);
  accepting_paused_ = !can_accept();
}

peer* host_core::sender_of(const net::stream& fresh) const noexcept {
  if (peers() == nullptr) return nullptr;
  // asked for at once: from its first byte on, a request counts for its peer. Whom a proxy speaks
  // for is known when the head is there, and differs from one to the next
  return peers()->find(fresh, options_.proxies);
}

http_request* host_core::first_request_to_yield(bool with_buffer, time_point& at) noexcept {
  // The more there are, the sooner each may be asked: a queue of thousands has to pass within a
  // second, a pool of two must not be taken from clients a few round trips away.
  const duration patience =
      std::chrono::microseconds(2'000'000U / std::max<std::uint32_t>(limits_.requests, 2));
  http_request* first = nullptr;
  for (http_request& each : requests_) {
    if (with_buffer && !each.holds_buffer()) continue;
    const time_point yields = each.yields_at(patience);
    if (yields >= at) continue;
    at = yields;
    first = &each;
  }
  return first;
}

void host_core::requests_read_again() noexcept {
  for (http_request& each : requests_) {
    if (each.wants_buffer()) each.read_again();
  }
}

void host_core::make_room_of(http_request& slow, std::string_view limit) noexcept {
  if (!slow.idle()) note(&counters::closed_for_room, limit, slow.stream());
  release(slow);
}

void host_core::make_room() noexcept {
  const time_point now = loop_.now();
  time_point at = time_point::max();
  http_request* const first = first_request_to_yield(false, at);
  if (at > now) return loop_.arm(room_timer_, std::min(at, now + look_again_after));
  make_room_of(*first, "requests");
}

bool host_core::make_backlog_room(const websocket& other) noexcept {
  websocket* first = nullptr;
  time_point at = time_point::max();
  for (websocket_place& place : open_) {
    auto& each = static_cast<websocket&>(place);
    const time_point yields = each.yields_backlog_at();
    if (yields >= at) continue;
    at = yields;
    first = &each;
  }
  if (first == nullptr || at > loop_.now() || first == &other) return false;
  note(&counters::closed_for_room, "backlog_blocks", first->stream());
  first->abort();
  return true;
}

void host_core::note(tally counters::*counter, std::string_view reason,
                     const net::stream* whose) noexcept {
  ++(counters_.*counter);
  if (telemetry* to = listener()) to->on_connection_dropped({net::peer_text(whose), reason});
}

void host_core::release(http_request& ended) noexcept {
  ended.unlink();
  destroy_in(memory_.requests, &ended);
  if (accepting_paused_ && can_accept()) {
    accepting_paused_ = false;
    port_.resume_accepting();
  }
  check_stopped();
}

bool host_core::is_channel_socket(std::string_view path) const noexcept {
  return net::http::same_path(path, options_.socket_path, "websocket");
}

bool host_core::is_endpoint(std::string_view path) const noexcept {
  if (is_channel_socket(path)) return true;
  for (const plain_endpoint& each : options_.endpoints) {
    if (net::http::same_path(path, each.path)) return true;
  }
  return false;
}

bool host_core::origin_allowed(std::string_view origin) const noexcept {
  if (!options_.check_origin || !net::http::present(origin)) return true;
  for (const std::string_view allowed : options_.allowed_origins) {
    if (allowed == origin) return true;
  }
  return false;
}

bool host_core::host_allowed(const net::http::head& request) const noexcept {
  // only HTTP/1.0, which no browser uses, has none
  if (!options_.check_host || !net::http::present(request.host)) return true;
  net::http::authority named;
  if (!net::http::read_authority(request.host, named)) return false;
  if (net::http::is_literal_address(named.host) || net::http::is_loopback_name(named.host)) {
    return true;
  }
  if (options_.allowed_hosts.empty()) {
    return net::http::is_name_of(named.host, options_.device_name);
  }
  for (const std::string_view allowed : options_.allowed_hosts) {
    if (net::http::same_name(named.host, allowed)) return true;
  }
  return false;
}

void host_core::turned_away(const net::http::request_refusal& refused) noexcept {
  using cause = net::http::request_refusal::cause;
  switch (refused.why) {
    case cause::malformed:
      ++counters_.heads_refused;
      break;
    case cause::too_long:
      ++counters_.heads_too_long;
      break;
    case cause::host:
      ++counters_.hosts_refused;
      break;
    case cause::share:
      ++counters_.shares_exceeded;
      ++counters_.upgrades_full;
      break;
    case cause::connections:
      ++counters_.upgrades_full;
      break;
    case cause::origin:
      ++counters_.origins_refused;
      ++counters_.upgrades_refused;
      break;
    case cause::attempts:
      ++counters_.attempts_refused;
      ++counters_.upgrades_refused;
      break;
    case cause::token:
    case cause::serializer:
    case cause::application:
      ++counters_.upgrades_refused;
      break;
    case cause::handshake:
    case cause::content:
    case cause::stopping:
      break;
  }
  if (telemetry* to = listener()) to->on_request_refused(refused);
}

websocket* host_core::make_websocket(std::string_view path, connection*& phoenix) noexcept {
  void* slot = memory_.connections.allocate();
  if (slot == nullptr) return nullptr;
  ++memory_.backlogs.reserved;
  if (is_channel_socket(path)) {
    phoenix = type_.make(slot, *this);
    return phoenix;
  }
  for (const plain_endpoint& each : options_.endpoints) {
    if (!net::http::same_path(path, each.path)) continue;
    if (each.bytes <= memory_.connections.block_bytes()) return each.make(slot, *this);
  }
  memory_.connections.deallocate(slot);
  --memory_.backlogs.reserved;
  return nullptr;
}

void host_core::discard(websocket& unused) noexcept {
  void* slot = unused.slot();
  unused.give_back();
  unused.destroy();
  memory_.connections.deallocate(slot);
  --memory_.backlogs.reserved;
}

void host_core::release(websocket& ended) noexcept {
  if (ended.wants_buffer()) buffers_.waits_no_more();
  ended.on_ended();
  discard(ended);
  check_stopped();
}

void host_core::heard_of(websocket& alive) noexcept {
  alive.websocket_place::unlink();
  open_.push_back(alive);
}

void host_core::closing(websocket& leaving) noexcept {
  leaving.websocket_place::unlink();
  closing_.push_back(leaving);
}

void host_core::ended(websocket& gone) noexcept {
  gone.websocket_place::unlink();
  ended_.push_back(gone);
}

void host_core::sweep() noexcept {
  while (!open_.empty() && open_.front().silent_for(limits_.idle_timeout, loop_.now())) {
    note(&counters::closed_idle, "idle_timeout", open_.front().stream());
    open_.front().abort();
  }
  while (!closing_.empty() && closing_.front().silent_for(limits_.close_timeout, loop_.now())) {
    closing_.front().abort();
  }
  buffers_.sweep();
  tell_second();
  loop_.arm_after(sweep_timer_, sweep_interval);
}

void host_core::tell_second() noexcept {
#if defined(MUSUBI_TELEMETRY)
  telemetry* const to = listener();
  if (to == nullptr) return;
  pools_.look([this](auto&& use) { each_pool(use); }, *to);
  to->on_second(loop_.now());
#endif
}

void host_core::stop() noexcept {
  if (!can_stop || stopping_) return;
  stopping_ = true;
  loop_.make_current();
  loop_.advance(port_.now());
  while (!open_.empty()) {
    websocket& each = open_.front();
    if (each.writable()) {
      each.close(service_restart, "the host restarts");
      if (!each.closing()) each.abort();
    } else {
      each.abort();
    }
  }
  while (!requests_.empty()) release(requests_.front());
  check_stopped();
}

void host_core::check_stopped() noexcept {
  if (!stopping() || stopped_ || memory_.connections.metrics().used != 0 || !requests_.empty())
    return;
  stopped_ = true;
  port_.stopped();
}

}  // namespace musubi
