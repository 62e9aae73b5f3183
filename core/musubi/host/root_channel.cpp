#include <musubi/host/connection.hpp>
#include <musubi/host/host_core.hpp>
#include <musubi/host/root_channel.hpp>
#include <musubi/memory/slice.hpp>

namespace musubi {

root_channel::root_channel(connection& owner, std::span<char> names, std::string_view join_ref,
                           std::string_view topic, std::string_view module,
                           std::string_view id) noexcept
    : channel(names, join_ref, topic), owner_(&owner), module_(module) {
  if (topic.ends_with(id)) {
    id_ = slice(this->topic(), topic.size() - id.size());
  } else {
    char* at = names.data() + channel::names_bytes(join_ref, topic);
    std::memcpy(at, id.data(), id.size());
    id_ = {at, id.size()};
  }
}

bool root_channel::writable() const noexcept {
  return owner_->writable();
}

json::writer& root_channel::out() noexcept {
  return owner_->host().box().writer();
}

void root_channel::begin_reply(std::string_view ref, bool ok) noexcept {
  const auto status = ok ? phoenix::reply_status::ok : phoenix::reply_status::error;
  phoenix::begin_reply(owner_->begin_message(), join_ref(), ref, topic(), status);
}

void root_channel::end_reply() noexcept {
  phoenix::end_reply(out());
  owner_->end_message();
}

void root_channel::begin_patch() noexcept {
  phoenix::begin_message(owner_->begin_message(), join_ref(), std::nullopt, topic(), "patch");
}

void root_channel::end_patch() noexcept {
  phoenix::end_message(out());
  owner_->end_message();
}

void root_channel::write_root_id(json::writer& to) const noexcept {
  to.characters(module_);
  to.raw(':');
  to.characters(id_);
}

void root_channel::service_wanted() noexcept {
  owner_->service_wanted();
}

}  // namespace musubi
