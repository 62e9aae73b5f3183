#include <cstdio>
#include <cstdlib>
#include <sys/ioctl.h>
#include <unistd.h>

#include <musubi/qr/terminal.hpp>

namespace musubi::qr {

namespace {

std::string_view variable(const char* name) noexcept {
  const char* const value = std::getenv(name);
  return value == nullptr ? std::string_view() : std::string_view(value);
}

/// Colours of its own need a terminal that knows 256 of them.
colours colours_here(bool is_terminal) noexcept {
  if (!is_terminal || !variable("NO_COLOR").empty()) return colours::none;
  const std::string_view kind = variable("TERM");
  const bool is_simple = kind == "dumb" || kind.starts_with("vt");
  return is_simple ? colours::none : colours::own;
}

bool is_wide_enough(std::size_t columns) noexcept {
  winsize size{};
  if (::ioctl(STDOUT_FILENO, TIOCGWINSZ, &size) != 0 || size.ws_col == 0) return true;
  return size.ws_col >= columns;
}

}  // namespace

std::string draw(const code& what, colours with) {
  // 16 and 231 are black and white in every theme, which may change the first 16 colours.
  constexpr std::string_view black_on_white = "\x1b[38;5;16;48;5;231m";
  constexpr std::string_view plain = "\x1b[0m";
  constexpr std::size_t margin = code::margin;
  const std::size_t side = what.size() + 2 * margin;
  const auto is_drawn = [&](std::size_t x, std::size_t y) {
    if (y >= side) return false;
    const bool is_dark = what.is_dark(x - margin, y - margin);  // below the margin it wraps around
    return with == colours::own ? is_dark : !is_dark;
  };
  std::string drawn;
  for (std::size_t y = 0; y < side; y += 2) {
    if (with == colours::own) drawn += black_on_white;
    for (std::size_t x = 0; x < side; ++x) {
      const bool upper = is_drawn(x, y);
      const bool lower = is_drawn(x, y + 1);
      drawn += upper ? (lower ? "\u2588" : "\u2580") : (lower ? "\u2584" : " ");
    }
    if (with == colours::own) drawn += plain;
    drawn += '\n';
  }
  return drawn;
}

std::string_view show(std::string_view url, showing when) {
  const bool is_terminal = ::isatty(STDOUT_FILENO) != 0;
  if (when == showing::on_terminal && !is_terminal) return {};
  const auto told = [&](std::string_view problem) {
    return when == showing::always ? problem : std::string_view();
  };
  if (!code::is_available()) return told("this build has no libqrencode (Debian: libqrencode-dev)");
  const auto made = code::of(url);
  if (!made) return told(url.empty() ? "there is no URL to open" : "the URL is too long");
  if (when == showing::on_terminal && !is_wide_enough(made->size() + 2 * code::margin)) return {};
  std::string said = draw(*made, colours_here(is_terminal));
  said += "Open on a phone: ";
  said += url;
  said += '\n';
  (void)std::fwrite(said.data(), 1, said.size(), stdout);
  (void)std::fflush(stdout);
  return {};
}

}  // namespace musubi::qr
