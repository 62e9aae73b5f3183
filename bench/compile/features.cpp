// A store that uses every feature, and its host.
#include <chrono>
#include <cstdint>
#include <string_view>

#include <musubi/asio/host.hpp>

namespace {

enum class mode { off, heat, cool };
struct entry {
  std::int32_t id;
  musubi::text<60> line;
};
struct outlook {
  musubi::text<15> sky;
  float celsius;
};

musubi::watch<std::int32_t> target{20};
musubi::topic<entry> written;

musubi::task<musubi::result<outlook>> fetch_outlook() {
  co_await musubi::sleep(std::chrono::seconds(2));
  co_return outlook{"clear", 21};
}

struct valve {
  static constexpr std::string_view module = "App.Valve";
  struct Props {
    std::int32_t place;
    musubi::callback<std::int32_t> turned;
  };
  struct State {
    std::int32_t place;
    bool open;
  };
  struct Turn {
    bool open;
  };
  using commands = musubi::commands<Turn>;
  musubi::status handle(const Turn& command, musubi::context&) {
    open = command.open;
    props.turned(props.place);
    return {};
  }
  State render() const { return {props.place, open}; }
  Props props;
  bool open = false;
};

struct sink final : musubi::upload_sink {
  musubi::upload_step write(std::span<const std::byte>) noexcept override { return {}; }
  musubi::upload_step finish() noexcept override { return {}; }
  void release() noexcept override {}
};
sink files;

struct house {
  static constexpr std::string_view module = "App.House";
  static constexpr std::size_t hooks = 2;

  struct Params {
    musubi::text<15> name;
    std::optional<std::int32_t> floor;
  };
  struct State {
    musubi::text<15> name;
    mode now;
    std::int32_t target;
    double power;
    musubi::list<musubi::child<valve>, 4> valves;
    musubi::stream<entry> entries;
    musubi::async<outlook> weather;
  };
  struct Set {
    std::int32_t celsius;
    mode wanted;
  };
  struct Refresh {};
  struct Write {
    musubi::text<60> line;
    struct Reply {
      std::int32_t id;
    };
  };
  struct Post {
    struct Reply {
      std::int32_t kept;
    };
  };
  using commands = musubi::commands<Set, Refresh, Write, Post>;
  struct Chime {
    musubi::text<30> who;
  };
  using events = musubi::events<Chime>;
  struct Plan {
    static constexpr std::array accept{".txt"};
    static constexpr std::uint32_t max_entries = 1;
    static constexpr std::uint32_t max_file_size = 1000;
  };
  using uploads = musubi::uploads<Plan>;

  musubi::status mount(const Params& params, musubi::context& ctx) {
    name = params.name;
    if (const auto audits = ctx.attach_hook<musubi::after_command, &house::audit>(*this, "audit");
        !audits.ok()) {
      return audits;
    }
    if (const auto followed = ctx.follow(target); !followed.ok()) return followed;
    return ctx.subscribe(*this, written);
  }
  musubi::verdict audit(const musubi::command_info&, musubi::context&) {
    ++handled;
    return musubi::proceed();
  }
  musubi::status handle(const Set& command, musubi::context&) {
    if (command.celsius > 30) return musubi::refuse("at most 30", "celsius");
    target.set(command.celsius);
    now = command.wanted;
    return {};
  }
  musubi::status handle(const Refresh&, musubi::context& ctx) {
    return ctx.assign_async<&house::weather>(*this, fetch_outlook());
  }
  musubi::task<musubi::result<Write::Reply>> handle(Write command, musubi::context& ctx) {
    co_await musubi::sleep(std::chrono::milliseconds(1));
    written.publish({++handled, command.line});
    ctx.push_event(Chime{"somebody"});
    co_return Write::Reply{handled};
  }
  musubi::result<musubi::upload_sink*> open_upload(const Plan&, const musubi::upload_entry&,
                                                   musubi::context&) {
    return &files;
  }
  musubi::result<Post::Reply> handle(const Post&, musubi::context& ctx) {
    Post::Reply reply{0};
    ctx.consume_uploads<Plan>([&](const musubi::upload_entry&) { return ++reply.kept, true; });
    return reply;
  }
  void handle_info(const entry& fresh, musubi::context& ctx) {
    ctx.stream<&State::entries>().insert(fresh, {.at = 0, .limit = 20});
  }
  void turned(std::int32_t, musubi::context&) { ++handled; }
  State render(const musubi::context& ctx) const {
    State made{name, now, target.get(), 1.5, {}, {}, weather};
    for (std::int32_t i = 0; i < 3; ++i) {
      (void)made.valves.push_back({i, {i, ctx.callback<&house::turned>(*this)}});
    }
    return made;
  }

  musubi::text<15> name;
  mode now = mode::off;
  std::int32_t handled = 0;
  musubi::async<outlook> weather;
};

struct browser {
  using roots = musubi::roots<house>;
};

}  // namespace

int main(int argc, char** argv) {
  musubi::asio::host<browser> host{musubi::asio::from_command_line(argc, argv, "A house.")};
  return host.run();
}
