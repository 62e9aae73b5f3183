#include <algorithm>
#include <array>

#include <musubi/host/host_core.hpp>
#include <musubi/host/internal/connection.hpp>
#include <musubi/host/internal/routes.hpp>
#include <musubi/memory/internal/left_out.hpp>
#include <musubi/memory/internal/short_ways.hpp>
#include <musubi/net/internal/peer_text.hpp>
#include <musubi/store/command/internal/command_message.hpp>

namespace musubi {

std::size_t connection::most_channels() const noexcept {
  return host().configured().channels;
}

json::writer& connection::begin_message() noexcept {
  outbox& box = selected_outbox();
  box.begin_text();
  return box.writer();
}

void connection::end_message() noexcept {
  host().box().end_text();
  written();
}

void connection::not_a_channel_message() noexcept {
  constexpr std::string_view reason = "not a channel message";
  host().note(&counters::closed_violation, reason, stream());
  close(net::websocket::close_code::protocol_error, reason);
}

void connection::on_text(std::span<char> message) noexcept {
  phoenix::frame received;
  if (!phoenix::read_text(message, received, short_ways ? &command_message::usual : nullptr)) {
    return not_a_channel_message();
  }
  if constexpr (short_ways) host().request_head(received.head);
  receive(received);
  if constexpr (short_ways) host().request_head({});
}

void connection::on_binary(std::span<std::byte> message) noexcept {
  phoenix::frame received;
  if (!reads_binary || !phoenix::read_binary(message, received)) {
    return not_a_channel_message();
  }
  receive(received);
}

namespace {

/// In the arena, since the stack of what follows is deep.
[[gnu::noinline]] std::string_view expect_at_most(std::size_t bytes, arena& memory) noexcept {
  constexpr std::size_t most = 64;
  auto* const room = static_cast<char*>(memory.allocate(most));
  if (room == nullptr) return "a shorter message";
  json::buffer_output expected(room, most);
  json::writer out(expected);
  out.raw("a message of at most ");
  out.number(bytes);
  out.raw(" bytes");
  return expected.view();
}

}  // namespace

void connection::on_oversized(std::span<std::byte> head, bool binary) noexcept {
  if constexpr (!skips_oversized) return;
  // refuse it at its address if that is known, so that other channels of this WebSocket go on
  phoenix::frame received;
  const std::span<char> text(reinterpret_cast<char*>(head.data()), head.size());
  if (!(binary ? reads_binary && phoenix::read_binary(head, received)
               : phoenix::read_text(text, received))) {
    return websocket::on_oversized(head, binary);
  }
  received.expected_payload = expect_at_most(host().message_bytes(), host().decode_arena());
  receive(received);
  host().decode_arena().reset();
}

void connection::on_service() noexcept {
  for (root_channel* next = first_root(); next != nullptr;) {
    root_channel& each = *next;
    next = each.next_root();  // its own service may end it, and channels of its files
    each.service();
    if (next != nullptr && !writable()) return service_wanted();
  }
}

void connection::on_ended() noexcept {
  end_all(host().stopping() ? phoenix::end_reason::shutdown : phoenix::end_reason::closed);
}

void connection::tell_refused(const phoenix::frame& join, errc code, std::string_view reason,
                              const decode_error* params) noexcept {
  ++host().counted().joins_refused;
  if (telemetry* to = host().listener()) {
    to->on_channel_refused({.peer = net::peer_text(stream()),
                            .topic = join.topic,
                            .code = code,
                            .reason = reason,
                            .params = params});
  }
}

void connection::refuse_join(const phoenix::frame& join, const refusal& why) noexcept {
  tell_refused(join, errc::refused, why.reason);
  refuse(join, join.join_ref, why);
}

void connection::refuse_join(const phoenix::frame& join, const status& why) noexcept {
  tell_refused(join, why.code(), why.reason());
  refuse(join, join.join_ref, why.code() == errc::failed ? "join crashed" : refusal(why));
}

void connection::refuse_join(const phoenix::frame& join, const char* why) noexcept {
  refuse_join(join, refusal(std::string_view(why)));
}

void connection::refuse_params(const phoenix::frame& join, const decode_error& why) noexcept {
  const refusal told = why.refused_as("invalid params");
  tell_refused(join, errc::refused, told.reason, &why);
  refuse(join, join.join_ref, told);
}

void connection::refuse_unknown_root(const phoenix::frame& join, std::string_view module) noexcept {
  constexpr std::string_view reason = "unknown root";
  if constexpr (!telemetry_built) return refuse_join(join, reason.data());
  ++host().counted().joins_refused;
  if (telemetry* to = host().listener()) {
    std::array<std::string_view, 16> names;
    const std::size_t count = std::min(names.size(), roots().size());
    for (std::size_t i = 0; i < count; ++i) names[i] = roots()[i].module;
    to->on_channel_refused({.peer = net::peer_text(stream()),
                            .topic = join.topic,
                            .code = errc::refused,
                            .reason = reason,
                            .module = module,
                            .roots = std::span(names).first(count)});
  }
  refuse(join, join.join_ref, reason);
}

bool connection::on_join(const phoenix::frame& join) noexcept {
  for (const join_route& each : host().routed().joins) {
    if (!join.topic.starts_with(each.prefix)) continue;
    each.join(*this, join);
    return true;
  }
  tell_refused(join, errc::refused, "unmatched topic");
  return false;
}

void connection::on_bad_payload(const phoenix::channel* on, const phoenix::frame& bad) noexcept {
  const bool joins = on == nullptr;
  const std::string_view reason = joins ? "invalid params" : "invalid payload";
  if (joins) {
    tell_refused(bad, errc::refused, reason);
  } else {
    if (telemetry* to = host().listener()) {
      to->on_message_refused(
          {net::peer_text(stream()), bad.topic, bad.event, bad.expected_payload});
    }
    ++host().counted().pages.commands_refused;
  }
  if (!bad.ref) return;  // the client expects no answer
  refuse(bad, joins ? bad.join_ref : on->join_ref(), {reason, nullptr, bad.expected_payload});
}

}  // namespace musubi
