#pragma once

#include "stores/witness.hpp"

#include <musubi/musubi.hpp>

namespace conformance {

/// The last endings of witnesses.
struct journal {
  static constexpr std::string_view module = "Conformance.Stores.Journal";

  struct State {
    musubi::list<ending, 16> endings;  ///< the newest last
  };

  musubi::status mount(musubi::context& context) {
    return context.subscribe(*this, witness::endings);
  }
  void handle_info(const ending& last, musubi::context&) noexcept {
    if (state.endings.full()) state.endings.erase(0);
    (void)state.endings.push_back(last);
  }
  State render() const { return state; }

  State state;
};

}  // namespace conformance
