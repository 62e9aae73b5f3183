#pragma once

#include "stores/texts.hpp"

#include <musubi/musubi.hpp>

namespace conformance {

/// An event (contract section 17.1).
struct event_root_store {
  static constexpr std::string_view module = "Musubi.WireCapture.Stores.EventRootStore";

  struct State {
    short_text title;
  };
  struct Toast {
    short_text msg;
  };
  using events = musubi::events<Toast>;
  struct Notify {
    short_text msg;
  };
  using commands = musubi::commands<Notify>;

  musubi::status handle(const Notify& command, musubi::context& context) {
    context.push_event(Toast{command.msg});
    return {};
  }
  State render() const { return {"events"}; }
};

}  // namespace conformance
