#include <algorithm>
#include <array>
#include <bit>

#include <musubi/host/connection.hpp>
#include <musubi/host/host_core.hpp>
#include <musubi/host/upload_channel.hpp>
#include <musubi/json/members.hpp>
#include <musubi/net/peer_text.hpp>
#include <musubi/page/command_message.hpp>
#include <musubi/store/key_fault.hpp>

namespace musubi {

namespace {

constexpr std::string_view root_topics = "musubi:connection:";

bool is_upload(const phoenix::channel& channel) noexcept {
  return channel.topic().starts_with(upload_channel::prefix);
}

std::string_view words_for(phoenix::end_reason why) noexcept {
  switch (why) {
    case phoenix::end_reason::left:
      return "left";
    case phoenix::end_reason::duplicate_join:
      return "duplicate_join";
    case phoenix::end_reason::closed:
      return "closed";
    case phoenix::end_reason::failed:
      return "failed";
    case phoenix::end_reason::shutdown:
      return "shutdown";
  }
  return {};
}

}  // namespace

connection::connection(host_core& host) noexcept
    : session(host), socket(host.configured().channels) {}

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
  if (!phoenix::read_text(message, received)) {
    return not_a_channel_message();
  }
  receive(received);
}

void connection::on_binary(std::span<std::byte> message) noexcept {
  phoenix::frame received;
  if (!phoenix::read_binary(message, received)) {
    return not_a_channel_message();
  }
  receive(received);
}

void connection::on_oversized(std::span<std::byte> head, bool binary) noexcept {
  // refused at its address, if that can be told: other channels of this WebSocket go on
  phoenix::frame received;
  const std::span<char> text(reinterpret_cast<char*>(head.data()), head.size());
  if (!(binary ? phoenix::read_binary(head, received) : phoenix::read_text(text, received))) {
    return session::on_oversized(head, binary);
  }
  char room[64];
  json::buffer_output expected(room, sizeof room);
  json::writer out(expected);
  out.raw("a message of at most ");
  out.number(host().message_bytes());
  out.raw(" bytes");
  received.expected_payload = expected.view();
  receive(received);
}

