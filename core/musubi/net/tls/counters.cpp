#include <iterator>

#include <musubi/net/tls/counters.hpp>

namespace musubi::tls {

std::string_view dropped_because(failure why) noexcept {
  constexpr std::string_view texts[] = {
      "tls: version", "tls: cipher", "tls: protocol", "tls: untrusted", "tls: not_tls",
      "tls: left",    "tls: late",   "tls: memory",   "tls: record",    "tls: violation"};
  static_assert(std::size(texts) == failures);
  return texts[static_cast<std::size_t>(why)];
}

std::string_view to_text(failure why) noexcept {
  std::string_view text = dropped_because(why);
  text.remove_prefix(std::string_view("tls: ").size());
  return text;
}

}  // namespace musubi::tls
