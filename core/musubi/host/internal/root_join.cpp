/// How a root is joined: the checks of contract section 3.2 in their order, then its page.
#include <bit>
#include <new>
#include <optional>

#include <musubi/host/host_core.hpp>
#include <musubi/host/internal/connection.hpp>
#include <musubi/host/internal/root_channel.hpp>
#include <musubi/json/internal/members.hpp>
#include <musubi/schema/key_fault.hpp>
#include <musubi/store/internal/node.hpp>
#include <musubi/store/page/internal/shares.hpp>

namespace musubi {

void root_channel::join(connection& on, const phoenix::frame& join) noexcept {
  host_core& host = on.host();
  join_info info(host.decode_arena());
  if (!read(on, join, info)) return;
  void* const copy = host.socket_copy();
  if (authorized(on, join, info, copy)) {
    const root_type* const type = find_type(on, join, *info.module);
    root_channel* const made = type == nullptr ? nullptr : make(on, join, *type, *info.id);
    if (made != nullptr) {
      auto* const page_at = reinterpret_cast<std::byte*>(made) + root_channel_bytes;
      type->make(page_at, host.for_pages(), *made, copy);
      if (made->mount(join, info.params_text)) made->joined(join);
    }
  }
  on.discard_copy(copy);
  host.decode_arena().reset();
}

[[gnu::noinline]] bool root_channel::read(connection& on, const phoenix::frame& join,
                                          join_info& into) noexcept {
  const auto refuse = [&](const char* why) {
    on.refuse_join(join, why);
    return false;
  };
  if (!join.join_ref) return refuse("missing join_ref");
  if (join.binary) return refuse("missing required field");
  static constexpr std::string_view names[] = {"module", "id", "params"};
  std::string_view values[3];
  std::uint32_t twice = 0;
  json::reader from(join.text());
  (void)json::find_members(from, names, values, twice);  // anything but an object has none
  if (twice != 0) {
    refusal why("invalid params");
    why.field = names[std::countr_zero(twice)];
    why.expected = detail::given_once;
    on.refuse_join(join, why);
    return false;
  }
  const auto decoded = [&](std::string_view text) {
    const auto found = json::reader(text).string();
    return found ? std::optional(found->decode_in(join.payload)) : std::nullopt;
  };
  into.topic = join.topic;
  into.module = decoded(values[0]);
  into.id = decoded(values[1]);
  into.params_text = values[2];
  return true;
}

[[gnu::noinline]] bool root_channel::authorized(connection& on, const phoenix::frame& join,
                                                const join_info& info, void* copy) noexcept {
  const status allowed = on.authorize(info, copy);
  if (!allowed.ok()) {
    on.refuse_join(join, allowed);
  } else if (!info.module || info.module->empty()) {
    on.refuse_join(join, "missing required field");
  } else if (!info.id || info.id->empty()) {
    on.refuse_join(join, "missing root id");
  } else if (!info.params_text.empty() && info.params_text.front() != '{') {
    on.refuse_join(join, "params must be a map");
  } else {
    return true;
  }
  return false;
}

[[gnu::noinline]] const root_type* root_channel::find_type(connection& on,
                                                           const phoenix::frame& join,
                                                           std::string_view module) noexcept {
  for (const root_type& each : on.roots()) {
    if (each.module == module) return &each;
  }
  on.refuse_unknown_root(join, module);
  return nullptr;
}

[[gnu::noinline]] root_channel* root_channel::make(connection& on, const phoenix::frame& join,
                                                   const root_type& type,
                                                   std::string_view id) noexcept {
  host_core& host = on.host();
  const std::size_t names =
      channel::names_bytes(*join.join_ref, join.topic) + (join.topic.ends_with(id) ? 0 : id.size());
  status full;
  if (names > host.configured().topic_bytes) {
    full = musubi::refuse("topic too long", "topic_bytes");
  } else if (void* const block = host.pages().allocate(); block == nullptr) {
    full = exhausted("pages");
  } else {
    const trailing_text behind_page(static_cast<std::byte*>(block) + root_channel_bytes +
                                    type.page_bytes);
    auto* const made = new (block) root_channel(on, type, behind_page, join, id);
    const share_end end = take_share(host.for_pages().shares, *made, shared_pool::pages);
    if (end == share_end::none) return made;
    made->~root_channel();
    host.pages().deallocate(block);
    full =
        end == share_end::of_peer ? exhausted("pages_per_peer") : exhausted("pages_per_connection");
  }
  on.refuse_join(join, full);
  return nullptr;
}

[[gnu::noinline]] bool root_channel::mount(const phoenix::frame& join,
                                           std::string_view params) noexcept {
  mount_error error;
  if (mounted().mount(params, error)) return true;
  connection& on = *owner_;
  discard();
  refuse_mount(on, join, error);
  return false;
}

[[gnu::noinline]] void root_channel::refuse_mount(connection& on, const phoenix::frame& join,
                                                  const mount_error& why) noexcept {
  if (!why.bad_params) return on.refuse_join(join, why.why);
  on.refuse_params(join, why.params);
}

[[gnu::noinline]] void root_channel::joined(const phoenix::frame& join) noexcept {
  host_core& host = owner_->host();
  ++host.counted().joins;
  if (telemetry* to = host.listener()) {
    to->on_channel_join({join.topic, event_source::of(mounted().root())});
  }
  owner_->add(*this);
  json::writer& out = owner_->begin_message();
  phoenix::begin_reply(out, join.join_ref, join.ref, join.topic, phoenix::reply_status::ok);
  out.raw("{\"root_id\":\"");
  write_root_id(out);
  out.raw('"');
  if (const std::string_view build = host.build(); !build.empty()) {
    out.raw(",\"build\":");
    out.string(build);
  }
  out.raw('}');
  phoenix::end_reply(out);
  owner_->end_message();
  mounted().show();
}

}  // namespace musubi
