#include "chat_room_store.hpp"

#include <chrono>
#include <cstddef>
#include <cstdint>

namespace chat_room {

namespace {

/// The newest are at the start, where a further message pushes out the oldest, at the end. One of
/// another program may belong between others.
musubi::insertion at_place(std::ptrdiff_t place) {
  if (place == 0) return {.at = 0, .limit = -100};
  return {.at = static_cast<std::int32_t>(place)};
}

// A real program would query a database in these tasks. The delay shows that the page does not
// wait.
musubi::task<musubi::result<found_history>> find_history(const room& here) {
  co_await musubi::sleep(std::chrono::milliseconds(1500));
  co_return found_history{&here.messages};
}
musubi::task<musubi::result<found_users>> find_users(const room& here) {
  co_await musubi::sleep(musubi::duration::zero());
  co_return found_users{&here.everybody};
}
musubi::task<musubi::result<sent_message>> send(room& here, user_name sender,
                                                musubi::text<400> body) {
  co_await musubi::sleep(musubi::duration::zero());
  if (body.empty()) co_return musubi::refuse("empty_message");
  co_return sent_message{here.post(sender, body).id};
}

template <class T>
void show_failure(musubi::async<T>& value, const musubi::status& why) noexcept {
  value.status = musubi::async_status::failed;
  value.reason = {musubi::async_reason::kind_of::exit, musubi::text<47>::clipped(why.reason())};
}

}  // namespace

musubi::status chat_room_store::mount(const Params& params, musubi::context& ctx) {
  if (params.room_id.empty()) return musubi::refuse("which room?", "room_id");
  here = all_rooms.enter(params.room_id);
  if (here == nullptr) return musubi::refuse("there is no room left", "room_id");

  musubi::status done = ctx.subscribe(*this, messages_received);
  if (done.ok()) done = ctx.subscribe(*this, presence_changes);
  if (done.ok()) done = ctx.follow(sharing);
  if (done.ok()) done = ctx.start_async(*this, find_history(*here));
  if (done.ok()) done = ctx.start_async(*this, find_users(*here));
  if (!done.ok()) return done;

  const auto joined = here->join();  // last: who could not mount has not joined, and never leaves
  if (!joined) return musubi::refuse("the room is full");
  me = *joined;
  return {};
}

void chat_room_store::handle_async(const musubi::result<found_history>& found,
                                   musubi::context& ctx) {
  if (!found.ok()) return show_failure(messages, found.error());
  messages.status = musubi::async_status::ok;
  const auto list = ctx.stream<&State::messages>();
  list.reset();  // it replaces whatever the browser shows
  list.insert_all(*found->messages);
}
void chat_room_store::handle_async(const musubi::result<found_users>& found, musubi::context&) {
  if (!found.ok()) return show_failure(online_users, found.error());
  online_users = musubi::async<room::user_list>::ok(*found->users);
}

void chat_room_store::terminate(std::string_view, musubi::context&) {
  if (!me.id.empty()) here->leave(me.id);
}

musubi::result<chat_room_store::SetName::Reply> chat_room_store::handle(const SetName& command,
                                                                        musubi::context&) {
  me.name = proper_name(command.name, me.id);
  here->rename(me.id, me.name);
  online_users = musubi::async<room::user_list>::ok(here->everybody);
  return SetName::Reply{true, me.name};
}

// The reply says that the message is on its way. What became of it arrives in `handle_async`.
musubi::result<chat_room_store::SendMessage::Reply> chat_room_store::handle(
    const SendMessage& command, musubi::context& ctx) {
  const musubi::status started = ctx.start_async(*this, send(*here, me.name, command.body));
  if (!started.ok()) return started;
  return SendMessage::Reply{true};
}
void chat_room_store::handle_async(const musubi::result<sent_message>& done, musubi::context&) {
  if (done.ok()) {
    last_send_status = send_ok{.id = done->id};
  } else {
    last_send_status = send_failed{.reason = musubi::text<47>::clipped(done.error().reason())};
  }
}

musubi::result<musubi::upload_sink*> chat_room_store::open_upload(const Attachment&,
                                                                  const musubi::upload_entry&,
                                                                  musubi::context&) {
  attachment* const place = all_attachments.begin();
  if (place == nullptr) return musubi::refuse("too many files at once");
  return place;
}
musubi::result<chat_room_store::Attach::Reply> chat_room_store::handle(const Attach&,
                                                                       musubi::context& ctx) {
  Attach::Reply reply{};
  ctx.consume_uploads<Attachment>([&](const musubi::upload_entry& file) {
    const attachment_state& kept =
        all_attachments.keep(file.sink<attachment>(), file.client_name());
    here->post(me.name, musubi::text<400>::clipped("shared ", kept.name), kept);
    reply = {true, kept.name};
    return true;
  });
  return reply;
}

void chat_room_store::handle_info(const message_received& news, musubi::context& ctx) {
  if (news.where != here) return;
  const message_state* const fresh = here->message(news.id);
  if (fresh == nullptr) return;
  ctx.stream<&State::messages>().insert(*fresh, at_place(fresh - here->messages.begin()));
}
void chat_room_store::handle_info(const presence_changed& news, musubi::context&) {
  if (news.where == here) online_users = musubi::async<room::user_list>::ok(here->everybody);
}

}  // namespace chat_room
