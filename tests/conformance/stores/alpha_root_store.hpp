#pragma once

#include "stores/texts.hpp"

#include <musubi/musubi.hpp>

namespace conformance {

/// Placed in an AlphaRootStore; not declared as a root (contract section 17.1).
struct child_store {
  static constexpr std::string_view module = "Musubi.WireCapture.Stores.ChildStore";

  struct Props {
    short_text label;
  };
  struct State {
    short_text label;
  };
  State render() const { return {props.label}; }

  Props props;
};

/// Typed mount params, what handle_connect found out, and a child (contract section 17.1).
struct alpha_root_store {
  static constexpr std::string_view module = "Musubi.WireCapture.Stores.AlphaRootStore";

  struct Params {
    short_text room_id;
  };
  struct State {
    short_text room_id;
    short_text current_user;
    musubi::child<child_store> child;
  };
  struct Rename {
    short_text room_id;
  };
  using commands = musubi::commands<Rename>;

  musubi::status mount(const Params& params, musubi::context& context);
  musubi::status handle(const Rename& command, musubi::context&) {
    room_id = command.room_id;
    return {};
  }
  State render() const { return {room_id, current_user, {"child", {room_id}}}; }

  short_text room_id;
  short_text current_user;
};

}  // namespace conformance
