#include <musubi/json/internal/members.hpp>

namespace musubi::json {

std::size_t index_of(const string_token& key, std::span<const std::string_view> names) noexcept {
  std::size_t at = 0;
  while (at != names.size() && (names[at].empty() || !(key == names[at]))) ++at;
  return at;
}

namespace {

/// The place for the value of a member with this key; null if it is not wanted.
std::string_view* place_of(const string_token& key, std::span<const std::string_view> names,
                           std::string_view* values, std::uint32_t& twice) noexcept {
  const std::size_t i = index_of(key, names);
  if (i == names.size()) return nullptr;
  if (!values[i].empty()) twice |= std::uint32_t{1} << i;
  return &values[i];
}

void clear(std::span<const std::string_view> names, std::string_view* values,
           std::uint32_t& twice) noexcept {
  twice = 0;
  for (std::size_t i = 0; i < names.size(); ++i) values[i] = {};
}

}  // namespace

bool find_members(reader& from, std::span<const std::string_view> names, std::string_view* values,
                  std::uint32_t& twice) noexcept {
  clear(names, values, twice);
  return from.members([&](const string_token& key) noexcept {
    std::string_view* const into = place_of(key, names, values, twice);
    if (into == nullptr) return from.skip();
    *into = from.raw();
    return !into->empty();
  });
}

void find_members(const outline& from, std::span<const std::string_view> names,
                  std::string_view* values, std::uint32_t& twice) noexcept {
  clear(names, values, twice);
  for (std::size_t i = 0; i < from.count; ++i) {
    const outline::member& each = from.members[i];
    if (std::string_view* const into = place_of(each.key, names, values, twice)) {
      *into = each.value;
    }
  }
}

}  // namespace musubi::json
