#pragma once
/// The command line of a program that is a host.

#include <initializer_list>
#include <string_view>

#include <musubi/asio/options.hpp>
#include <musubi/hosted/command_line.hpp>

namespace musubi::asio {

/// `chosen`, with what the command line asks for: `--bind`, `--port`, `--log-level`, and what
/// `more` lists. Ends the program after `--help` and `--version`, and with exit code 2 where it
/// does not understand something. `purpose` is what `--help` says first:
///
///     int main(int argc, char** argv) {
///       auto options = musubi::asio::from_command_line(argc, argv, "A counter for all browsers.");
///       musubi::asio::host<counter_socket> host{std::move(options)};
[[nodiscard]] options from_command_line(int argc, const char* const* argv, std::string_view purpose,
                                        options chosen = {},
                                        std::initializer_list<program::option> more = {});

/// For a table of options: an IP address, or "unix:" and the path of a socket.
[[nodiscard]] program::complaint take_bind(std::string_view value, options& into);

}  // namespace musubi::asio
