#include <musubi/json/members.hpp>

namespace musubi::json {

bool find_members(reader& from, std::span<const std::string_view> names, std::string_view* values,
                  std::uint32_t& twice) noexcept {
  twice = 0;
  for (std::size_t i = 0; i < names.size(); ++i) values[i] = {};
  return from.members([&](const string_token& key) noexcept {
    for (std::size_t i = 0; i < names.size(); ++i) {
      if (!(key == names[i])) continue;
      if (!values[i].empty()) twice |= std::uint32_t{1} << i;
      values[i] = from.raw();
      return !values[i].empty();
    }
    return from.skip();
  });
}

}  // namespace musubi::json
