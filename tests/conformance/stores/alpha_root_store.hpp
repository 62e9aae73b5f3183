#pragma once

#include "stores/texts.hpp"

#include <musubi/store/commands.hpp>
#include <musubi/store/context.hpp>

namespace conformance {

/// Typed mount params and what handle_connect found out (contract section 17.1). Its child,
/// ChildStore, comes with child stores.
struct alpha_root_store {
  static constexpr std::string_view module = "Musubi.WireCapture.Stores.AlphaRootStore";

  struct Params {
    short_text room_id;
  };
  struct State {
    short_text room_id;
    short_text current_user;
  };
  struct Rename {
    short_text room_id;
  };
  using commands = musubi::commands<Rename>;

  musubi::status mount(const Params& params, musubi::context& context);
  musubi::status handle(const Rename& command, musubi::context&) {
    state.room_id = command.room_id;
    return {};
  }
  State render() const { return state; }

  State state;
};

}  // namespace conformance
