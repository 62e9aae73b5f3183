/// Arbitrary text as the gateway's settings file: what is understood is written and read again as
/// the same, what is not is left alone.

#include "settings/settings_text.hpp"

#include <cstdint>
#include <cstdlib>
#include <string_view>

namespace {

using namespace gateway;

void require(bool invariant) {
  if (!invariant) std::abort();
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  const std::string_view text(reinterpret_cast<const char*>(data), size);
  const settings_text read = read_settings(text);
  if (!read.usable) {
    require(!read.remarks.empty());
    return 0;
  }
  require(checked_period(read.values.period).ok());
  if (!read.values.name.empty()) {
    const auto name = checked_name(read.values.name);
    require(name && *name == read.values.name);
  }

  const auto written = write_settings(read.values, read.kept);
  require(written.view().ends_with(read.kept.view()));
  const settings_text again = read_settings(written);
  require(again.usable && again.kept == read.kept);
  require(again.values.name == read.values.name && again.values.period == read.values.period);
  return 0;
}
