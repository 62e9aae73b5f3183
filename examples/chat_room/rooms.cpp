#include "rooms.hpp"

#include <algorithm>
#include <charconv>
#include <chrono>

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

/// The number in an id: "msg-7-kitchen" has 7.
std::uint64_t number_in(std::string_view id) noexcept {
  std::uint64_t number = 0;
  const std::size_t dash = id.find('-');
  if (dash != std::string_view::npos) {
    (void)std::from_chars(id.data() + dash + 1, id.data() + id.size(), number);
  }
  return number;
}

/// The same order in every program, also of messages of one millisecond.
bool is_newer(const id_text& one, const id_text& than) noexcept {
  const std::uint64_t number = number_in(one);
  const std::uint64_t other = number_in(than);
  return number != other ? number > other : one.view() > than.view();
}

bool same_users(const room::user_list& some, const room::user_list& others) noexcept {
  return std::equal(
      some.begin(), some.end(), others.begin(), others.end(),
      [](const online_user& a, const online_user& b) { return a.id == b.id && a.name == b.name; });
}

std::uint64_t last_message = 0;

/// Messages of all programs are ordered by their numbers: where they are shared, the time.
id_text next_message_id() noexcept {
  const site_name here = sharing.get().site;
  if (here.empty()) return id_text::clipped("msg-", ++last_message);
  const auto now = std::chrono::duration_cast<std::chrono::milliseconds>(
      std::chrono::system_clock::now().time_since_epoch());
  last_message = std::max(last_message + 1, static_cast<std::uint64_t>(now.count()));
  return id_text::clipped("msg-", last_message, "-", here);
}

}  // namespace

user_name guest_name(const id_text& user) noexcept {
  return user_name::clipped("Guest ", number_in(user));
}

user_name proper_name(std::string_view wanted, const id_text& user) noexcept {
  const std::string_view name = first_characters(trimmed(wanted), 40);
  return name.empty() ? guest_name(user) : user_name::clipped(name);
}

std::optional<online_user> room::join() noexcept {
  static std::uint32_t last = 0;
  const site_name here = sharing.get().site;
  const auto user = here.empty() ? id_text::clipped("user-", last + 1)
                                 : id_text::clipped("user-", last + 1, "-", here);
  if (!users.push_back({user, guest_name(user)})) return {};
  ++last;
  users_changed();
  return users.back();
}

void room::rename(const id_text& user, const user_name& name) noexcept {
  for (online_user& each : users) {
    if (each.id == user) each.name = name;
  }
  users_changed();
}

void room::leave(const id_text& user) noexcept {
  for (std::size_t i = 0; i < users.size(); ++i) {
    if (users[i].id != user) continue;
    users.erase(i);
    users_changed();
    return;
  }
}

void room::users_changed() noexcept {
  count_everybody();
  announce();
}

void room::count_everybody() noexcept {
  everybody = users;
  const sharing_state here = sharing.get();
  for (const elsewhere& there : elsewhere_) {
    const bool online =
        std::any_of(here.others.begin(), here.others.end(),
                    [&](const site_state& each) { return each.site == there.site && each.online; });
    if (!online) continue;
    for (const online_user& each : there.users) (void)everybody.push_back(each);
  }
  presence_changes.publish({this});
}

const message_state& room::post(const user_name& sender, const musubi::text<400>& body,
                                const std::optional<attachment_state>& attachment) noexcept {
  const message_state& added = add({next_message_id(), body, sender, attachment});
  announce();
  return added;
}

const message_state& room::add(const message_state& fresh) noexcept {
  if (messages.full()) messages.pop_back();
  std::size_t at = 0;
  while (at < messages.size() && is_newer(messages[at].id, fresh.id)) ++at;
  (void)messages.insert(at, fresh);
  messages_received.publish({this, messages[at].id});
  return messages[at];
}

void room::announce() const noexcept {
  const site_name here = sharing.get().site;
  if (here.empty()) return;
  static room_news news;  // long, and of one host
  news.site = here;
  news.room = id;
  news.users = users;
  news.messages.clear();
  const auto suffix = musubi::text<20>::clipped("-", here);
  for (const message_state& each : messages) {
    if (!each.id.view().ends_with(suffix.view())) continue;
    if (!news.messages.push_back({each.id, each.body, each.sender})) break;
  }
  news_of_rooms.publish(news);
}

void room::take(const room_news& news) noexcept {
  const site_name here = sharing.get().site;
  bool is_new = false;
  for (const shared_message& each : news.messages) {
    if (message(each.id) != nullptr) continue;
    if (messages.full() && is_newer(messages.back().id, each.id)) continue;
    add({each.id, each.body, each.sender, {}});
    is_new = true;
  }
  if (news.site == here) {  // this program's, perhaps of before it was started again
    for (const shared_message& each : news.messages) {
      last_message = std::max(last_message, number_in(each.id));
    }
    if (is_new || !same_users(news.users, users)) announce();
    return;
  }
  for (elsewhere& each : elsewhere_) {
    if (each.site != news.site) continue;
    each.users = news.users;
    return count_everybody();
  }
  if (elsewhere_.push_back({news.site, news.users})) count_everybody();
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

void share_as(const site_name& site) noexcept {
  sharing.update([&](sharing_state& here) { here.site = site; });
}

void site_changed(const site_state& now) noexcept {
  sharing.update([&](sharing_state& here) {
    if (now.site == here.site) return;
    for (site_state& each : here.others) {
      if (each.site == now.site) {
        each = now;
        return;
      }
    }
    (void)here.others.push_back(now);
  });
  for (room& each : all_rooms.all) each.count_everybody();
}

}  // namespace chat_room
