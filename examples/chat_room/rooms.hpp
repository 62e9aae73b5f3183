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
using id_text = musubi::text<23>;  // "user-7", "msg-7"
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

  room_id id;
  user_list users;
  message_list messages;  // the newest first
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

/// "Guest 7" for "user-7"
[[nodiscard]] user_name guest_name(const id_text& user) noexcept;
/// Without blanks around it, and at most 40 characters; the guest's name if nothing is left.
[[nodiscard]] user_name proper_name(std::string_view wanted, const id_text& user) noexcept;

}  // namespace chat_room
