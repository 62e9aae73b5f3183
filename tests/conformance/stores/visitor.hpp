#pragma once

#include "stores/texts.hpp"

#include <optional>

#include <musubi/musubi.hpp>

namespace conformance {

/// What the socket learned of its visitor.
struct visitor {
  static constexpr std::string_view module = "Conformance.Stores.Visitor";

  struct State {
    short_text current_user;
    std::optional<short_text> auth_token;
    std::optional<short_text> theme;
    musubi::text<128> joined_topic;
  };

  State render(const musubi::context& context) const;
};

}  // namespace conformance
