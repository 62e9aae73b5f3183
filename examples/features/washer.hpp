#pragma once
// Unions: one of several structs, each with fields of its own. A washing machine is idle, at work
// or stuck; what it is told, keeps and shows is one of several, too.
#include <cstdint>
#include <string_view>
#include <variant>

#include <musubi/musubi.hpp>

// What it does. A page tells them apart by the constant, which all have.
struct idle {
  musubi::constant<"idle"> is;
};
struct washing {
  musubi::constant<"washing"> is{};
  std::int32_t celsius;
};
struct stuck {
  musubi::constant<"stuck"> is{};
  musubi::text<24> why;
};
using washer_phase = std::variant<idle, washing, stuck>;

// What it may be told to wash.
struct cotton {
  musubi::constant<"cotton"> fabric{};
  std::int32_t celsius;
};
struct wool {
  musubi::constant<"wool"> fabric;
};
using laundry = std::variant<cotton, wool>;

struct washer_display {
  static constexpr std::string_view module = "Example.WasherDisplay";

  struct Props {
    washer_phase phase;  // compared as a whole: another alternative is another value
  };
  struct State {
    musubi::text<32> line;
  };

  musubi::status init(const Props& passed, musubi::context&) {
    show(passed);
    return {};
  }
  void update(const Props& passed, musubi::context&) { show(passed); }
  State render() const { return {line}; }

 private:
  // One function for each alternative: one that is forgotten does not compile.
  struct words {
    musubi::text<32> operator()(const idle&) const { return "ready"; }
    musubi::text<32> operator()(const washing& now) const {
      return musubi::text<32>::clipped(now.celsius > 40 ? "hot" : "gentle");
    }
    musubi::text<32> operator()(const stuck& now) const {
      return musubi::text<32>::clipped(now.why.view());
    }
  };
  void show(const Props& passed) { line = std::visit(words{}, passed.phase); }

  musubi::text<32> line;
};

struct washer {
  static constexpr std::string_view module = "Example.Washer";

  struct Happened {
    std::int32_t id;
    washer_phase phase;
  };
  struct State {
    washer_phase phase;
    musubi::stream<Happened> history;
    musubi::child<washer_display> display;
  };
  struct Start {
    laundry load;
  };
  struct Jam {
    musubi::text<24> why;
  };
  struct Open {};
  using commands = musubi::commands<Start, Jam, Open>;

  musubi::status handle(const Start& command, musubi::context& ctx) {
    if (!std::holds_alternative<idle>(phase)) return musubi::refuse("open it first");
    const auto* hot = std::get_if<cotton>(&command.load);
    if (hot != nullptr && hot->celsius > 90) return musubi::refuse("at most 90 °C", "load.celsius");
    return become(washing{.celsius = hot == nullptr ? 30 : hot->celsius}, ctx);
  }
  musubi::status handle(const Jam& command, musubi::context& ctx) {
    return become(stuck{.why = command.why}, ctx);
  }
  musubi::status handle(const Open&, musubi::context& ctx) { return become(idle{}, ctx); }
  State render() const { return {phase, {}, {"display", {phase}}}; }

 private:
  musubi::status become(const washer_phase& next, musubi::context& ctx) {
    phase = next;
    ctx.stream<&State::history>().insert({++happened, phase});
    return {};
  }

  washer_phase phase;  // the first alternative: idle
  std::int32_t happened = 0;
};
