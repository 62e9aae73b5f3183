#pragma once
// A stream that is loaded in the background: the browser shows whether the history is loading, ok
// or failed, and shows messages that arrive in the meantime.
#include <chrono>
#include <cstdint>
#include <string_view>

#include <musubi/musubi.hpp>

struct chat_message {
  std::int32_t id;
  musubi::text<15> sender;
  musubi::text<60> body;
};

struct chat_room {
  std::int32_t next = 1;
  musubi::list<chat_message, 16> latest;
  musubi::topic<chat_message> said;
};
inline chat_room the_room;

// A real device would read a file or query a database here. The result is a snapshot; later
// messages arrive through the topic, and a message that arrives both ways has the same key, so it
// is one item.
inline musubi::task<musubi::result<musubi::stream_items<chat_message, 16>>> fetch_history() {
  co_await musubi::sleep(std::chrono::milliseconds(1500));
  musubi::stream_items<chat_message, 16> found;
  found.items = the_room.latest;
  found.reset = true;  // the history replaces whatever the browser shows
  found.where = {.limit = 16};
  co_return found;
}

struct chat {
  static constexpr std::string_view module = "Example.Chat";

  struct Params {
    musubi::text<15> name;
  };
  struct State {
    musubi::async<musubi::stream<chat_message>> messages;
  };
  struct Say {
    musubi::text<60> body;
  };
  using commands = musubi::commands<Say>;

  musubi::status mount(const Params& params, musubi::context& ctx) {
    if (params.name.empty()) return musubi::refuse("who are you?", "name");
    name = params.name;
    const musubi::status subscribed = ctx.subscribe(*this, the_room.said);
    if (!subscribed.ok()) return subscribed;
    return ctx.stream_async<&chat::messages, &State::messages>(*this, fetch_history());
  }
  musubi::status handle(const Say& command, musubi::context&) {
    if (command.body.empty()) return musubi::refuse("say something", "body");
    if (the_room.latest.size() == the_room.latest.capacity) the_room.latest.erase(0);
    const chat_message fresh{the_room.next++, name, command.body};
    (void)the_room.latest.push_back(fresh);
    the_room.said.publish(fresh);
    return {};
  }
  void handle_info(const chat_message& fresh, musubi::context& ctx) {
    ctx.stream<&State::messages>().insert(fresh, {.limit = 16});
  }
  State render() const { return {messages}; }

  musubi::text<15> name;
  musubi::async<musubi::stream<chat_message>> messages;
};
