#include <musubi/json/internal/claimed.hpp>
#include <musubi/json/internal/plain_run.hpp>

namespace musubi::json::detail {

char* put_plain(char* to, std::string_view inside) noexcept {
  const char* const from = inside.data();
  const std::size_t size = inside.size();
#if defined(MUSUBI_SIXTEEN_AT_ONCE)
  // the last bytes are taken together with some before them
  if (size >= 16) {
    for (std::size_t at = 0;;) {
      if (special_bytes<true>(load_sixteen(from + at)) != 0) return nullptr;
      std::memcpy(to + at, from + at, 16);
      if (at == size - 16) return to + size;
      at = size - at < 32 ? size - 16 : at + 16;
    }
  }
  if (size >= 8) {
    if (plain_of_eight<true>(from) != 8) return nullptr;
    if (plain_of_eight<true>(from + size - 8) != 8) return nullptr;
    std::memcpy(to, from, 8);
    std::memcpy(to + size - 8, from + size - 8, 8);
    return to + size;
  }
  for (std::size_t at = 0; at != size; ++at) {
    if (ends_run<run_of::ascii>(from[at])) return nullptr;
    to[at] = from[at];
  }
#else
  if (plain_end<run_of::ascii>(from, from + size) != from + size) return nullptr;
  if (size != 0) std::memcpy(to, from, size);
#endif
  return to + size;
}

}  // namespace musubi::json::detail