void connection::on_service() noexcept {
  intrusive_list<phoenix::channel>& all = channels();
  const auto next_root = [&](auto from) {
    while (from != all.end() && is_upload(*from)) ++from;
    return from;
  };
  for (auto at = next_root(all.begin()); at != all.end();) {
    auto& each = static_cast<root_channel&>(*at);
    at = next_root(++at);  // a root ends no other root, but any of its own uploads
    if (!writable()) return service_wanted();
    each.mounted()->service();
    if (each.mounted()->failed()) fail(each);
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

void connection::refuse_params(const phoenix::frame& join, const decode_error& why) noexcept {
  const refusal told = why.refused_as("invalid params");
  tell_refused(join, errc::refused, told.reason, &why);
  refuse(join, join.join_ref, told);
}

void connection::refuse_unknown_root(const phoenix::frame& join, std::string_view module) noexcept {
  constexpr std::string_view reason = "unknown root";
  if constexpr (!telemetry_built) return refuse_join(join, reason);
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

void connection::on_join(const phoenix::frame& join) noexcept {
  if (join.topic.starts_with(upload_channel::prefix)) {
    const upload_routes* uploads = host().uploads();
    return uploads != nullptr ? uploads->join(*this, join) : refuse_join(join, "unauthorized");
  }
  // contract section 3.2, in its order
  if (!join.topic.starts_with("musubi:")) {
    tell_refused(join, errc::refused, "unmatched topic");
    return refuse(join, std::nullopt, "unmatched topic");
  }
  if (!join.topic.starts_with(root_topics)) return refuse_join(join, "unauthorized");
  if (!join.join_ref) return refuse_join(join, "missing join_ref");
  if (join.binary) return refuse_join(join, "missing required field");
  static constexpr std::string_view names[] = {"module", "id", "params"};
  std::string_view values[3];
  std::uint32_t twice = 0;
  json::reader from(join.text());
  (void)json::find_members(from, names, values, twice);  // of what is no object there are none
  if (twice != 0) {
    decode_error error;
    (void)error.expect(detail::given_once);
    (void)error.within(names[std::countr_zero(twice)]);
    return refuse_params(join, error);
  }
  const auto decoded = [&](std::string_view text) {
    const auto found = json::reader(text).string();
    return found ? std::optional(found->decode_in(join.payload)) : std::nullopt;
  };
  join_info info(host().decode_arena());
  info.topic = join.topic;
  info.module = decoded(values[0]);
  info.id = decoded(values[1]);
  info.params_text = values[2];
  void* copy = host().socket_copy();
  const status allowed = authorize(info, copy);
  if (!allowed.ok()) {
    refuse_join(join, allowed);
  } else if (!info.module || info.module->empty()) {
    refuse_join(join, "missing required field");
  } else if (!info.id || info.id->empty()) {
    refuse_join(join, "missing root id");
  } else if (!info.params_text.empty() && info.params_text.front() != '{') {
    refuse_join(join, "params must be a map");
  } else {
    mount(join, info, copy);
  }
  discard_copy(copy);
  host().decode_arena().reset();
}

void connection::mount(const phoenix::frame& join, const join_info& info,
                       const void* copy) noexcept {
  const root_type* type = nullptr;
  for (const root_type& each : roots()) {
    if (each.module == *info.module) type = &each;
  }
  if (type == nullptr) return refuse_unknown_root(join, *info.module);

  const std::size_t names = root_channel::names_bytes(*join.join_ref, join.topic, *info.id);
  if (names > host().configured().topic_bytes) {
    return refuse_join(join, musubi::refuse("topic too long", "topic_bytes"));
  }
  void* block = host().pages().allocate();
  if (block == nullptr) return refuse_join(join, exhausted("pages"));
  auto* page_at = static_cast<std::byte*>(block) + root_channel_bytes;
  auto* names_at = reinterpret_cast<char*>(page_at + type->page_bytes);
  auto* channel = new (block)
      root_channel(*this, {names_at, names}, *join.join_ref, join.topic, type->module, *info.id);
  const share_end end = take_share(host().for_pages().shares, *channel, shared_pool::pages);
  if (end != share_end::none) {
    channel->~root_channel();
    host().pages().deallocate(block);
    return refuse_join(join, end == share_end::of_peer ? exhausted("pages_per_peer")
                                                       : exhausted("pages_per_connection"));
  }
  page* root = type->make(page_at, host().for_pages(), *channel, copy);
  channel->mounted(*root);

  mount_error error;
  if (!root->mount(info.params_text, error)) {
    discard(*channel);
    if (error.bad_params) return refuse_params(join, error.params);
    return refuse_join(join, error.why);
  }
  ++host().counted().joins;
  if (telemetry* to = host().listener()) {
    to->on_channel_join({join.topic, event_source::of(*root)});
  }
  add(*channel);
  json::writer& out = begin_message();
  phoenix::begin_reply(out, join.join_ref, join.ref, join.topic, phoenix::reply_status::ok);
  out.raw("{\"root_id\":\"");
  channel->write_root_id(out);
  out.raw('"');
  if (const std::string_view build = host().build(); !build.empty()) {
    out.raw(",\"build\":");
    out.string(build);
  }
  out.raw('}');
  phoenix::end_reply(out);
  end_message();
  root->send_initial();
}

void connection::on_event(phoenix::channel& on, const phoenix::frame& event) noexcept {
  const upload_routes* uploads = host().uploads();
  if (is_upload(on)) return uploads->event(*this, on, event);
  auto& channel = static_cast<root_channel&>(on);
  // contract section 1.6: an event that a root does not know, or a payload that is no object
  const bool object = !event.binary && event.text().front() == '{';
  if (object && uploads != nullptr && uploads->root_event(*channel.mounted(), event)) {
    return channel.mounted()->failed() ? fail(channel) : void();
  }
  if (!object || event.event != "command") {
    ++host().counted().pages.failures;
    return fail(channel);
  }
  if (!event.ref) return;  // nobody waits for an answer, and phoenix.js never does this
  command_message message;
  decode_error error;
  switch (command_message::read(event.payload, event.parts, message, error)) {
    case command_message::outcome::ok:
      break;
    case command_message::outcome::missing_field:
      return channel.mounted()->refuse(*event.ref, "missing required field");
    case command_message::outcome::invalid_payload:
      return channel.mounted()->refuse(*event.ref, error.refused_as("invalid payload"));
  }
  message.ref = *event.ref;
  channel.mounted()->receive(message);
  if (channel.mounted()->failed()) fail(channel);
}

void connection::on_bad_payload(phoenix::channel* on, const phoenix::frame& bad) noexcept {
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
  if (!bad.ref) return;  // nobody waits for an answer
  refuse(bad, joins ? bad.join_ref : on->join_ref(), {reason, nullptr, bad.expected_payload});
}

page* connection::root_of(phoenix::channel& channel) noexcept {
  return is_upload(channel) ? nullptr : static_cast<root_channel&>(channel).mounted();
}

void connection::on_end(phoenix::channel& ended, phoenix::end_reason why) noexcept {
  if (is_upload(ended)) return host().uploads()->ended(ended);
  auto& channel = static_cast<root_channel&>(ended);
  if (telemetry* to = host().listener()) {
    to->on_channel_terminate({ended.topic(), event_source::of(*channel.mounted()), words_for(why)});
  }
  channel.mounted()->terminate(words_for(why));
  discard(channel);
}

void connection::discard(root_channel& unmounted) noexcept {
  unmounted.mounted()->destroy();
  give_share(host().for_pages().shares, unmounted, shared_pool::pages);
  unmounted.~root_channel();
  host().pages().deallocate(&unmounted);
}

}  // namespace musubi
