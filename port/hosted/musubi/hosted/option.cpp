#include <musubi/hosted/option.hpp>
#include <musubi/memory/decimal.hpp>

namespace musubi::program::detail {

complaint not_a_number(std::int64_t least, std::uint64_t most) noexcept {
  complaint made = "not a number from ";
  (void)(made.append(decimal(least)) && made.append(" to ") && made.append(decimal(most)));
  return made;
}

complaint not_a_number() noexcept {
  return "not a number";
}

complaint too_long(std::size_t most) noexcept {
  complaint made = "longer than ";
  (void)(made.append(decimal(most)) && made.append(" bytes"));
  return made;
}

complaint number_as_text(double value) noexcept {
  char digits[64];
  const auto [end, error] =
      std::to_chars(digits, digits + sizeof digits, value, std::chars_format::fixed);
  complaint made;
  if (error == std::errc()) (void)made.append({digits, static_cast<std::size_t>(end - digits)});
  return made;
}

}  // namespace musubi::program::detail
