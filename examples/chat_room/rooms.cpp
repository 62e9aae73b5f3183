#include "rooms.hpp"

#include <algorithm>

namespace chat_room {

namespace {

std::string_view trimmed(std::string_view text) noexcept {
  constexpr std::string_view blanks = " \t\r\n";
  const std::size_t first = text.find_first_not_of(blanks);
  if (first == std::string_view::npos) return {};
  return text.substr(first, text.find_last_not_of(blanks) - first + 1);
}

/// The first `most` characters of UTF-8.
std::string_view first_characters(std::string_view text, std::size_t most) noexcept {
  std::size_t seen = 0;
  for (std::size_t i = 0; i < text.size(); ++i) {
    const bool begins = (static_cast<unsigned char>(text[i]) & 0xC0U) != 0x80U;
    if (begins && seen++ == most) return text.substr(0, i);
  }
  return text;
}

}  // namespace

user_name guest_name(const id_text& user) noexcept {
  return user_name::clipped("Guest ", user.view().substr(std::string_view("user-").size()));
}

user_name proper_name(std::string_view wanted, const id_text& user) noexcept {
  const std::string_view name = first_characters(trimmed(wanted), 40);
  return name.empty() ? guest_name(user) : user_name::clipped(name);
}

std::optional<online_user> room::join() noexcept {
  static std::uint32_t last = 0;
  const auto user = id_text::clipped("user-", last + 1);
  if (!users.push_back({user, guest_name(user)})) return {};
  ++last;
  presence_changes.publish({this});
  return users.back();
}

void room::rename(const id_text& user, const user_name& name) noexcept {
  for (online_user& each : users) {
    if (each.id == user) each.name = name;
  }
  presence_changes.publish({this});
}

void room::leave(const id_text& user) noexcept {
  for (std::size_t i = 0; i < users.size(); ++i) {
    if (users[i].id != user) continue;
    users.erase(i);
    presence_changes.publish({this});
    return;
  }
}

const message_state& room::post(const user_name& sender, const musubi::text<400>& body,
                                const std::optional<attachment_state>& attachment) noexcept {
  static std::uint32_t last = 0;
  if (messages.full()) messages.pop_back();
  (void)messages.insert(0, {id_text::clipped("msg-", ++last), body, sender, attachment});
  messages_received.publish({this, messages[0].id});
  return messages[0];
}

const message_state* room::message(const id_text& wanted) const noexcept {
  const auto* const found =
      std::find_if(messages.begin(), messages.end(),
                   [&](const message_state& each) { return each.id == wanted; });
  return found == messages.end() ? nullptr : found;
}

room* rooms::enter(const room_id& id) noexcept {
  auto* const known =
      std::find_if(all.begin(), all.end(), [&](const room& each) { return each.id == id; });
  if (known != all.end()) return known;
  return all.push_back(room(id)) ? &all.back() : nullptr;
}

}  // namespace chat_room
