#include <array>

#include <musubi/memory/dict.hpp>
#include <musubi/schema/key_fault.hpp>

namespace musubi::detail {

namespace {

/// Whether a dict refuses this key, with or without escapes.
bool is_reserved(const json::string_token& key) noexcept {
  std::array<char, reserved_key_prefix.size()> begin;
  std::size_t size = 0;
  json::string_token::pieces rest(key);
  for (std::string_view piece; size < begin.size() && rest.next(piece);) {
    for (std::size_t i = 0; i < piece.size() && size < begin.size(); ++i) begin[size++] = piece[i];
  }
  return is_reserved_key({begin.data(), size});
}

}  // namespace

key_fault find_key_fault(json::reader from, std::size_t most, std::size_t key_bytes,
                         json::string_token& key) noexcept {
  const json::reader start = from;
  std::size_t count = 0;
  bool too_long = false;
  bool reserved = false;
  const bool read = from.members([&](const json::string_token& each) noexcept {
    ++count;
    too_long = too_long || each.size() > key_bytes;
    if (is_reserved(each) && (!reserved || each.compare(key) < 0)) {
      reserved = true;
      key = each;
    }
    return from.skip();
  });
  if (!read) return key_fault::malformed;
  if (count > most) return key_fault::too_many;
  if (too_long) return key_fault::too_long;
  if (reserved) return key_fault::reserved;
  bool twice = false;
  from = start;
  (void)from.members([&](const json::string_token& each) noexcept {
    json::reader others = start;
    std::size_t equal = 0;
    (void)others.members([&](const json::string_token& other) noexcept {
      if (each.compare(other) == 0) ++equal;
      return others.skip();
    });
    if (equal > 1 && (!twice || each.compare(key) < 0)) {
      twice = true;
      key = each;
    }
    return from.skip();
  });
  return twice ? key_fault::given_twice : key_fault::none;
}

}  // namespace musubi::detail
