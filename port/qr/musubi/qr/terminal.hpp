#pragma once
/// QR codes in a terminal.

#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>

#include <musubi/qr/code.hpp>

namespace musubi::qr {

/// How a code is drawn.
enum class colours : std::uint8_t {
  own,  ///< dark on light, whatever the terminal's colours are, by escape sequences
  none  ///< the light modules in the terminal's text colour: for light text on a dark ground
};

/// The code with a margin of four modules, two rows of modules in each line of text, in UTF-8.
[[nodiscard]] std::string draw(const code& what, colours with);

/// When to show a code.
enum class showing : std::uint8_t {
  on_terminal,  ///< if stdout is a terminal that is wide enough
  always
};

/// Prints the code of `url` to stdout, and the URL below it. Returns what is missing, as a
/// sentence, if the code was to be shown always and cannot be; else an empty text.
///
///     (void)musubi::qr::show(musubi::hosted::url_to_open(host.place()));
///
/// Call it before the program serves: it allocates.
std::string_view show(std::string_view url, showing when = showing::on_terminal);

}  // namespace musubi::qr
