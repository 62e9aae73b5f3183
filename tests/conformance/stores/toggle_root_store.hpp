#pragma once

#include "stores/alpha_root_store.hpp"

#include <musubi/musubi.hpp>

namespace conformance {

/// A child that comes and goes (contract section 17.1).
struct toggle_root_store {
  static constexpr std::string_view module = "Musubi.WireCapture.Stores.ToggleRootStore";

  struct State {
    std::optional<musubi::child<child_store>> panel;
  };
  struct Toggle {
    bool show;
  };
  using commands = musubi::commands<Toggle>;

  musubi::status handle(const Toggle& command, musubi::context&) {
    shown = command.show;
    return {};
  }
  State render() const {
    if (!shown) return {};
    return {musubi::child<child_store>{"panel", {"panel"}}};
  }

  bool shown = false;
};

}  // namespace conformance
