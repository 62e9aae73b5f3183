#pragma once
// The rooms with their messages and who is there, shared by all browsers. They are kept in memory:
// a reload finds them again, a restart of the program does not.
#include "attachments.hpp"

#include <cstddef>
#include <cstdint>
#include <optional>
#include <string_view>

namespace chat_room {

using room_id = musubi::text<32>;
/// "user-7" and "msg-7"; where rooms are shared, "user-7-kitchen" and "msg-1764493200000-kitchen".
using id_text = musubi::text<39>;
/// At most 40 characters.
using user_name = musubi::text<120>;

struct online_user {
  static constexpr std::string_view module = "ChatRoom.OnlineUser";
  id_text id;
  user_name name;
};
struct message_state {
  static constexpr std::string_view module = "ChatRoom.MessageState";
  id_text id;
  musubi::text<400> body;
  user_name sender;
  std::optional<attachment_state> attachment;
};

/// The name of a program that shares its rooms with others.
using site_name = musubi::text<16>;

struct site_state {
  static constexpr std::string_view module = "ChatRoom.SiteState";
  site_name site;
  bool online;
};

/// Whether the rooms are shared over a broker, as a page shows it.
struct sharing_state {
  static constexpr std::string_view module = "ChatRoom.SharingState";
  site_name site;  ///< this program; empty: nothing is shared
  bool connected = false;
  musubi::text<160> error;             ///< why it is not connected
  musubi::list<site_state, 8> others;  ///< that were ever seen
};

/// A message as it is shared. A file stays where it is.
struct shared_message {
  id_text id;
  musubi::text<400> body;
  user_name sender;
};
/// What one program knows of one room by itself: who is there, and what they said last.
struct room_news {
  static constexpr std::size_t most_messages = 20;
  site_name site;
  room_id room;
  musubi::list<online_user, 64> users;
  musubi::list<shared_message, most_messages> messages;  // the newest first
};

class room {
 public:
  static constexpr std::size_t most_users = 64;
  /// The oldest makes room for a further one.
  static constexpr std::size_t most_messages = 100;
  using user_list = musubi::list<online_user, most_users>;
  using message_list = musubi::list<message_state, most_messages>;

  explicit room(const room_id& called) noexcept : id(called) {}

  /// Nothing if the room is full.
  [[nodiscard]] std::optional<online_user> join() noexcept;
  void rename(const id_text& user, const user_name& name) noexcept;
  void leave(const id_text& user) noexcept;
  /// Null if it is no longer kept.
  [[nodiscard]] const message_state* message(const id_text& wanted) const noexcept;
  const message_state& post(const user_name& sender, const musubi::text<400>& body,
                            const std::optional<attachment_state>& attachment = {}) noexcept;

  /// Takes what another program, or this one before it was started again, said of this room.
  void take(const room_news& news) noexcept;
  /// Who is there, of all programs: computed when it changes.
  void count_everybody() noexcept;

  room_id id;
  user_list users;        // of this program
  user_list everybody;    // of all
  message_list messages;  // the newest first

 private:
  struct elsewhere {
    site_name site;
    user_list users;
  };
  void users_changed() noexcept;
  const message_state& add(const message_state& fresh) noexcept;
  void announce() const noexcept;

  musubi::list<elsewhere, 8> elsewhere_;
};

/// Published when somebody came, left, or has another name.
struct presence_changed {
  const room* where;
};
struct message_received {
  const room* where;
  id_text id;
};

struct rooms {
  /// Rooms that were ever entered. There is no further one.
  static constexpr std::size_t most = 8;
  /// Null if there are too many.
  [[nodiscard]] room* enter(const room_id& id) noexcept;

  musubi::list<room, most> all;
};
inline rooms all_rooms;
inline musubi::topic<presence_changed> presence_changes;
inline musubi::topic<message_received> messages_received;

/// With a name if the rooms are shared.
inline musubi::watch<sharing_state> sharing;
/// What this program and the others know of a room. Heard by a link to a broker, if there is one.
inline musubi::topic<room_news> news_of_rooms;

/// Begins to share the rooms with other programs, under this name.
void share_as(const site_name& site) noexcept;
/// Another program has come or gone.
void site_changed(const site_state& now) noexcept;

/// "Guest 7" for "user-7"
[[nodiscard]] user_name guest_name(const id_text& user) noexcept;
/// Without blanks around it, and at most 40 characters; the guest's name if nothing is left.
[[nodiscard]] user_name proper_name(std::string_view wanted, const id_text& user) noexcept;

}  // namespace chat_room
