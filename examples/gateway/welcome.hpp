#pragma once
/// The messages of the gateway at its start.

#include "settings/options.hpp"
#include "settings/settings_file.hpp"

#include <cstdint>
#include <string_view>

#include <musubi/hosted/listening_place.hpp>
#include <musubi/hosted/log.hpp>

namespace gateway {

/// Prints the token that was generated for this run. Not called for a token chosen by the user,
/// which should not appear in logs.
void tell_token(const options& chosen, std::uint16_t port, std::string_view made);

/// Shows the code that a phone's camera opens the page with, if stdout is a terminal and phones can
/// connect, or if an option asks for it. It contains a token that was `made` for this run.
void show_code(const options& chosen, const musubi::hosted::listening_place& host,
               std::string_view made);

/// Has the page show the same code, if phones can connect.
void offer_code(const musubi::hosted::listening_place& host, std::string_view made);

/// Logs a warning for each option that deserves one, and where the settings are stored.
void tell_of_start(const options& chosen, const settings_file& file, musubi::log& log);

}  // namespace gateway
