#pragma once
/// A small store to be a child of others.

#include "probe.hpp"

namespace probe {

struct valve {
  static constexpr std::string_view module = "Probe.Valve";
  struct Props {
    std::int32_t most = 0;
  };
  struct State {
    std::int32_t open;
  };
  struct Turn {
    std::int32_t to;
  };
  using commands = musubi::commands<Turn>;

  musubi::status handle(const Turn& command, musubi::context&) {
    open = command.to;
    return {};
  }
  [[nodiscard]] State render() const { return {open < props.most ? open : props.most}; }

  Props props;
  std::int32_t open = 0;
};

}  // namespace probe
