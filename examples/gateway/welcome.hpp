#pragma once
/// What the gateway says when it starts, beside where it listens.

#include "settings/options.hpp"
#include "settings/settings_file.hpp"

#include <cstdint>
#include <string_view>

#include <musubi/hosted/log.hpp>

namespace gateway {

/// Prints the token that was made up for this run, for the person who started it. A token of the
/// user's own choice is not repeated, where logs are made of it.
void tell_token(const options& chosen, std::uint16_t port, std::string_view made);

/// Logs what should be known about the way in which the gateway was started.
void tell_of_start(const options& chosen, const settings_file& file, musubi::log& log);

}  // namespace gateway
