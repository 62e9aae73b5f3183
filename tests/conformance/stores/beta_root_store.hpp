#pragma once

#include "stores/texts.hpp"

#include <musubi/musubi.hpp>

namespace conformance {

/// A command with a reply (contract section 17.1).
struct beta_root_store {
  static constexpr std::string_view module = "Musubi.WireCapture.Stores.BetaRootStore";

  struct Params {
    short_text label;
  };
  struct State {
    short_text label;
    short_text current_user;
  };
  struct Rename {
    short_text label;
  };
  struct Echo {
    short_text label;
    struct Reply {
      bool ok;
      short_text label;
    };
  };
  using commands = musubi::commands<Rename, Echo>;

  musubi::status mount(const Params& params, musubi::context& context);
  musubi::status handle(const Rename& command, musubi::context&) {
    state.label = command.label;
    return {};
  }
  musubi::result<Echo::Reply> handle(const Echo& command, musubi::context&) {
    return Echo::Reply{true, command.label};
  }
  State render() const { return state; }

  State state;
};

}  // namespace conformance
