#pragma once

#include "stores/texts.hpp"

#include <optional>

#include <musubi/musubi.hpp>

namespace conformance {

/// Breaks wherever a store can, when asked to.
struct fragile {
  static constexpr std::string_view module = "Conformance.Stores.Fragile";

  struct Params {
    std::optional<short_text> mount;  ///< "throw", "fail", "refuse"
  };
  struct State {
    std::int32_t count;
  };
  struct Increment {};
  struct Refuse {};
  struct Fail {};
  struct Throw {};
  struct ThrowLater {};
  struct ThrowInRender {};
  using commands = musubi::commands<Increment, Refuse, Fail, Throw, ThrowLater, ThrowInRender>;

  musubi::status mount(const Params& params, musubi::context&);
  musubi::status handle(const Increment&, musubi::context&);
  musubi::status handle(const Refuse&, musubi::context&);
  musubi::status handle(const Fail&, musubi::context&);
  musubi::status handle(const Throw&, musubi::context&);
  musubi::task<musubi::status> handle(const ThrowLater&, musubi::context&);
  musubi::status handle(const ThrowInRender&, musubi::context&);
  State render() const;

  std::int32_t count = 0;
  bool render_throws = false;
};

}  // namespace conformance
