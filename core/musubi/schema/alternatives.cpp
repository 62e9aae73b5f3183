#include <musubi/json/internal/members.hpp>
#include <musubi/schema/alternatives.hpp>

namespace musubi::detail {

bool find_by_tag(json::reader from, std::string_view name, std::span<const std::string_view> tags,
                 std::string_view expected, std::size_t& index, decode_error& error) noexcept {
  std::string_view found;
  std::uint32_t twice = 0;
  if (!json::find_members(from, {&name, 1}, &found, twice)) {
    return error.expect(json::expected_instead_of(from.problem()));
  }
  if (twice == 0 && !found.empty()) {
    for (index = 0; index != tags.size(); ++index) {
      json::reader value(found);
      if (read_constant(value, tags[index])) return true;
    }
  }
  (void)error.expect(twice == 0 ? expected : given_once);
  return error.within(name);
}

bool find_by_keys(json::reader from, std::span<const keys_of_one> keys, std::string_view expected,
                  std::size_t& index, decode_error& error) noexcept {
  bool fits = false;
  for (std::size_t i = 0; i != keys.size(); ++i) {
    if (fits && keys[i].size() <= keys[index].size()) continue;
    std::array<std::string_view, max_fields> texts;
    std::uint32_t twice = 0;
    json::reader object = from;
    if (!json::find_members(object, keys[i], texts.data(), twice)) {
      return error.expect(json::expected_instead_of(object.problem()));
    }
    bool all = true;
    for (std::size_t k = 0; k != keys[i].size(); ++k) all = all && !texts[k].empty();
    if (!all) continue;
    fits = true;
    index = i;
  }
  return fits || error.expect(expected);
}

}  // namespace musubi::detail
