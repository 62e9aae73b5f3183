#pragma once

#include "stores/texts.hpp"

#include <musubi/musubi.hpp>

namespace conformance {

/// A root that ended, and why.
struct ending {
  short_text id;
  short_text reason;
};

/// Tells of its end.
struct witness {
  static constexpr std::string_view module = "Conformance.Stores.Witness";

  struct State {
    std::int32_t count;
  };
  struct Increment {};
  using commands = musubi::commands<Increment>;

  static inline musubi::topic<ending> endings;

  musubi::status handle(const Increment&, musubi::context&) {
    ++count;
    return {};
  }
  void terminate(std::string_view reason, musubi::context& context) noexcept {
    (void)endings.publish({short_text::clipped(context.id()), short_text::clipped(reason)});
  }
  State render() const { return {count}; }

  std::int32_t count = 0;
};

}  // namespace conformance
