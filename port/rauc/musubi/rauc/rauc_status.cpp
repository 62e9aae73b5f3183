#include <musubi/rauc/rauc_status.hpp>

namespace musubi::rauc {

namespace {

/// The value of the variable of that name: `NAME='value'` in a line of its own. Null data if there
/// is none.
std::string_view value_of(std::string_view name, std::string_view printed) noexcept {
  for (std::size_t at = 0; at < printed.size();) {
    const std::size_t found = printed.find('\n', at);
    const std::size_t end = found == std::string_view::npos ? printed.size() : found;
    std::string_view line(printed.data() + at, end - at);
    at = end + 1;
    if (!line.starts_with(name)) continue;
    line.remove_prefix(name.size());
    if (line.size() < 3 || !line.starts_with("='") || !line.ends_with('\'')) continue;
    line.remove_prefix(2);
    line.remove_suffix(1);
    return line;
  }
  return {};
}

}  // namespace

bool read_status(std::string_view printed, rauc_status& into) noexcept {
  const std::string_view booted = value_of("RAUC_SYSTEM_BOOTED_BOOTNAME", printed);
  if (booted.empty() || !into.booted.assign(booted)) return false;
  into.is_good = false;
  for (unsigned slot = 1; slot <= 16; ++slot) {
    const auto state = text<32>::clipped("RAUC_SLOT_STATE_", slot);
    const auto boot_status = text<32>::clipped("RAUC_SLOT_BOOT_STATUS_", slot);
    if (value_of(state, printed) == "booted" && value_of(boot_status, printed) == "good") {
      into.is_good = true;
    }
  }
  return true;
}

}  // namespace musubi::rauc
