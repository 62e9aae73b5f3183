#pragma once
// A store that calls every function of its context, with nothing included but HOST_HEADER.

#include HOST_HEADER

struct reading {
  int id;
};
inline musubi::topic<reading> readings;
inline musubi::watch<int> target{20};
musubi::task<musubi::result<int>> count();
musubi::task<musubi::result<std::tuple<int, int>>> count_both();
musubi::task<musubi::result<musubi::stream_items<reading, 4>>> load();

struct lamp {
  static constexpr std::string_view module = "App.Lamp";
  struct Props {
    musubi::callback<> pressed;
  };
  struct State {
    bool on;
  };
  void update(const reading&, musubi::context&) {}
  State render() const { return {true}; }
  Props props;
};

struct panel {
  static constexpr std::string_view module = "App.Panel";
  static constexpr std::size_t hooks = 1;
  struct State {
    musubi::child<lamp> light;
    musubi::async<int> first;
    musubi::async<int> second;
    musubi::async<musubi::stream<reading>> history;
  };
  struct Chime {};
  using events = musubi::events<Chime>;
  struct Photo {
    static constexpr std::array accept{".jpg"};
  };
  using uploads = musubi::uploads<Photo>;
  struct Press {};
  using commands = musubi::commands<Press>;

  musubi::status mount(musubi::context& ctx) {
    (void)ctx.subscribe(*this, readings);
    (void)ctx.follow(target);
    (void)ctx.attach_hook<musubi::before_command, &panel::guard>(*this, "guard");
    (void)ctx.assign_async<&panel::first>(*this, count());
    (void)ctx.assign_async<&panel::first, &panel::second>(*this, count_both());
    return ctx.stream_async<&panel::history, &State::history>(*this, load());
  }
  musubi::status handle(const Press&, musubi::context& ctx) {
    ctx.stream<&State::history>().reset();
    ctx.push_event(Chime{});
    ctx.detach_hook<musubi::before_command>("guard");
    ctx.cancel_async<&panel::first>();
    ctx.cancel_async<int>();
    ctx.consume_uploads<Photo>([](const musubi::upload_entry&) { return true; });
    ctx.each_upload<Photo>([](const musubi::upload_entry&) {});
    (void)ctx.cancel_upload<Photo>("1");
    (void)ctx.start_async(*this, count());
    return ctx.send_update<lamp>(reading{1}, "light");
  }
  musubi::result<musubi::upload_sink*> open_upload(const Photo&, const musubi::upload_entry&,
                                                   musubi::context&) {
    return musubi::refuse("full");
  }
  musubi::verdict guard(const musubi::command_info&, musubi::context&) { return musubi::proceed(); }
  void handle_info(const reading&, musubi::context&) {}
  void handle_async(const musubi::result<int>&, musubi::context&) {}
  void press(musubi::context&) {}
  State render(const musubi::context& ctx) const {
    return {{"light", {ctx.callback<&panel::press>(*this)}}, first, second, history};
  }

  musubi::async<int> first;
  musubi::async<int> second;
  musubi::async<musubi::stream<reading>> history;
};

struct browser {
  using roots = musubi::roots<panel>;
};
