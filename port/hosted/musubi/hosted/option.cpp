#include <musubi/hosted/option.hpp>

namespace musubi::program::detail {

namespace {

template <class Number>
bool append_decimal(complaint& to, Number number) noexcept {
  char digits[20];
  const auto end = std::to_chars(digits, digits + sizeof digits, number).ptr;
  return to.append({digits, static_cast<std::size_t>(end - digits)});
}

}  // namespace

complaint not_a_number(std::int64_t least, std::uint64_t most) noexcept {
  complaint made = "not a number from ";
  (void)(append_decimal(made, least) && made.append(" to ") && append_decimal(made, most));
  return made;
}

complaint not_a_number() noexcept {
  return "not a number";
}

complaint too_long(std::size_t most) noexcept {
  complaint made = "longer than ";
  (void)(append_decimal(made, most) && made.append(" bytes"));
  return made;
}

complaint number_as_text(double value) noexcept {
  char digits[64];
  const auto [end, error] =
      std::to_chars(digits, digits + sizeof digits, value, std::chars_format::fixed);
  if (error != std::errc()) return {};
  return complaint::clipped({digits, static_cast<std::size_t>(end - digits)});
}

}  // namespace musubi::program::detail
