#pragma once
/// What the gateway says when it starts.

#include "settings/options.hpp"
#include "settings/settings_file.hpp"

#include <cstdint>

namespace gateway {

/// Prints where the page is found, and where settings are kept. `made` is the token that was made
/// up for this run, if one was: a token of the user's own choice is not repeated here, where logs
/// are made of it.
void welcome(const options& chosen, std::uint16_t port, const access_token& made,
             const settings_file& file);

}  // namespace gateway
