#pragma once
/// What the gateway says when it starts.

#include "settings/options.hpp"
#include "settings/settings_file.hpp"

#include <cstdint>

namespace gateway {

/// Prints where the page is found, with the token where one is needed, and where settings are kept.
void welcome(const options& chosen, std::uint16_t port, const access_token& token,
             const settings_file& file);

}  // namespace gateway
