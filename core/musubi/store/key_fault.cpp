#include <musubi/store/key_fault.hpp>

namespace musubi::detail {

key_fault find_key_fault(json::reader from, std::size_t most, std::size_t key_bytes,
                         json::string_token& key) noexcept {
  const json::reader start = from;
  std::size_t count = 0;
  bool too_long = false;
  const bool read = from.members([&](const json::string_token& each) noexcept {
    ++count;
    too_long = too_long || each.size() > key_bytes;
    return from.skip();
  });
  if (!read) return key_fault::malformed;
  if (count > most) return key_fault::too_many;
  if (too_long) return key_fault::too_long;
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
