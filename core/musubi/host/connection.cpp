#include <musubi/host/connection.hpp>
#include <musubi/host/host_core.hpp>
#include <musubi/host/upload_channel.hpp>
#include <musubi/json/scan.hpp>
#include <musubi/page/command_message.hpp>

namespace musubi {

namespace {

constexpr std::string_view root_topics = "musubi:connection:";

bool is_upload(const phoenix::channel& channel) noexcept {
  return channel.topic().starts_with(upload_channel::prefix);
}

std::string_view reason_text(phoenix::end_reason why) noexcept {
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

void connection::on_text(std::string_view message) noexcept {
  phoenix::frame received;
  if (!phoenix::read_text(message, received)) {
    ++host().counted().closed_violation;
    return close(net::websocket::close_code::protocol_error, "not a channel message");
  }
  receive(received);
}

void connection::on_binary(std::span<const std::byte> message) noexcept {
  phoenix::frame received;
  if (!phoenix::read_binary(message, received)) {
    ++host().counted().closed_violation;
    return close(net::websocket::close_code::protocol_error, "not a channel message");
  }
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
  end_all(phoenix::end_reason::closed);
}

void connection::tell_refused(const phoenix::frame& join, std::string_view reason) noexcept {
  if (telemetry* to = host().for_pages().observed.listener()) {
    to->on_channel_refused({join.topic, reason});
  }
}

void connection::refuse_join(const phoenix::frame& join, std::string_view reason) noexcept {
  tell_refused(join, reason);
  ++host().counted().joins_refused;
  refuse(join, join.join_ref, reason);
}

void connection::refuse_join(const phoenix::frame& join, const status& why) noexcept {
  if (why.code() == errc::refused && why.field().empty()) return refuse_join(join, why.reason());
  tell_refused(join, why.reason());
  ++host().counted().joins_refused;
  json::writer& out = begin_message();
  phoenix::begin_reply(out, join.join_ref, join.ref, join.topic, phoenix::reply_status::error);
  out.raw(why.code() == errc::exhausted ? std::string_view("{\"reason\":\"exhausted\",\"pool\":")
                                        : std::string_view("{\"reason\":"));
  out.string(why.reason());
  if (!why.field().empty()) {
    out.raw(",\"field\":");
    out.string(why.field());
  }
  out.raw('}');
  phoenix::end_reply(out);
  end_message();
}

void connection::refuse_params(const phoenix::frame& join, const decode_error& why) noexcept {
  tell_refused(join, "invalid params");
  ++host().counted().joins_refused;
  json::writer& out = begin_message();
  phoenix::begin_reply(out, join.join_ref, join.ref, join.topic, phoenix::reply_status::error);
  out.raw("{\"reason\":\"invalid params\",\"field\":\"");
  why.write_field(out);
  out.raw("\",\"expected\":");
  out.string(why.expected());
  out.raw('}');
  phoenix::end_reply(out);
  end_message();
}

void connection::on_join(const phoenix::frame& join) noexcept {
  if (join.topic.starts_with(upload_channel::prefix)) {
    const upload_routes* uploads = host().uploads();
    return uploads != nullptr ? uploads->join(*this, join) : refuse_join(join, "unauthorized");
  }
  // contract section 3.2, in its order
  if (!join.topic.starts_with("musubi:")) {
    tell_refused(join, "unmatched topic");
    ++host().counted().joins_refused;
    return refuse(join, std::nullopt, "unmatched topic");
  }
  if (!join.topic.starts_with(root_topics)) return refuse_join(join, "unauthorized");
  if (!join.join_ref) return refuse_join(join, "missing join_ref");
  arena& memory = host().decode_arena();
  json::value payload;
  if (join.binary ||
      json::parse_scanned(join.payload, memory, payload) != json::parse_error::none) {
    memory.reset();
    return refuse_join(
        join, join.binary ? musubi::refuse("missing required field") : exhausted("decode"));
  }
  join_info info;
  info.topic = join.topic;
  info.module = payload.member("module").string();
  info.id = payload.member("id").string();
  info.params = payload.member("params");
  void* copy = host().socket_copy();
  const status allowed = authorize(info, copy);
  if (allowed.code() == errc::failed) {
    refuse_join(join, "join crashed");
  } else if (!allowed.ok()) {
    refuse_join(join, allowed);
  } else if (!info.module || info.module->empty()) {
    refuse_join(join, "missing required field");
  } else if (!info.id || info.id->empty()) {
    refuse_join(join, "missing root id");
  } else if (info.params && !info.params.is_object()) {
    refuse_join(join, "params must be a map");
  } else {
    mount(join, info, copy);
  }
  discard_copy(copy);
  memory.reset();
}

void connection::mount(const phoenix::frame& join, const join_info& info,
                       const void* copy) noexcept {
  const root_type* type = nullptr;
  for (const root_type& each : roots()) {
    if (each.module == *info.module) type = &each;
  }
  if (type == nullptr) return refuse_join(join, "unknown root");

  // echoed as it was sent
  std::string_view id = json::raw_member(join.payload, "id");
  id = id.substr(1, id.size() - 2);
  const std::size_t names = root_channel::names_bytes(*join.join_ref, join.topic, id);
  if (names > host().configured().topic_bytes) {
    return refuse_join(join, musubi::refuse("topic too long", "topic_bytes"));
  }
  void* block = host().pages().allocate();
  if (block == nullptr) return refuse_join(join, exhausted("pages"));
  auto* page_at = static_cast<std::byte*>(block) + root_channel_bytes;
  auto* names_at = reinterpret_cast<char*>(page_at + type->page_bytes);
  auto* channel = new (block)
      root_channel(*this, {names_at, names}, *join.join_ref, join.topic, type->module, id);
  page* root = type->make(page_at, host().for_pages(), *channel, copy);
  channel->mounted(*root);

  mount_error error;
  if (!root->mount(info.params, error)) {
    root->destroy();
    channel->~root_channel();
    host().pages().deallocate(block);
    if (error.bad_params) return refuse_params(join, error.params);
    if (error.why.code() == errc::failed) {
      tell_refused(join, error.why.reason());  // the browser is told less
      return refuse_join(join, "join crashed");
    }
    return refuse_join(join, error.why);
  }
  ++host().counted().joins;
  if (telemetry* to = host().for_pages().observed.listener()) {
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
  const bool object = !event.binary && event.payload.front() == '{';
  if (object && uploads != nullptr && uploads->root_event(*channel.mounted(), event)) {
    return channel.mounted()->failed() ? fail(channel) : void();
  }
  if (!object || event.event != "command") {
    ++host().counted().pages.failures;
    return fail(channel);
  }
  command_message message;
  std::string_view error;
  if (!command_message::read(event.payload, message, error)) {
    return refuse(event, channel.join_ref(), error);
  }
  if (!event.ref) return;  // nobody waits for an answer, and phoenix.js never does this
  message.ref = *event.ref;
  channel.mounted()->receive(message);
  if (channel.mounted()->failed()) fail(channel);
}

page* connection::root_of(phoenix::channel& channel) noexcept {
  return is_upload(channel) ? nullptr : static_cast<root_channel&>(channel).mounted();
}

void connection::on_end(phoenix::channel& ended, phoenix::end_reason why) noexcept {
  if (is_upload(ended)) return host().uploads()->ended(ended);
  auto& channel = static_cast<root_channel&>(ended);
  if (telemetry* to = host().for_pages().observed.listener()) {
    to->on_channel_terminate(
        {ended.topic(), event_source::of(*channel.mounted()), reason_text(why)});
  }
  channel.mounted()->terminate(reason_text(why));
  channel.mounted()->destroy();
  channel.~root_channel();
  host().pages().deallocate(&channel);
}

}  // namespace musubi
