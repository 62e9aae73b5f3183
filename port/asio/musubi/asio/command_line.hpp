#pragma once
/// Parses the command line of a program that serves a host.

#include <initializer_list>
#include <string_view>

#include <musubi/asio/options.hpp>
#include <musubi/hosted/command_line.hpp>

namespace musubi::asio {

/// Returns `chosen`, changed by the options of the command line: `--bind`, `--port`, `--log-level`,
/// and those in `more`. Exits with 0 after `--help` and `--version`, and with 2 and a message on
/// stderr after an error. `purpose` is the first line of `--help`:
///
///     int main(int argc, char** argv) {
///       auto options = musubi::asio::from_command_line(argc, argv, "A counter for all browsers.");
///       musubi::asio::host<counter_socket> host{std::move(options)};
[[nodiscard]] options from_command_line(int argc, const char* const* argv, std::string_view purpose,
                                        options chosen = {},
                                        std::initializer_list<program::option> more = {});

/// Reader for `program::option`: an IP address, or "unix:" and the path of a socket.
[[nodiscard]] program::complaint take_bind(std::string_view value, options& into);
/// Reader for `program::option`: the file of a certificate, which turns TLS on.
[[nodiscard]] program::complaint take_certificate(std::string_view value, tls_options& into);
/// Reader for `program::option`: a folder for a certificate of the host's own, which turns TLS on.
[[nodiscard]] program::complaint take_tls_folder(std::string_view value, tls_options& into);

}  // namespace musubi::asio
