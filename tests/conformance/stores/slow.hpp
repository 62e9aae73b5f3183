#pragma once

#include <cstdint>

#include <musubi/musubi.hpp>

namespace conformance {

/// What slow handlers wait for. An event belongs to one host: only with --cores 1.
inline musubi::event gate_opened;

/// Its handler waits until somebody opens the gate.
struct slow {
  static constexpr std::string_view module = "Conformance.Stores.Slow";

  struct State {
    std::int32_t waited;
    std::int32_t touched;
  };
  struct Wait {
    struct Reply {
      std::int32_t touched;  ///< while it waited: nothing else may have run
    };
  };
  struct Touch {};
  using commands = musubi::commands<Wait, Touch>;

  musubi::task<musubi::result<Wait::Reply>> handle(const Wait&, musubi::context&) {
    const std::int32_t before = state.touched;
    co_await gate_opened.wait();
    ++state.waited;
    co_return Wait::Reply{state.touched - before};
  }
  musubi::status handle(const Touch&, musubi::context&) {
    ++state.touched;
    return {};
  }
  State render() const { return state; }

  State state{};
};

/// Opens it.
struct gate {
  static constexpr std::string_view module = "Conformance.Stores.Gate";

  struct State {
    std::int32_t opened;
  };
  struct Open {};
  using commands = musubi::commands<Open>;

  musubi::status handle(const Open&, musubi::context&) {
    ++opened;
    gate_opened.notify();
    return {};
  }
  State render() const { return {opened}; }

  std::int32_t opened = 0;
};

}  // namespace conformance
