#pragma once
/// A store that uses everything a store can use beside its State, for the tests that look after a
/// host's memory.

#include "support/board.hpp"

#include <optional>

#include <musubi/musubi.hpp>

namespace musubi::test {

struct part {
  std::int32_t id;
  text<64> about;
};
struct measured {
  std::int32_t millimetres;
};
struct Finished {
  std::int32_t tool;
};

inline constexpr duration a_moment = std::chrono::milliseconds(1);

inline task<result<std::int32_t>> measure(duration after) {
  co_await sleep(after);
  co_return 7;
}
inline task<result<measured>> inspect(duration after) {
  co_await sleep(after);
  co_return measured{8};
}
inline task<result<stream_items<part, 4>>> fetch_parts(duration after) {
  co_await sleep(after);
  stream_items<part, 4> found;
  found.reset = true;
  for (std::int32_t i = 0; i < 4; ++i) (void)found.items.push_back({i, text<64>("from the store")});
  co_return found;
}

/// A child with a stream, events, a task and a callback of its own.
struct tool {
  static constexpr std::string_view module = "Test.Tool";
  struct Props {
    std::int32_t number;
    callback<std::int32_t> used;
  };
  struct State {
    std::int32_t number;
    std::int32_t uses;
    stream<part> log;
    async<std::int32_t> length;
  };
  struct Use {};
  using commands = musubi::commands<Use>;
  using events = musubi::events<Finished>;
  struct repaired {};

  status handle(const Use&, context& ctx) {
    ++uses;
    ctx.stream<&State::log>().insert({uses, text<64>("used")}, {.limit = 3});
    ctx.push_event(Finished{props.number});
    props.used(props.number);
    return ctx.assign_async<&tool::length>(*this, measure(a_moment), {.timeout = a_moment * 1000});
  }
  void update(const Props&, context&) {}
  void update(const repaired&, context&) { uses = 0; }
  State render() const { return {props.number, uses, {}, length}; }

  Props props{};
  std::int32_t uses = 0;
  async<std::int32_t> length;
};

struct workshop {
  static constexpr std::string_view module = "Test.Workshop";
  static constexpr std::size_t hooks = 2;
  struct Params {
    std::optional<std::int32_t> tools;
  };
  struct State {
    list<child<tool, 31>, 6> tools;
    stream<part> parts;
    async<stream<part>> stock;
    async<std::int32_t> length;
    std::int32_t uses;
    std::int32_t width;
    std::int32_t asked;
  };
  struct Place {
    std::int32_t tools;
  };
  struct Fill {
    std::int32_t parts;
  };
  struct Ring {};
  struct Measure {};
  struct Inspect {};
  struct Stock {};
  struct Repair {};
  using commands = musubi::commands<Place, Fill, Ring, Measure, Inspect, Stock, Repair>;
  using events = musubi::events<Finished>;

  status mount(const Params& params, context& ctx) {
    tools = params.tools.value_or(1);
    return ctx.attach_hook<before_command, &workshop::count>(*this, "count");
  }
  verdict count(const command_info&, context&) {
    ++asked;
    return proceed();
  }
  void used(std::int32_t, context&) { ++uses; }
  void handle_async(const result<measured>& seen, context&) {
    width = seen.ok() ? seen->millimetres : -1;
  }
  status handle(const Place& command, context&) {
    tools = command.tools;
    return {};
  }
  status handle(const Fill& command, context& ctx) {
    for (std::int32_t i = 0; i < command.parts; ++i) {
      ctx.stream<&State::parts>().insert({i, text<64>("a part whose text is longer than a block")});
    }
    return {};
  }
  status handle(const Ring&, context& ctx) {
    ctx.push_event(Finished{0});
    return {};
  }
  status handle(const Measure&, context& ctx) {
    return ctx.assign_async<&workshop::length>(*this, measure(a_moment));
  }
  status handle(const Inspect&, context& ctx) { return ctx.start_async(*this, inspect(a_moment)); }
  status handle(const Stock&, context& ctx) {
    return ctx.stream_async<&workshop::stock, &State::stock>(*this, fetch_parts(a_moment));
  }
  status handle(const Repair&, context& ctx) {
    return ctx.send_update<tool>(tool::repaired{}, "tools", "tool 0");
  }
  State render(const context& ctx) const {
    State made{{}, {}, stock, length, uses, width, asked};
    for (std::int32_t i = 0; i < tools; ++i) {
      text<31> id("tool ");
      (void)id.append(std::string_view("0123456789").substr(static_cast<std::size_t>(i), 1));
      (void)made.tools.push_back({id, {i, ctx.callback<&workshop::used>(*this)}});
    }
    return made;
  }

  std::int32_t tools = 0;
  std::int32_t uses = 0;
  std::int32_t width = 0;
  std::int32_t asked = 0;
  async<std::int32_t> length;
  async<stream<part>> stock;
};

struct workshop_socket {
  using roots = musubi::roots<workshop, board>;
};

}  // namespace musubi::test
