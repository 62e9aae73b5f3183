#include <new>

#include <musubi/host/connection.hpp>
#include <musubi/host/host_core.hpp>
#include <musubi/host/upload_channel.hpp>
#include <musubi/json/members.hpp>
#include <musubi/memory/slice.hpp>
#include <musubi/page/upload_table.hpp>

namespace musubi {

namespace {

struct named_event {
  std::string_view name;
  upload_event what;
};
constexpr named_event root_events[] = {
    {"allow_upload", upload_event::allow_upload},
    {"cancel_upload", upload_event::cancel_upload},
    {"upload_progress", upload_event::upload_progress},
    {"upload_error", upload_event::upload_error},
};

}  // namespace

bool upload_channel::root_event(page& root, const phoenix::frame& event) noexcept {
  for (const named_event& each : root_events) {
    if (each.name != event.event) continue;
    if (!event.ref) return true;  // nobody waits for an answer, and phoenix.js never does this
    auto* table = root.context::find<upload_table>();
    if (table != nullptr) {
      table->receive(each.what, *event.ref, event.payload);
    } else {
      root.refuse(*event.ref, "unknown upload");
    }
    return true;
  }
  return false;
}

void upload_channel::join(connection& on, const phoenix::frame& join) noexcept {
  const auto refuse = [&] { on.refuse_join(join, std::string_view("unauthorized")); };
  if (!join.join_ref || !join.ref || join.join_ref->size() > upload::most_ref_bytes ||
      join.ref->size() > upload::most_ref_bytes || join.binary) {
    return refuse();
  }
  upload* file = nullptr;
  for (phoenix::channel& each : on.channels()) {
    page* const root = connection::root_of(each);
    if (root == nullptr || file != nullptr) continue;
    if (auto* table = root->context::find<upload_table>()) {
      file = table->find(slice(join.topic, prefix.size()));
    }
  }
  if (file == nullptr) return refuse();
  static constexpr std::string_view wanted[] = {"token"};
  std::string_view token_text;
  std::uint32_t twice = 0;
  json::reader from(join.text());
  if (!json::find_members(from, wanted, &token_text, twice) || twice != 0) return refuse();
  const auto token = json::reader(token_text).string();
  if (!token || !file->admits(token->decode_in(join.payload))) return refuse();

  auto* const block = static_cast<std::byte*>(file->line_memory());
  auto* const names = reinterpret_cast<char*>(block + sizeof(upload_channel));
  auto* const made = new (block) upload_channel(on, *file, {names, names_bytes}, join);
  on.add(*made);
  file->join(*made, *join.ref);
}

void upload_channel::event(connection& on, phoenix::channel& to,
                           const phoenix::frame& event) noexcept {
  auto& self = static_cast<upload_channel&>(to);
  if (!event.binary || event.event != "chunk" || !event.ref ||
      event.ref->size() > upload::most_ref_bytes) {
    return on.fail(self);
  }
  self.file_->chunk(*event.ref, std::as_bytes(event.payload));
}

void upload_channel::ended(phoenix::channel& gone) noexcept {
  auto& self = static_cast<upload_channel&>(gone);
  upload* const file = self.file_;
  self.~upload_channel();  // whose memory is the file's
  if (file != nullptr) file->left();
}

void upload_channel::close(bool joined) noexcept {
  file_ = nullptr;
  owner_->finish(*this, joined);
}

void upload_channel::reply_joined(std::string_view ref) noexcept {
  phoenix::write_ok(owner_->begin_message(), join_ref(), ref, topic());
  owner_->end_message();
}

void upload_channel::reply_progress(std::string_view ref, std::uint8_t percent) noexcept {
  json::writer& out = owner_->begin_message();
  phoenix::begin_reply(out, join_ref(), ref, topic(), phoenix::reply_status::ok);
  out.raw("{\"progress\":");
  out.number(percent);
  out.raw('}');
  phoenix::end_reply(out);
  owner_->end_message();
}

void upload_channel::refuse(std::string_view ref, std::string_view reason) noexcept {
  phoenix::write_refusal(owner_->begin_message(), join_ref(), ref, topic(), reason);
  owner_->end_message();
}

}  // namespace musubi
