#include <musubi/host/host_core.hpp>
#include <musubi/host/internal/connection.hpp>
#include <musubi/host/internal/root_channel.hpp>
#include <musubi/host/internal/routes.hpp>
#include <musubi/memory/internal/line_table.hpp>
#include <musubi/memory/internal/short_ways.hpp>
#include <musubi/store/command/internal/command_message.hpp>
#include <musubi/store/internal/node.hpp>
#include <musubi/store/page/internal/shares.hpp>

namespace musubi {

namespace {

/// As a store is told, in the order of `end_reason`.
constexpr std::string_view reasons = "left duplicate_join closed failed shutdown";

std::string_view words_for(phoenix::end_reason why) noexcept {
  std::string_view rest = reasons;
  for (auto before = static_cast<unsigned>(why); before != 0; --before) (void)take_word(rest);
  return take_word(rest);
}

/// False when the message was refused. Not inlined: what refusing needs is not on the stack of a
/// handler.
[[gnu::noinline]] bool read_command(page& root, const phoenix::frame& event,
                                    command_message& into) noexcept {
  using outcome = command_message::outcome;
  decode_error error;
  const outcome read = command_message::read(event.payload, event.parts, into, error);
  if (read == outcome::missing_field) root.refuse(*event.ref, "missing required field");
  if (read == outcome::invalid_payload) {
    root.refuse(*event.ref, error.refused_as("invalid payload"));
  }
  return read == outcome::ok;
}

}  // namespace

root_channel::root_channel(connection& owner, const root_type& type, trailing_text names,
                           const phoenix::frame& join, std::string_view id) noexcept
    : channel(role::root),
      id_at_(static_cast<std::uint16_t>(join.join_ref->size() + join.topic.size())),
      id_size_(static_cast<std::uint16_t>(id.size())),
      owner_(&owner) {
  keep_names(names, *join.join_ref, join.topic);
  if (topic().ends_with(id)) {
    id_at_ = static_cast<std::uint16_t>(id_at_ - id.size());
  } else {
    names.add(id);
  }
  if constexpr (short_ways) {
    std::string_view rest = topic();
    const auto ends_with = [&rest](std::string_view end) noexcept {
      if (!rest.ends_with(end)) return false;
      rest.remove_suffix(end.size());
      return true;
    };
    if (plain() && ends_with(id) && ends_with(":") && ends_with(type.module)) {
      root_id_size_ = static_cast<std::uint16_t>(topic().size() - rest.size());
    }
  }
}

void root_channel::command(page& root, const phoenix::frame& event) noexcept {
  command_message message;
  message.ref = *event.ref;
  if (read_command(root, event, message)) root.receive(message);
}

void root_channel::on_event(const phoenix::frame& event) noexcept {
  // contract section 1.6: an event that a root does not know, or a payload that is no object
  const event_route* known = nullptr;
  if (!event.binary && event.text().front() == '{') {
    for (const event_route& each : owner_->host().routed().events) {
      if (each.name == event.event) known = &each;
    }
  }
  if (known == nullptr) {
    ++owner_->host().counted().pages.failures;
    return owner_->fail(*this);
  }
  if (!event.ref) return;  // nobody waits for an answer, and phoenix.js never does this
  page& root = mounted();
  known->run(root, event);
  if (root.failed()) owner_->fail(*this);
}

void root_channel::on_end(phoenix::end_reason why) noexcept {
  page& root = mounted();
  const std::string_view reason = words_for(why);
  if (telemetry* to = owner_->host().listener()) {
    to->on_channel_terminate({topic(), event_source::of(root.root()), reason});
  }
  root.terminate(reason);
  discard();
}

// not inlined: what it needs is not on the stack of what follows
[[gnu::noinline]] void root_channel::discard() noexcept {
  host_core& host = owner_->host();
  mounted().destroy();
  give_share(host.for_pages().shares, *this, shared_pool::pages);
  this->~root_channel();
  host.pages().deallocate(this);
}

void root_channel::service() noexcept {
  page& root = mounted();
  root.service();
  if (root.failed()) owner_->fail(*this);
}

bool root_channel::writable() const noexcept {
  return owner_->writable();
}

bool root_channel::takes_patch() const noexcept {
  return owner_->has_room();
}

json::writer& root_channel::out() noexcept {
  return owner_->host().box().writer();
}

void root_channel::begin_reply(std::string_view ref, bool ok) noexcept {
  const auto status = ok ? phoenix::reply_status::ok : phoenix::reply_status::error;
  if constexpr (short_ways) {
    if (const std::string_view head = owner_->host().head_with(ref); !head.empty()) {
      return phoenix::begin_reply(owner_->begin_message(), head, status);
    }
  }
  phoenix::begin_reply(owner_->begin_message(), join_ref(), ref, topic(), status);
}

void root_channel::end_reply() noexcept {
  phoenix::end_reply(out());
  owner_->end_message();
}

void root_channel::begin_patch() noexcept {
  if (short_ways && plain()) {
    return phoenix::begin_push(owner_->begin_message(), join_ref(), topic(), "patch");
  }
  phoenix::begin_message(owner_->begin_message(), join_ref(), std::nullopt, topic(), "patch");
}

void root_channel::end_patch() noexcept {
  phoenix::end_message(out());
  owner_->end_message();
}

void root_channel::write_root_id(json::writer& to) const noexcept {
  to.characters(mounted().module());
  to.raw(':');
  to.characters(id());
}

std::string_view root_channel::plain_root_id() const noexcept {
  const std::string_view of = topic();
  return {of.data() + of.size() - root_id_size_, root_id_size_};
}

void root_channel::service_wanted() noexcept {
  owner_->service_wanted();
}

}  // namespace musubi
