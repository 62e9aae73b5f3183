#pragma once

#include <cstdint>

#include <musubi/musubi.hpp>

namespace conformance {

/// Changes by itself, as a sensor does.
struct pulse {
  static constexpr std::string_view module = "Conformance.Stores.Pulse";

  struct State {
    std::uint32_t beat;
  };

  static inline musubi::topic<std::uint32_t> beats;
  /// Publishes a beat every `interval`, for ever.
  static musubi::task<> run(musubi::duration interval);

  musubi::status mount(musubi::context& context) { return context.subscribe(*this, beats); }
  void handle_info(const std::uint32_t& next, musubi::context&) noexcept { beat = next; }
  State render() const { return {beat}; }

  std::uint32_t beat = 0;
};

}  // namespace conformance
