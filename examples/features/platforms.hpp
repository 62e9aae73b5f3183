#pragma once
// An update for one store among many: a timetable sends each train to the platform where it
// arrives, and only that platform is rendered.
#include <cstdint>
#include <optional>
#include <string_view>

#include <musubi/musubi.hpp>

struct train {
  std::int32_t number;
  musubi::text<24> from;
};

struct platform {
  static constexpr std::string_view module = "Example.Platform";

  struct Props {
    std::int32_t number;
  };
  struct State {
    std::int32_t number;
    std::optional<musubi::text<24>> train_from;
  };

  // Called for new props, and for a train, which stays until the next one even if the props change.
  void update(const Props& passed, musubi::context&) { number = passed.number; }
  void update(const train& arrived, musubi::context&) { train_from = arrived.from; }

  musubi::status init(const Props& passed, musubi::context&) {
    number = passed.number;
    return {};
  }
  State render() const { return {number, train_from}; }

  std::int32_t number = 0;
  std::optional<musubi::text<24>> train_from;
};

struct station {
  static constexpr std::string_view module = "Example.Station";

  struct State {
    std::array<musubi::child<platform>, 3> platforms;
  };
  struct Arrive {
    std::int32_t number;
    musubi::text<24> from;
    std::int32_t platform;
  };
  using commands = musubi::commands<Arrive>;

  // The platform handles it after this command. If there is no such platform, the update is
  // dropped.
  musubi::status handle(const Arrive& command, musubi::context& ctx) {
    if (command.platform < 1 || command.platform > 3) {
      return musubi::refuse("no such platform", "platform");
    }
    const char id[] = {static_cast<char>('0' + command.platform), '\0'};
    return ctx.send_update<platform>(train{command.number, command.from}, "platforms", id);
  }
  State render() const { return {{{{1, {1}}, {2, {2}}, {3, {3}}}}}; }
};
