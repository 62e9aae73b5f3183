#pragma once

#include "stores/texts.hpp"

#include <musubi/musubi.hpp>

namespace conformance {

/// What is posted on a board is seen on all boards.
struct board {
  static constexpr std::string_view module = "Conformance.Stores.Board";

  struct note {
    short_text author;
    short_text text;
  };
  struct State {
    musubi::list<note, 8> notes;  ///< since this board was mounted, the newest last
  };
  struct Post {
    short_text text;
  };
  using commands = musubi::commands<Post>;

  static inline musubi::topic<note> posted;

  musubi::status mount(musubi::context& context) { return context.subscribe(*this, posted); }
  musubi::status handle(const Post& command, musubi::context& context);
  void handle_info(const note& fresh, musubi::context&) noexcept {
    if (state.notes.full()) state.notes.erase(0);
    (void)state.notes.push_back(fresh);
  }
  State render() const { return state; }

  State state;
};

}  // namespace conformance
