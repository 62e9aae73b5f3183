#include "settings/settings.hpp"

#include "sensors/scan.hpp"

namespace gateway {

musubi::result<gateway_name> checked_name(std::string_view name) noexcept {
  constexpr std::size_t most = 40;
  name = trimmed(name);
  if (name.empty()) return musubi::refuse("a name needs at least one character", "name");
  std::size_t characters = 0;
  for (std::string_view rest = name; !rest.empty(); ++characters) {
    const std::size_t length = detail::character(rest);
    if (length == 0) return musubi::refuse("a name is made of printable characters", "name");
    rest.remove_prefix(length);
  }
  if (characters > most) {
    return musubi::refuse(musubi::reason_text::clipped("a name has at most ", most, " characters"),
                          "name");
  }
  return *gateway_name::from(name);
}

musubi::status checked_period(std::uint32_t milliseconds) noexcept {
  if (milliseconds < settings::shortest_period || milliseconds > settings::longest_period) {
    return musubi::refuse(
        musubi::reason_text::clipped("the period is ", settings::shortest_period, " to ",
                                     settings::longest_period, " milliseconds"),
        "milliseconds");
  }
  return {};
}

}  // namespace gateway
