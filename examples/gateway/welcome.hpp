#pragma once
/// The messages of the gateway at its start.

#include "settings/options.hpp"
#include "settings/settings_file.hpp"

#include <cstdint>
#include <string_view>

#include <musubi/hosted/log.hpp>

namespace gateway {

/// Prints the token that was generated for this run. Not called for a token chosen by the user,
/// which should not appear in logs.
void tell_token(const options& chosen, std::uint16_t port, std::string_view made);

/// Logs a warning for each option that deserves one, and where the settings are stored.
void tell_of_start(const options& chosen, const settings_file& file, musubi::log& log);

}  // namespace gateway
