#pragma once
// A chat room, with everything in the background: the history, who is there, and what is sent.
#include "../rooms.hpp"

#include <array>
#include <cstdint>
#include <optional>
#include <string_view>
#include <variant>

namespace chat_room {

// Where a task has found what the page waits for. With `stream_async` and `assign_async` a task
// yields the values themselves, and each browser that waits would need frames for a copy of a
// hundred messages. The rooms have them anyway.
struct found_history {
  const room::message_list* messages;
};
struct found_users {
  const room::user_list* users;
};

/// The result of a message that was sent.
struct sent_message {
  id_text id;
};

// What became of the last message. Each alternative has its own fields on the wire.
struct idle {
  musubi::constant<"idle"> type;
};
struct send_ok {
  musubi::constant<"ok"> type{};
  id_text id;
};
struct send_failed {
  musubi::constant<"failed"> type{};
  musubi::text<47> reason;
};
using send_status = std::variant<idle, send_ok, send_failed>;

/// The key of a message in the browser's list.
[[nodiscard]] inline musubi::text<48> key_of(const message_state& message) noexcept {
  return musubi::text<48>::clipped("msg-", message.id);
}

struct chat_room_store {
  static constexpr std::string_view module = "ChatRoom.Stores.ChatRoomStore";
  using message_stream = musubi::stream<message_state, &key_of>;

  struct Params {
    chat_room::room_id room_id;
  };
  struct State {
    musubi::async<message_stream> messages;
    online_user current_user;
    musubi::async<room::user_list> online_users;
    send_status last_send_status;
    std::optional<sharing_state> sharing;
  };
  struct Attachment {  // upload "attachment"
    static constexpr std::array accept{".png", ".jpg", ".jpeg", ".gif", ".txt", ".md"};
    static constexpr std::uint32_t max_entries = 1;
    static constexpr std::uint32_t max_file_size = attachment::most_bytes;
  };
  using uploads = musubi::uploads<Attachment>;

  struct SetName {
    musubi::text<200> name;
    struct Reply {
      bool ok;
      user_name name;
    };
  };
  struct SendMessage {
    musubi::text<400> body;
    struct Reply {
      bool queued;
    };
  };
  struct Attach {
    struct Reply {
      bool attached;
      std::optional<musubi::text<120>> name;
    };
  };
  using commands = musubi::commands<SetName, SendMessage, Attach>;

  musubi::status mount(const Params& params, musubi::context& ctx);
  void terminate(std::string_view reason, musubi::context& ctx);

  musubi::result<SetName::Reply> handle(const SetName& command, musubi::context& ctx);
  musubi::result<SendMessage::Reply> handle(const SendMessage& command, musubi::context& ctx);
  void handle_async(const musubi::result<found_history>& found, musubi::context& ctx);
  void handle_async(const musubi::result<found_users>& found, musubi::context& ctx);
  void handle_async(const musubi::result<sent_message>& done, musubi::context& ctx);
  musubi::result<Attach::Reply> handle(const Attach& command, musubi::context& ctx);
  musubi::result<musubi::upload_sink*> open_upload(const Attachment&, const musubi::upload_entry&,
                                                   musubi::context&);

  void handle_info(const message_received& news, musubi::context& ctx);
  void handle_info(const presence_changed& news, musubi::context& ctx);

  [[nodiscard]] State render() const {
    State state{messages, me, online_users, last_send_status, sharing.get()};
    if (state.sharing->site.empty()) state.sharing.reset();
    return state;
  }

  musubi::async<message_stream> messages;
  musubi::async<room::user_list> online_users;

 private:
  room* here = nullptr;
  online_user me{};
  send_status last_send_status;
};

}  // namespace chat_room
