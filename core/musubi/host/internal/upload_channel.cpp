#include <new>

#include <musubi/host/internal/connection.hpp>
#include <musubi/host/internal/upload_channel.hpp>
#include <musubi/json/internal/members.hpp>
#include <musubi/memory/slice.hpp>

namespace musubi {

upload_channel::upload_channel(connection& owner, upload& file, trailing_text names,
                               const phoenix::frame& join) noexcept
    : channel(role::upload), owner_(&owner), file_(&file) {
  keep_names(names, *join.join_ref, join.topic);
}

void upload_channel::request(upload_event what, page& root, const phoenix::frame& event) noexcept {
  auto* const table = root.uploads();
  if (table == nullptr) return root.refuse(*event.ref, "unknown upload");
  table->receive(what, *event.ref, event.payload);
}

upload* upload_channel::find_file(connection& on, std::string_view topic) noexcept {
  for (root_channel* each = on.first_root(); each != nullptr; each = each->next_root()) {
    auto* const table = each->mounted().uploads();
    upload* const file = table == nullptr ? nullptr : table->find(slice(topic, prefix.size()));
    if (file != nullptr) return file;
  }
  return nullptr;
}

void upload_channel::join(connection& on, const phoenix::frame& join) noexcept {
  const auto refuse = [&] { on.refuse_join(join, "unauthorized"); };
  if (!join.join_ref || !join.ref || join.join_ref->size() > upload::most_ref_bytes ||
      join.ref->size() > upload::most_ref_bytes || join.binary) {
    return refuse();
  }
  upload* const file = find_file(on, join.topic);
  if (file == nullptr) return refuse();
  static constexpr std::string_view wanted[] = {"token"};
  std::string_view token_text;
  std::uint32_t twice = 0;
  json::reader from(join.text());
  if (!json::find_members(from, wanted, &token_text, twice) || twice != 0) return refuse();
  const auto token = json::reader(token_text).string();
  if (!token || !file->admits(token->decode_in(join.payload))) return refuse();

  auto* const block = static_cast<std::byte*>(file->line_memory());
  const trailing_text names(block + sizeof(upload_channel));
  auto* const made = new (block) upload_channel(on, *file, names, join);
  on.add(*made);
  file->join(*made, *join.ref);
}

void upload_channel::on_event(const phoenix::frame& event) noexcept {
  if (!event.binary || event.event != "chunk" || !event.ref ||
      event.ref->size() > upload::most_ref_bytes) {
    return owner_->fail(*this);
  }
  file_->chunk(*event.ref, std::as_bytes(event.payload));
}

void upload_channel::on_end(phoenix::end_reason) noexcept {
  upload* const file = file_;
  this->~upload_channel();  // its memory belongs to the file
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
